/* icon.h: the picture of a kind of file. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "engine/engine.h"

G_BEGIN_DECLS

/** ui_icon_show: @image shows what kind of file @download is; cheap where it shows that already */
void ui_icon_show (GtkImage *image, EngineDownload *download);

/** ui_icon_for_name: Returns: (transfer full): the picture of a file of that name */
GIcon *ui_icon_for_name (const char *name);

G_END_DECLS

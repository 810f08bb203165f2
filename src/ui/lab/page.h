/* page.h: the view Race Lab: the list of scenarios beside the page of one. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "engine/engine.h"

G_BEGIN_DECLS

#define UI_TYPE_LAB_PAGE (ui_lab_page_get_type ())
G_DECLARE_FINAL_TYPE (UiLabPage, ui_lab_page, UI, LAB_PAGE, AdwBin)

GtkWidget *ui_lab_page_new (void);

/** ui_lab_page_set_engine: @engine: held; fetches the pages of the scenario on waiting together */
void ui_lab_page_set_engine (UiLabPage *self, Engine *engine);

G_END_DECLS

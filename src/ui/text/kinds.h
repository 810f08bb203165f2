/* kinds.h: what kind of file a name belongs to, for the sidebar. Pure; any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  UI_KIND_ARCHIVES,
  UI_KIND_DISK_IMAGES,
  UI_KIND_DOCUMENTS,
  UI_KIND_MUSIC,
  UI_KIND_PICTURES,
  UI_KIND_PROGRAMS,
  UI_KIND_VIDEOS,
  UI_KIND_OTHERS,
} UiKind;
#define UI_N_KINDS 8

/** ui_kind_of_name: by the extension alone: it is asked for 100,000 rows */
UiKind ui_kind_of_name (const char *name);

/** ui_kind_get_title: Returns: (transfer none): translated */
const char *ui_kind_get_title (UiKind kind);

/** ui_kind_get_icon: Returns: (transfer none): a symbolic icon's name */
const char *ui_kind_get_icon (UiKind kind);

G_END_DECLS

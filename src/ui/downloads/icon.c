/* The picture of a kind of file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/icon.h"

#include <string.h>

#include "base/thread.h"
#include "ui/text/kinds.h"

/* What the theme has no picture of is shown by one of the same kind. */
static const char *const by_kind[UI_N_KINDS] = {
  [UI_KIND_ARCHIVES] = "package-x-generic",  [UI_KIND_DISK_IMAGES] = "media-optical",
  [UI_KIND_DOCUMENTS] = "x-office-document", [UI_KIND_MUSIC] = "audio-x-generic",
  [UI_KIND_PICTURES] = "image-x-generic",    [UI_KIND_PROGRAMS] = "application-x-executable",
  [UI_KIND_VIDEOS] = "video-x-generic",      [UI_KIND_OTHERS] = "text-x-generic",
};

static GIcon *
choose (const char *name, const char *content_type)
{
  g_autoptr (GIcon) icon = g_content_type_get_icon (content_type);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  if (gtk_icon_theme_has_gicon (theme, icon) && ui_kind_of_name (name) != UI_KIND_DISK_IMAGES)
    return g_steal_pointer (&icon);
  return g_themed_icon_new (by_kind[ui_kind_of_name (name)]);
}

GIcon *
ui_icon_for_name (const char *name)
{
  g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);

  return choose (name, type);
}

void
ui_icon_show (GtkImage *image, EngineDownload *download)
{
  const char *name = engine_download_get_name (download);
  const char *shown = g_object_get_data (G_OBJECT (image), "name");
  g_autoptr (GIcon) icon = NULL;

  BASE_ASSERT_MAIN ();
  if (g_strcmp0 (shown, name) == 0)
    return;
  g_object_set_data_full (G_OBJECT (image), "name", g_strdup (name), g_free);
  icon = choose (name, engine_download_get_content_type (download));
  gtk_image_set_from_gicon (image, icon);
}

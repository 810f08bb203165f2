/* Opening, showing and throwing away files. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/files.h"

#include <glib/gi18n.h>

#include "base/thread.h"

/* How long the file manager may take before the folder is opened in the plain way. */
#define SHOW_TIMEOUT_MS 3000

typedef struct
{
  GtkWindow *parent;       /* owned */
  AdwToastOverlay *toasts; /* owned */
  char *path;              /* owned */
} Wish;

static Wish *
wish_new (GtkWindow *parent, AdwToastOverlay *toasts, char *path /* transfer full */)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->parent = g_object_ref (parent);
  wish->toasts = g_object_ref (toasts);
  wish->path = path;
  return wish;
}

static void
wish_free (Wish *wish)
{
  g_object_unref (wish->parent);
  g_object_unref (wish->toasts);
  g_free (wish->path);
  g_free (wish);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wish, wish_free)

/* A toast's title is markup. */
static void
say (AdwToastOverlay *toasts, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (toasts, adw_toast_new (markup));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *text = NULL;

  if (gtk_show_uri_full_finish (wish->parent, result, &error))
    return;
  shown = g_filename_display_basename (wish->path);
  /* Translators: a file's or folder's name, and the system's reason */
  text = g_strdup_printf (_ ("Could not open “%s”: %s"), shown, error->message);
  say (wish->toasts, text);
}

static void
open_path (Wish *wish /* transfer full */)
{
  g_autofree char *uri = g_filename_to_uri (wish->path, NULL, NULL);

  gtk_show_uri_full (wish->parent, uri, GDK_CURRENT_TIME, NULL, opened_cb, wish);
}

/* Whether the file is there is asked of the disk, which may be far away: nobody waits for it. */
static void
look_for (Wish *wish /* transfer full */, GAsyncReadyCallback found)
{
  g_autoptr (GFile) file = g_file_new_for_path (wish->path);

  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, NULL, found, wish);
}

static gboolean
is_found (GObject *source, GAsyncResult *result)
{
  /* Why it cannot be looked at does not matter: it cannot be opened either. */
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);

  return info != NULL;
}

static void
open_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;

  if (is_found (source, result))
    open_path (g_steal_pointer (&wish));
  else
    {
      g_autofree char *name = g_filename_display_basename (wish->path);
      g_autofree char *text = g_strdup_printf (_ ("“%s” is no longer in its folder"), name);

      say (wish->toasts, text);
    }
}

void
ui_files_open (GtkWindow *parent, AdwToastOverlay *toasts, EngineDownload *download)
{
  BASE_ASSERT_MAIN ();
  look_for (wish_new (parent, toasts, engine_download_dup_path (download)), open_found_cb);
}

static void
open_folder (Wish *wish /* transfer full */)
{
  char *folder = g_path_get_dirname (wish->path);

  g_free (wish->path);
  wish->path = folder;
  open_path (wish);
}

/* No file manager that can select a file: then the folder alone. */
static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Wish) wish = user_data;
  g_autoptr (GVariant) reply =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (reply == NULL)
    open_folder (g_steal_pointer (&wish));
}

static void
show_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Wish *wish = user_data;
  GDBusConnection *bus = g_application_get_dbus_connection (g_application_get_default ());
  g_autofree char *uri = NULL;

  if (!is_found (source, result) || bus == NULL)
    {
      open_folder (wish);
      return;
    }
  uri = g_file_get_uri (G_FILE (source));
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", (const char *[]){ uri, NULL }, ""), NULL,
                          G_DBUS_CALL_FLAGS_NONE, SHOW_TIMEOUT_MS, NULL, shown_cb, wish);
}

void
ui_files_show_path (GtkWindow *parent, AdwToastOverlay *toasts, const char *path)
{
  BASE_ASSERT_MAIN ();
  look_for (wish_new (parent, toasts, g_strdup (path)), show_found_cb);
}

void
ui_files_show (GtkWindow *parent, AdwToastOverlay *toasts, EngineDownload *download)
{
  g_autofree char *path = engine_download_dup_path (download);

  ui_files_show_path (parent, toasts, path);
}

/* Files on their way to the trash. Owned by the calls under way, each of which holds a reference.
 */
typedef struct
{
  grefcount references;
  AdwToastOverlay *toasts; /* owned */
  GPtrArray *gone;         /* owned (element-type EngineDownload) */
  GError *error;           /* owned: the first */
  UiTrashed trashed;
  GObject *owner; /* owned */
} Trip;

typedef struct
{
  Trip *trip;               /* owned reference */
  EngineDownload *download; /* owned */
} Passenger;

static void
trip_unref (Trip *trip)
{
  if (!g_ref_count_dec (&trip->references))
    return;
  if (trip->gone->len > 0)
    trip->trashed (trip->gone, trip->owner);
  if (trip->error != NULL)
    {
      g_autofree char *text =
          g_strdup_printf (_ ("Could not move to the trash: %s"), trip->error->message);

      say (trip->toasts, text);
    }
  g_object_unref (trip->toasts);
  g_object_unref (trip->owner);
  g_ptr_array_unref (trip->gone);
  g_clear_error (&trip->error);
  g_free (trip);
}

static void
trashed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Passenger *passenger = user_data;
  Trip *trip = passenger->trip;
  g_autoptr (GError) error = NULL;

  /* A file that is not there any more needs no trash. */
  if (g_file_trash_finish (G_FILE (source), result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_ptr_array_add (trip->gone, g_steal_pointer (&passenger->download));
  else if (trip->error == NULL)
    trip->error = g_steal_pointer (&error);
  g_clear_object (&passenger->download);
  g_free (passenger);
  trip_unref (trip);
}

void
ui_files_trash (AdwToastOverlay *toasts, GPtrArray *downloads, UiTrashed trashed, GObject *owner)
{
  Trip *trip = g_new0 (Trip, 1);

  BASE_ASSERT_MAIN ();
  g_ref_count_init (&trip->references);
  trip->toasts = g_object_ref (toasts);
  trip->gone = g_ptr_array_new_with_free_func (g_object_unref);
  trip->trashed = trashed;
  trip->owner = g_object_ref (owner);
  for (guint i = 0; i < downloads->len; i++)
    {
      EngineDownload *download = g_ptr_array_index (downloads, i);
      g_autofree char *path = engine_download_dup_path (download);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      Passenger *passenger = g_new0 (Passenger, 1);

      passenger->trip = trip;
      passenger->download = g_object_ref (download);
      g_ref_count_inc (&trip->references);
      g_file_trash_async (file, G_PRIORITY_DEFAULT, NULL, trashed_cb, passenger);
    }
  trip_unref (trip);
}

/* How addresses come in. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/incoming.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/thread.h"
#include "ui/downloads/add-window.h"
#include "ui/downloads/clipboard-watch.h"
#include "ui/downloads/files.h"
#include "ui/settings.h"

/* A list of addresses that is longer is not one. */
#define IMPORT_MAX (16 * 1024 * 1024)

struct _UiIncoming
{
  GtkApplicationWindow *window; /* not owned: it owns us */
  Engine *engine;               /* owned */
  AdwToastOverlay *toasts;      /* not owned: the window's */
  UiDownloadsPage *page;        /* not owned: the window's */
  UiMemory *memory;             /* not owned: the window's */
  GSettings *settings;          /* owned */
  gulong folder_handler;
  UiClipboardWatch *watch;       /* owned */
  UiAddWindow *add_window;       /* not owned; NULL while closed */
  EnginePractice *practice;      /* owned; NULL until asked for */
  GtkFileChooserNative *chooser; /* owned, while open */
  GCancellable *cancellable;     /* owned; cancelled with us */
};

static void
say (UiIncoming *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}

static void
kept_cb (GPtrArray *downloads, const GError *error, gpointer user_data)
{
  g_autoptr (AdwToastOverlay) toasts = user_data;
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (error == NULL)
    return;
  /* Translators: why the list of downloads could not be written to the disk */
  text = g_strdup_printf (_ ("Could not add: %s"), error->message);
  markup = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (toasts, adw_toast_new (markup));
}

/* @specs: (transfer full) */
static void
add_specs (UiIncoming *self, GPtrArray *specs)
{
  engine_add (self->engine, specs, kept_cb, g_object_ref (self->toasts));
}

/* As the person has set it for all that comes; @specs: (transfer full) */
static void
add_prepared (UiIncoming *self, GPtrArray *specs)
{
  for (guint i = 0; i < specs->len; i++)
    ui_settings_prepare_spec (self->settings, g_ptr_array_index (specs, i));
  add_specs (self, specs);
}

static void
added_cb (UiAddWindow *add_window, GPtrArray *specs, UiIncoming *self)
{
  ui_memory_set_string (self->memory, "folder", ui_add_window_get_folder (add_window));
  ui_memory_save (self->memory);
  add_specs (self, g_ptr_array_ref (specs));
}

static void
show_cb (UiAddWindow *add_window, EngineDownload *download, UiIncoming *self)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();

  g_ptr_array_add (one, download);
  ui_downloads_page_reveal (self->page, one);
}

static void
show_path_cb (UiAddWindow *add_window, const char *path, UiIncoming *self)
{
  ui_files_show_path (GTK_WINDOW (add_window), self->toasts, path);
}

/* Where the last ones went; a folder that is chosen in the preferences counts from then on. */
static char *
dup_folder (UiIncoming *self)
{
  g_autofree char *last = ui_memory_dup_string (self->memory, "folder");

  if (last != NULL && g_path_is_absolute (last))
    return g_steal_pointer (&last);
  return ui_settings_dup_folder (self->settings);
}

static void
folder_changed_cb (UiIncoming *self)
{
  ui_memory_set_string (self->memory, "folder", "");
  ui_memory_save (self->memory);
}

void
ui_incoming_open (UiIncoming *self, const char *text)
{
  g_autofree char *folder = NULL;

  BASE_ASSERT_MAIN ();
  if (self->add_window != NULL)
    {
      if (text != NULL)
        ui_add_window_append (self->add_window, text);
      gtk_window_present (GTK_WINDOW (self->add_window));
      return;
    }
  folder = dup_folder (self);
  self->add_window =
      ui_add_window_new (GTK_WINDOW (self->window), self->engine, self->settings, text, folder);
  g_object_add_weak_pointer (G_OBJECT (self->add_window), (gpointer *) &self->add_window);
  g_signal_connect (self->add_window, "added", G_CALLBACK (added_cb), self);
  g_signal_connect (self->add_window, "show-download", G_CALLBACK (show_cb), self);
  g_signal_connect (self->add_window, "show-path", G_CALLBACK (show_path_cb), self);
  gtk_window_present (GTK_WINDOW (self->add_window));
}

static gboolean
has_address (const char *text)
{
  g_autoptr (GPtrArray) found = engine_address_find_all (text);

  for (guint i = 0; i < found->len; i++)
    if (((EngineFound *) g_ptr_array_index (found, i))->address != NULL)
      return TRUE;
  return FALSE;
}

static void
take_text (UiIncoming *self, const char *text)
{
  if (text != NULL && has_address (text))
    ui_incoming_open (self, text);
  else
    say (self, _ ("No web address in what was pasted"));
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UiIncoming *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* A clipboard that holds no text holds no address either. */
  take_text (self, text);
}

static void
paste_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiIncoming *self = user_data;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self->window)),
                                 self->cancellable, pasted_cb, self);
}

static void
add_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ui_incoming_open (user_data, NULL);
}

static EngineSpec *
make_spec (EngineMetalinkFile *file, const char *folder)
{
  EngineSpec *spec = engine_spec_new (g_ptr_array_index (file->addresses, 0), folder);
  g_autoptr (GStrvBuilder) mirrors = g_strv_builder_new ();

  spec->name = g_strdup (file->name);
  spec->checksum = g_strdup (file->checksum);
  spec->size = file->size;
  spec->pieces = file->pieces != NULL ? engine_pieces_ref (file->pieces) : NULL;
  for (guint i = 1; i < file->addresses->len; i++)
    g_strv_builder_add (mirrors, g_ptr_array_index (file->addresses, i));
  spec->mirrors = g_strv_builder_end (mirrors);
  return spec;
}

/* A Metalink says all that Add Downloads would ask for: its files are added at once. */
static void
add_metalink (UiIncoming *self, GBytes *bytes, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files =
      engine_metalink_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_autofree char *folder = dup_folder (self);
  g_autofree char *text = NULL;
  GPtrArray *specs;

  if (files == NULL)
    text = g_strdup_printf (_ ("Could not read “%s”: %s"), name, error->message);
  else
    {
      specs = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);
      for (guint i = 0; i < files->len; i++)
        g_ptr_array_add (specs, make_spec (g_ptr_array_index (files, i), folder));
      text = g_strdup_printf (ngettext ("%u download added from “%s”",
                                        "%u downloads added from “%s”", files->len),
                              files->len, name);
      add_prepared (self, specs);
    }
  say (self, text);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  UiIncoming *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autofree char *problem = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  name = g_file_get_basename (G_FILE (source));
  if (bytes == NULL)
    problem = g_strdup_printf (_ ("Could not read “%s”: %s"), name, error->message);
  else if (g_bytes_get_size (bytes) > IMPORT_MAX)
    problem = g_strdup_printf (_ ("“%s” is too long for a list of addresses"), name);
  else if (engine_metalink_is (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
    {
      add_metalink (self, bytes, name);
      return;
    }
  else
    {
      text = g_utf8_make_valid (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      if (!has_address (text))
        problem = g_strdup_printf (_ ("No web address in “%s”"), name);
    }
  if (problem != NULL)
    say (self, problem);
  else
    ui_incoming_open (self, text);
}

void
ui_incoming_import (UiIncoming *self, GFile *file)
{
  BASE_ASSERT_MAIN ();
  g_file_load_bytes_async (file, self->cancellable, read_cb, self);
}

static void
import_chosen_cb (GtkNativeDialog *dialog, int response, UiIncoming *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      if (file != NULL)
        ui_incoming_import (self, file);
    }
  g_clear_object (&self->chooser);
}

static void
import_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiIncoming *self = user_data;

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Import Addresses"), GTK_WINDOW (self->window),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"), NULL);
  g_signal_connect (self->chooser, "response", G_CALLBACK (import_chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Five files from our own server, so that a new person sees everything move with no network. */
static void
practice_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiIncoming *self = user_data;
  g_autofree char *folder = NULL;
  GPtrArray *specs;
  g_autoptr (GError) error = NULL;

  if (self->practice == NULL)
    self->practice = engine_practice_start (&error);
  if (self->practice == NULL)
    {
      g_autofree char *text =
          g_strdup_printf (_ ("The practice server did not start: %s"), error->message);

      say (self, text);
      return;
    }
  folder = ui_settings_dup_folder (self->settings);
  specs = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);
  for (int i = 0; i < ENGINE_PRACTICE_FILES; i++)
    {
      g_autofree char *address = engine_practice_dup_file (self->practice, i);

      g_ptr_array_add (specs, engine_spec_new (address, folder));
    }
  add_specs (self, specs);
}

/* Files dropped from a file manager are lists of addresses; from a browser they are the addresses.
 */
static void
take_files (UiIncoming *self, GSList *files)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *uri = g_file_get_uri (l->data);

      if (g_file_is_native (l->data))
        ui_incoming_import (self, l->data);
      else
        g_string_append_printf (text, "%s\n", uri);
    }
  if (text->len > 0)
    take_text (self, text->str);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, UiIncoming *self)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    take_files (self, g_value_get_boxed (value));
  else if (G_VALUE_HOLDS_STRING (value))
    take_text (self, g_value_get_string (value));
  else
    return FALSE;
  return TRUE;
}

/* A row of our own that is dragged is no address. */
static gboolean
accept_cb (GtkDropTarget *target, GdkDrop *drop, gpointer user_data)
{
  return gdk_drop_get_drag (drop) == NULL &&
         gdk_content_formats_match (gtk_drop_target_get_formats (target),
                                    gdk_drop_get_formats (drop));
}

/* A browser's list of addresses is not turned into a string by GTK: both kinds are taken. */
static void
accept_drops (UiIncoming *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "accept", G_CALLBACK (accept_cb), NULL);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->window), GTK_EVENT_CONTROLLER (target));
}

/* What was copied elsewhere is wanted. */
static void
offered_cb (const char *text, gpointer user_data)
{
  ui_incoming_open (user_data, text);
}

static void
add_text_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ui_incoming_open (user_data, g_variant_get_string (parameter, NULL));
}

static const GActionEntry entries[] = {
  { .name = "add", .activate = add_action },
  { .name = "add-text", .activate = add_text_action, .parameter_type = "s" },
  { .name = "paste", .activate = paste_action },
  { .name = "import", .activate = import_action },
  { .name = "practice", .activate = practice_action },
};

UiIncoming *
ui_incoming_new (GtkApplicationWindow *window,
                 Engine *engine,
                 UiDownloadsPage *page,
                 UiMemory *memory,
                 AdwToastOverlay *toasts,
                 GSettings *settings)
{
  UiIncoming *self = g_new0 (UiIncoming, 1);

  BASE_ASSERT_MAIN ();
  self->window = window;
  self->engine = g_object_ref (engine);
  self->toasts = toasts;
  self->page = page;
  self->memory = memory;
  self->settings = g_object_ref (settings);
  self->cancellable = g_cancellable_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), self);
  accept_drops (self);
  self->folder_handler =
      g_signal_connect_swapped (settings, "changed::folder", G_CALLBACK (folder_changed_cb), self);
  self->watch = ui_clipboard_watch_new (GTK_WINDOW (window), settings, toasts, offered_cb, self);
  return self;
}

void
ui_incoming_free (UiIncoming *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  if (self->add_window != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->add_window, self);
      g_clear_weak_pointer (&self->add_window);
    }
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->practice, engine_practice_stop);
  g_clear_pointer (&self->watch, ui_clipboard_watch_free);
  g_clear_signal_handler (&self->folder_handler, self->settings);
  g_object_unref (self->settings);
  g_object_unref (self->engine);
  g_free (self);
}

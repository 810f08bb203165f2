/* The window Add Downloads. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/add-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/human.h"
#include "base/thread.h"
#include "ui/downloads/checksum-row.h"
#include "ui/downloads/findings.h"
#include "ui/downloads/header-rows.h"
#include "ui/names.h"
#include "ui/settings.h"
#include "ui/text/checksum.h"
#include "ui/text/properties.h"

/* What is typed is looked at when the typing pauses. */
#define PAUSE_MS 120

struct _UiAddWindow
{
  AdwWindow parent_instance;

  GtkTextView *addresses;
  GtkLabel *addresses_title;
  GtkBox *findings;
  GtkLabel *verdict;
  GtkLabel *total;
  GtkButton *download;
  AdwActionRow *folder_row;
  AdwEntryRow *name_row;
  GtkLabel *name_note;
  AdwActionRow *connections_row;
  GtkSpinButton *connections;
  AdwEntryRow *checksum_row;
  GtkLabel *checksum_note;
  AdwExpanderRow *request;
  GtkSwitch *paused;
  AdwEntryRow *referrer_row;
  AdwEntryRow *user_row;
  AdwPasswordEntryRow *password_row;

  Engine *engine;         /* owned */
  GSettings *settings;    /* owned */
  char *folder;           /* owned */
  gint64 free_bytes;      /* there, -1 not known */
  gboolean checksum_fits; /* it is empty, or one that is known */
  GPtrArray *found;       /* owned (element-type EngineFound), nullable */
  UiFindings *shown;      /* owned */
  GtkTextTag *bad_tag;    /* the buffer's */
  guint look_source;
  GtkFileChooserNative *chooser; /* owned, while open */
};

G_DEFINE_FINAL_TYPE (UiAddWindow, ui_add_window, ADW_TYPE_WINDOW)

static char *
get_text (UiAddWindow *self)
{
  char *text = NULL;

  g_object_get (gtk_text_view_get_buffer (self->addresses), "text", &text, NULL);
  return text;
}

static int
count_understood (UiAddWindow *self)
{
  int n = 0;

  for (guint i = 0; self->found != NULL && i < self->found->len; i++)
    n += ((EngineFound *) g_ptr_array_index (self->found, i))->address != NULL;
  return n;
}

/* Marks what is not understood where it stands. */
static void
underline_bad (UiAddWindow *self, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->addresses);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_tag (buffer, self->bad_tag, &start, &end);
  for (guint i = 0; i < self->found->len; i++)
    {
      const EngineFound *found = g_ptr_array_index (self->found, i);

      if (found->address != NULL)
        continue;
      gtk_text_buffer_get_iter_at_offset (buffer, &start,
                                          g_utf8_pointer_to_offset (text, text + found->start));
      gtk_text_buffer_get_iter_at_offset (buffer, &end,
                                          g_utf8_pointer_to_offset (text, text + found->start +
                                                                              found->length));
      gtk_text_buffer_apply_tag (buffer, self->bad_tag, &start, &end);
    }
}

/* Rows that need a single address stay, and say why they do nothing. */
static void
update_single_rows (UiAddWindow *self, gboolean single)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->name_row), single);
  gtk_widget_set_sensitive (GTK_WIDGET (self->checksum_row), single);
  gtk_widget_set_visible (GTK_WIDGET (self->name_note), !single);
  gtk_widget_set_visible (GTK_WIDGET (self->checksum_note), !single);
}

/* Where it goes, what room there is, and how much of it is needed. */
static void
show_folder (UiAddWindow *self)
{
  g_autofree char *folder = ui_property_folder (self->folder, g_get_home_dir ());
  gint64 needed = ui_findings_get_total (self->shown);
  g_autofree char *free_size = base_human_size (MAX (self->free_bytes, 0));
  g_autofree char *needed_size = base_human_size (MAX (needed, 0));
  g_autofree char *text = NULL;
  g_autofree char *markup = NULL;

  if (self->free_bytes < 0)
    text = g_strdup (folder);
  else if (needed < 0)
    /* Translators: a folder, and how much room there is */
    text = g_strdup_printf (_ ("%s · %s free"), folder, free_size);
  else
    /* Translators: a folder, how much room there is, how much the downloads need */
    text = g_strdup_printf (_ ("%s · %s free, %s needed"), folder, free_size, needed_size);
  markup = g_markup_escape_text (text, -1);
  adw_action_row_set_subtitle (self->folder_row, markup);
  if (self->free_bytes >= 0 && needed > self->free_bytes)
    gtk_widget_add_css_class (GTK_WIDGET (self->folder_row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->folder_row), "error");
}

static void
update_download (UiAddWindow *self)
{
  gboolean again = ui_findings_are_duplicates (self->shown);

  gtk_button_set_label (self->download, again ? _ ("Download Again") : _ ("Download"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "add.download",
                                 count_understood (self) > 0 &&
                                     (count_understood (self) > 1 || self->checksum_fits));
}

static void
look (UiAddWindow *self)
{
  g_autofree char *text = get_text (self);
  int understood;

  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = engine_address_find_all (text);
  understood = count_understood (self);
  underline_bad (self, text);
  ui_findings_show (self->shown, self->found, self->folder);
  update_single_rows (self, understood <= 1);
  update_download (self);
  show_folder (self);
}

static gboolean
look_cb (gpointer user_data)
{
  UiAddWindow *self = user_data;

  self->look_source = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (UiAddWindow *self)
{
  g_clear_handle_id (&self->look_source, g_source_remove);
  self->look_source = g_timeout_add (PAUSE_MS, look_cb, self);
}

/* Puts what was meant in the place of what was typed. */
static void
correct_cb (int start, int length, const char *suggestion, gpointer user_data)
{
  UiAddWindow *self = user_data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->addresses);
  g_autofree char *text = get_text (self);
  g_autofree char *meant = g_strdup (suggestion);
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (buffer, &from, g_utf8_pointer_to_offset (text, text + start));
  gtk_text_buffer_get_iter_at_offset (buffer, &to,
                                      g_utf8_pointer_to_offset (text, text + start + length));
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &from, &to);
  gtk_text_buffer_insert (buffer, &from, meant, -1);
  gtk_text_buffer_end_user_action (buffer);
  look (self);
}

static char *
entry_or_null (gpointer row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));

  return *text != '\0' ? g_strstrip (g_strdup (text)) : NULL;
}

static void
checksum_changed_cb (UiAddWindow *self)
{
  self->checksum_fits = ui_checksum_row_check (self->checksum_row);
  update_download (self);
}

static void
add_header_cb (UiAddWindow *self)
{
  ui_header_rows_add (self->request);
}

static EngineSpec *
make_spec (UiAddWindow *self, const char *address, gboolean single)
{
  EngineSpec *spec = engine_spec_new (address, self->folder);

  ui_settings_prepare_spec (self->settings, spec);
  /* Who asks for the same again wants it again. */
  if (spec->on_conflict == ENGINE_ON_CONFLICT_SKIP && ui_findings_are_duplicates (self->shown))
    spec->on_conflict = ENGINE_ON_CONFLICT_RENAME;
  if (single)
    {
      g_autofree char *name = entry_or_null (self->name_row);

      spec->name = name != NULL ? engine_file_name_make_safe (name) : NULL;
      spec->checksum =
          ui_checksum_guess (gtk_editable_get_text (GTK_EDITABLE (self->checksum_row)));
    }
  spec->max_connections = gtk_spin_button_get_value_as_int (self->connections);
  spec->paused = gtk_switch_get_active (self->paused);
  spec->referrer = entry_or_null (self->referrer_row);
  spec->user = entry_or_null (self->user_row);
  spec->password = entry_or_null (self->password_row);
  spec->headers = ui_header_rows_dup (self->request);
  return spec;
}

static void
download_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  UiAddWindow *self = UI_ADD_WINDOW (widget);
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);
  gboolean single;

  look (self);
  single = count_understood (self) == 1;
  for (guint i = 0; i < self->found->len; i++)
    {
      const EngineFound *found = g_ptr_array_index (self->found, i);

      if (found->address != NULL)
        g_ptr_array_add (specs, make_spec (self, found->address, single));
    }
  if (specs->len == 0)
    return;
  g_signal_emit_by_name (self, "added", specs);
  gtk_window_close (GTK_WINDOW (self));
}

static void
free_space_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UiAddWindow) self = user_data;

  self->free_bytes = engine_get_free_space_finish (result);
  if (self->shown != NULL)
    show_folder (self);
}

static void
set_folder (UiAddWindow *self, const char *folder)
{
  g_free (self->folder);
  self->folder = g_strdup (folder);
  self->free_bytes = -1;
  show_folder (self);
  engine_get_free_space_async (folder, free_space_cb, g_object_ref (self));
}

static void
folder_chosen_cb (GtkNativeDialog *dialog, int response, UiAddWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        {
          set_folder (self, path);
          look (self);
        }
    }
  g_clear_object (&self->chooser);
}

static void
choose_folder_cb (UiAddWindow *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser =
      gtk_file_chooser_native_new (_ ("Folder for Downloads"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Select"), NULL);
  g_signal_connect (self->chooser, "response", G_CALLBACK (folder_chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
fill (UiAddWindow *self, const char *text)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->addresses), text, -1);
  look (self);
}

static void
clipboard_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (UiAddWindow) self = user_data;
  /* A clipboard with no text is no failure: the window stays empty. */
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autofree char *typed = get_text (self);
  g_autoptr (GPtrArray) found = text != NULL ? engine_address_find_all (text) : NULL;

  for (guint i = 0; found != NULL && *typed == '\0' && i < found->len; i++)
    if (((EngineFound *) g_ptr_array_index (found, i))->address != NULL)
      {
        fill (self, text);
        return;
      }
}

void
ui_add_window_append (UiAddWindow *self, const char *text)
{
  g_autofree char *typed = get_text (self);
  gboolean apart = *typed != '\0' && !g_str_has_suffix (typed, "\n");
  g_autofree char *both = g_strconcat (typed, apart ? "\n" : "", text, NULL);

  BASE_ASSERT_MAIN ();
  fill (self, both);
}

static void
show_cb (EngineDownload *download, gpointer user_data)
{
  UiAddWindow *self = user_data;

  g_signal_emit_by_name (self, "show-download", download);
  gtk_window_close (GTK_WINDOW (self));
}

static void
show_path_cb (const char *path, gpointer user_data)
{
  g_signal_emit_by_name (user_data, "show-path", path);
}

static void
learned_cb (gpointer user_data)
{
  show_folder (user_data);
  update_download (user_data);
}

static const UiFindingsCalls calls = { correct_cb, show_cb, show_path_cb, learned_cb };

const char *
ui_add_window_get_folder (UiAddWindow *self)
{
  return self->folder;
}

UiAddWindow *
ui_add_window_new (
    GtkWindow *parent, Engine *engine, GSettings *settings, const char *text, const char *folder)
{
  UiAddWindow *self = g_object_new (UI_TYPE_ADD_WINDOW, "transient-for", parent, NULL);

  BASE_ASSERT_MAIN ();
  self->engine = g_object_ref (engine);
  self->settings = g_object_ref (settings);
  self->shown = ui_findings_new (self->findings, self->verdict, self->total, engine, &calls, self);
  set_folder (self, folder);
  gtk_spin_button_set_value (self->connections, engine_get_limits (engine)->max_connections);
  gtk_switch_set_active (self->paused, !g_settings_get_boolean (settings, "start-when-added"));
  if (text != NULL)
    fill (self, text);
  else
    gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (parent)), NULL,
                                   clipboard_cb, g_object_ref (self));
  return self;
}

static void
ui_add_window_dispose (GObject *object)
{
  UiAddWindow *self = UI_ADD_WINDOW (object);

  g_clear_handle_id (&self->look_source, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_pointer (&self->shown, ui_findings_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_object (&self->settings);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (ui_add_window_parent_class)->dispose (object);
}

static void
ui_add_window_class_init (UiAddWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_add_window_dispose;
  g_signal_new ("added", UI_TYPE_ADD_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_PTR_ARRAY);
  g_signal_new ("show-download", UI_TYPE_ADD_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, ENGINE_TYPE_DOWNLOAD);
  g_signal_new ("show-path", UI_TYPE_ADD_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/bobbin/Bobbin/downloads/add-window.ui");
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, addresses);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, addresses_title);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, findings);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, verdict);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, folder_row);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, name_row);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, connections_row);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, connections);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, checksum_row);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, paused);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, referrer_row);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, user_row);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, password_row);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, total);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, download);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, name_note);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, checksum_note);
  gtk_widget_class_bind_template_child (widget_class, UiAddWindow, request);
  gtk_widget_class_bind_template_callback (widget_class, add_header_cb);
  gtk_widget_class_bind_template_callback (widget_class, checksum_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder_cb);
  gtk_widget_class_install_action (widget_class, "add.download", NULL, download_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* Before the field of the addresses, to which Ctrl+Return is a new line. */
static void
add_keys (UiAddWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger =
      gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter");

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (trigger,
                                                          gtk_named_action_new ("add.download")));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
ui_add_window_init (UiAddWindow *self)
{
  GtkTextBuffer *buffer;
  GdkRGBA red;

  gtk_widget_init_template (GTK_WIDGET (self));
  buffer = gtk_text_view_get_buffer (self->addresses);
  gdk_rgba_parse (&red, "#e01b24");
  self->bad_tag = gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_ERROR,
                                              "underline-rgba", &red, NULL);
  add_keys (self);
  self->checksum_fits = TRUE;
  self->free_bytes = -1;
  g_signal_connect_swapped (buffer, "changed", G_CALLBACK (text_changed_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->addresses), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Addresses"), -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "add.download", FALSE);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->addresses));
  ui_names_complete (GTK_WIDGET (self));
}

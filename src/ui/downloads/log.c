/* The log of a download. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/log.h"

#include "base/thread.h"

/* More than that nobody reads in a pane; all that the engine keeps is copied. */
#define MOST_LINES 200

struct _UiLog
{
  GtkGrid parent_instance;

  EngineDownload *download; /* owned, nullable */
  gint64 newest_us;         /* of the last line shown */
  guint shown;              /* entries of the engine's log, when it was last looked at */
  int lines;
};

G_DEFINE_FINAL_TYPE (UiLog, ui_log, GTK_TYPE_GRID)

static char *
dup_time (const EngineLogEntry *entry)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (entry->at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (local, "%H:%M:%S");
}

/* The engine's words, which go on from "the download…", as a line of their own. */
static char *
dup_line (const EngineLogEntry *entry)
{
  g_autofree char *words = engine_log_entry_describe (entry);
  GString *line = g_string_new (NULL);

  if (*words == '\0')
    return g_string_free (line, FALSE);
  g_string_append_unichar (line, g_unichar_totitle (g_utf8_get_char (words)));
  g_string_append (line, g_utf8_next_char (words));
  return g_string_free (line, FALSE);
}

static void
add_line (UiLog *self, const EngineLogEntry *entry)
{
  g_autofree char *time_text = dup_time (entry);
  g_autofree char *text = dup_line (entry);
  GtkWidget *time = gtk_label_new (time_text);
  GtkWidget *line = gtk_label_new (text);

  gtk_widget_add_css_class (time, "side");
  gtk_widget_add_css_class (time, "caption");
  gtk_widget_add_css_class (time, "numeric");
  gtk_widget_set_valign (time, GTK_ALIGN_START);
  gtk_widget_add_css_class (line, "caption");
  gtk_label_set_xalign (GTK_LABEL (line), 0);
  gtk_label_set_wrap (GTK_LABEL (line), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (line), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (line), TRUE);
  gtk_widget_set_hexpand (line, TRUE);
  gtk_grid_attach (GTK_GRID (self), time, 0, self->lines, 1, 1);
  gtk_grid_attach (GTK_GRID (self), line, 1, self->lines, 1, 1);
  self->lines++;
  if (self->lines <= MOST_LINES)
    return;
  gtk_grid_remove_row (GTK_GRID (self), 0);
  self->lines--;
}

static void
clear (UiLog *self)
{
  while (self->lines > 0)
    gtk_grid_remove_row (GTK_GRID (self), --self->lines);
  self->shown = 0;
  self->newest_us = 0;
}

void
ui_log_show (UiLog *self, EngineDownload *download)
{
  GArray *log = download != NULL ? engine_download_get_log (download) : NULL;
  guint n = log != NULL ? log->len : 0;

  BASE_ASSERT_MAIN ();
  if (download != self->download)
    {
      g_set_object (&self->download, download);
      clear (self);
    }
  /* The engine drops its oldest when it is full: then what is new is told by its time. */
  if (n < self->shown)
    clear (self);
  for (guint i = n == self->shown ? 0 : self->shown; i < n; i++)
    {
      const EngineLogEntry *entry = &g_array_index (log, EngineLogEntry, i);

      if (n == self->shown && entry->at_us <= self->newest_us)
        continue;
      add_line (self, entry);
      self->newest_us = entry->at_us;
    }
  self->shown = n;
}

guint
ui_log_get_count (UiLog *self)
{
  return self->lines;
}

char *
ui_log_dup_text (UiLog *self)
{
  GArray *log = self->download != NULL ? engine_download_get_log (self->download) : NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; log != NULL && i < log->len; i++)
    {
      const EngineLogEntry *entry = &g_array_index (log, EngineLogEntry, i);
      g_autofree char *time = dup_time (entry);
      g_autofree char *line = dup_line (entry);

      g_string_append_printf (text, "%s  %s\n", time, line);
    }
  return g_string_free (text, FALSE);
}

static void
ui_log_dispose (GObject *object)
{
  g_clear_object (&UI_LOG (object)->download);
  G_OBJECT_CLASS (ui_log_parent_class)->dispose (object);
}

static void
ui_log_class_init (UiLogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ui_log_dispose;
}

static void
ui_log_init (UiLog *self)
{
  gtk_grid_set_column_spacing (GTK_GRID (self), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self), 4);
}

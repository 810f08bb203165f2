/* A race program's text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/program.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#include "ui/lab/gutter.h"
#include "ui/lab/syntax.h"

/* Threads whose next line is tinted each in its colour; as many as there are colours. */
#define N_TINTS 6

/* Of the fixed width, in a column as narrow as it gets, with room for two letters before them. */
#define MOST_LETTERS 27

struct _UiProgram
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkTextView *view;
  GtkTextBuffer *buffer;
  UiGutter *letters;
  UiGutter *notes;

  GtkTextTag *colours[UI_N_SYNTAX];
  GtkTextTag *tints[N_TINTS];
  GtkTextTag *error;
  GtkTextTag *plain; /* the letters of all of it; the side notes keep the page's own */

  char *text;    /* owned: as set, or as last edited */
  GArray *lines; /* (element-type int) owned: for each line of the text the one shown; -1: hidden */
  gboolean editable;
  gboolean filling; /* the change is ours, not a person's */
};

enum
{
  EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (UiProgram, ui_program, GTK_TYPE_WIDGET)

static void
colour_text (UiProgram *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  g_autoptr (GArray) runs = NULL;
  const char *at;
  int characters = 0;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_apply_tag (self->buffer, self->plain, &start, &end);
  for (int i = 0; i < UI_N_SYNTAX; i++)
    gtk_text_buffer_remove_tag (self->buffer, self->colours[i], &start, &end);
  at = text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  runs = ui_syntax_scan (text);
  for (guint i = 0; i < runs->len; i++)
    {
      const UiSyntaxRun *run = &g_array_index (runs, UiSyntaxRun, i);
      int length = (int) g_utf8_strlen (text + run->from, run->to - run->from);

      characters += (int) g_utf8_strlen (at, text + run->from - at);
      gtk_text_buffer_get_iter_at_offset (self->buffer, &start, characters);
      gtk_text_buffer_get_iter_at_offset (self->buffer, &end, characters + length);
      gtk_text_buffer_apply_tag (self->buffer, self->colours[run->kind], &start, &end);
      characters += length;
      at = text + run->to;
    }
}

/* Returns: whether the column is wide enough for the longest line with the longest note beside it.
 */
static gboolean
has_room (const char *plain, char **notes)
{
  g_auto (GStrv) lines = g_strsplit (plain, "\n", -1);
  long longest_line = 0;
  long longest_note = 0;

  for (int i = 0; lines[i] != NULL; i++)
    longest_line = MAX (longest_line, g_utf8_strlen (lines[i], -1));
  for (int i = 0; notes[i] != NULL; i++)
    longest_note = MAX (longest_note, g_utf8_strlen (notes[i], -1));
  return longest_line + longest_note < MOST_LETTERS;
}

/* Read, the page's own words are left out and comments stand beside; edited, all is there. */
static void
fill (UiProgram *self)
{
  gboolean beside;

  g_autofree char *shown = NULL;
  g_autofree char *plain = NULL;
  g_auto (GStrv) notes = NULL;

  g_clear_pointer (&self->lines, g_array_unref);
  shown = ui_syntax_hide_story (self->text, &self->lines);
  plain = ui_syntax_split_notes (shown, &notes);
  beside = !self->editable && has_room (plain, notes);
  self->filling = TRUE;
  gtk_text_buffer_set_text (self->buffer, self->editable ? self->text : beside ? plain : shown, -1);
  self->filling = FALSE;
  ui_gutter_set_notes (self->notes, beside ? (const char *const *) notes : NULL);
  ui_gutter_set_letters (self->letters, NULL, NULL, 0);
  colour_text (self);
}

static int
get_shown_line (UiProgram *self, int line)
{
  if (self->editable)
    return line - 1;
  return line >= 1 && line <= (int) self->lines->len ? g_array_index (self->lines, int, line - 1)
                                                     : -1;
}

static void
changed_cb (UiProgram *self)
{
  GtkTextIter start, end;

  if (self->filling)
    return;
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  g_free (self->text);
  self->text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  colour_text (self);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
set_colours (UiProgram *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const char *light_set[] = { "#813d9c", "#a0430a", "#1b7f50", "#5e5c64" };
  const char *dark_set[] = { "#dc8add", "#ffbe6f", "#8ff0a4", "#9a9996" };
  const char *light_tints[] = { "#1c71d8", "#9141ac", "#1b7f50", "#946800", "#865e3c", "#5e5c64" };
  const char *dark_tints[] = { "#62a0ea", "#c88bdc", "#2ec27e", "#e5a50a", "#cdab8f", "#c0bfbc" };

  for (int i = 0; i < UI_N_SYNTAX; i++)
    g_object_set (self->colours[i], "foreground", (dark ? dark_set : light_set)[i], NULL);
  for (int i = 0; i < N_TINTS; i++)
    {
      GdkRGBA tint;

      gdk_rgba_parse (&tint, (dark ? dark_tints : light_tints)[i]);
      tint.alpha = .13f;
      g_object_set (self->tints[i], "paragraph-background-rgba", &tint, NULL);
    }
}

static void
scrolled_cb (UiProgram *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self->letters));
  gtk_widget_queue_draw (GTK_WIDGET (self->notes));
}

static void
make_tags (UiProgram *self)
{
  self->plain =
      gtk_text_buffer_create_tag (self->buffer, NULL, "family", "monospace", "scale", .91, NULL);
  self->colours[UI_SYNTAX_WORD] =
      gtk_text_buffer_create_tag (self->buffer, NULL, "weight", PANGO_WEIGHT_BOLD, NULL);
  for (int i = UI_SYNTAX_NUMBER; i < UI_N_SYNTAX; i++)
    self->colours[i] = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  for (int i = 0; i < N_TINTS; i++)
    self->tints[i] = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  self->error =
      gtk_text_buffer_create_tag (self->buffer, NULL, "underline", PANGO_UNDERLINE_ERROR, NULL);
  set_colours (self);
}

static void
make_view (UiProgram *self)
{
  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_view_set_editable (self->view, FALSE);
  gtk_text_view_set_cursor_visible (self->view, FALSE);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_left_margin (self->view, 4);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "lab-program");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Program"), -1);
  self->letters = UI_GUTTER (ui_gutter_new (self->view));
  self->notes = UI_GUTTER (ui_gutter_new (self->view));
  gtk_text_view_set_gutter (self->view, GTK_TEXT_WINDOW_LEFT, GTK_WIDGET (self->letters));
  gtk_text_view_set_gutter (self->view, GTK_TEXT_WINDOW_RIGHT, GTK_WIDGET (self->notes));
}

static void
ui_program_dispose (GObject *object)
{
  UiProgram *self = UI_PROGRAM (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (ui_program_parent_class)->dispose (object);
}

static void
ui_program_finalize (GObject *object)
{
  UiProgram *self = UI_PROGRAM (object);

  g_free (self->text);
  g_clear_pointer (&self->lines, g_array_unref);
  G_OBJECT_CLASS (ui_program_parent_class)->finalize (object);
}

static void
ui_program_class_init (UiProgramClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ui_program_dispose;
  G_OBJECT_CLASS (klass)->finalize = ui_program_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
ui_program_init (UiProgram *self)
{
  self->text = g_strdup ("");
  make_view (self);
  make_tags (self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (self->scroller), 120);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), 330);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (set_colours), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (
                               GTK_SCROLLED_WINDOW (self->scroller)),
                           "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

void
ui_program_set_text (UiProgram *self, const char *text)
{
  if (strcmp (self->text, text) == 0 && self->lines != NULL)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  fill (self);
}

char *
ui_program_dup_text (UiProgram *self)
{
  return g_strdup (self->text);
}

void
ui_program_set_editable (UiProgram *self, gboolean editable)
{
  if (self->editable == editable)
    return;
  self->editable = editable;
  gtk_text_view_set_editable (self->view, editable);
  gtk_text_view_set_cursor_visible (self->view, editable);
  fill (self);
  if (editable)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
get_line (UiProgram *self, int line, GtkTextIter *start, GtkTextIter *end)
{
  gtk_text_buffer_get_iter_at_line (self->buffer, start, line);
  *end = *start;
  if (!gtk_text_iter_ends_line (end))
    gtk_text_iter_forward_to_line_end (end);
  gtk_text_iter_forward_char (end);
}

void
ui_program_set_next (UiProgram *self, const GArray *next)
{
  guint n = next != NULL ? next->len : 0;
  g_autofree int *lines = g_new0 (int, n + 1);
  g_autofree int *threads = g_new0 (int, n + 1);
  GtkTextIter start, end;
  int used = 0;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  for (int i = 0; i < N_TINTS; i++)
    gtk_text_buffer_remove_tag (self->buffer, self->tints[i], &start, &end);
  for (guint i = 0; i < n; i++)
    {
      const UiNextLine *one = &g_array_index (next, UiNextLine, i);
      int line = get_shown_line (self, one->line);

      if (line < 0)
        continue;
      lines[used] = line;
      threads[used++] = one->thread;
      get_line (self, line, &start, &end);
      gtk_text_buffer_apply_tag (self->buffer, self->tints[one->thread % N_TINTS], &start, &end);
    }
  ui_gutter_set_letters (self->letters, lines, threads, used);
  if (used > 0)
    {
      int y, height;

      gtk_text_buffer_get_iter_at_line (self->buffer, &start, lines[0]);
      gtk_text_view_get_line_yrange (self->view, &start, &y, &height);
      gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (
                                     GTK_SCROLLED_WINDOW (self->scroller)),
                                 y, y + height);
    }
}

void
ui_program_set_error (UiProgram *self, int line, int column)
{
  GtkTextIter start, end;
  int shown = get_shown_line (self, line);

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_remove_tag (self->buffer, self->error, &start, &end);
  if (line <= 0 || shown < 0 || shown >= gtk_text_buffer_get_line_count (self->buffer))
    return;
  get_line (self, shown, &start, &end);
  /* A place at the very end of a line has nothing to underline but what stands before it. */
  if (column - 1 < gtk_text_iter_get_chars_in_line (&start) - 1)
    gtk_text_iter_set_line_offset (&start, column - 1);
  gtk_text_buffer_apply_tag (self->buffer, self->error, &start, &end);
}

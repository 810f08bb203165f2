/* What stands beside the lines of a text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/gutter.h"

#include "ui/lab/words.h"

#define RADIUS 8

typedef struct
{
  int line;
  int thread;
} Letter;

struct _UiGutter
{
  UiPlot parent_instance;

  GtkTextView *view; /* borrowed: it holds us */
  char **notes;      /* owned, nullable */
  GArray *letters;   /* (element-type Letter) owned */
  int side_by_side;  /* most letters at one line */
};

G_DEFINE_FINAL_TYPE (UiGutter, ui_gutter, UI_TYPE_PLOT)

static void
get_line_range (UiGutter *self, int line, int *y, int *height)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (gtk_text_view_get_buffer (self->view), &iter, line);
  gtk_text_view_get_line_yrange (self->view, &iter, y, height);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_LEFT, 0, *y, NULL, y);
}

static void
draw_notes (UiGutter *self, UiBrush *brush)
{
  for (int line = 0; self->notes[line] != NULL; line++)
    {
      int y, height;

      if (self->notes[line][0] == '\0')
        continue;
      get_line_range (self, line, &y, &height);
      if (y + height >= 0 && y <= brush->height)
        ui_brush_text (brush, self->notes[line], UI_LETTERS_PLAIN, &brush->dim, brush->width - 6,
                       y + height / 2., 1, .5);
    }
}

static int
count_before (UiGutter *self, guint i)
{
  int line = g_array_index (self->letters, Letter, i).line;
  int n = 0;

  for (guint j = 0; j < i; j++)
    n += g_array_index (self->letters, Letter, j).line == line;
  return n;
}

static void
draw_letters (UiGutter *self, UiBrush *brush)
{
  for (guint i = 0; i < self->letters->len; i++)
    {
      const Letter *letter = &g_array_index (self->letters, Letter, i);
      g_autofree char *text = ui_words_dup_thread (letter->thread);
      int before = count_before (self, i);
      int y, height;

      get_line_range (self, letter->line, &y, &height);
      ui_brush_badge (brush, text, letter->thread, RADIUS + 4 + before * (2 * RADIUS + 2),
                      y + height / 2., RADIUS);
    }
}

static void
ui_gutter_draw (UiPlot *plot, UiBrush *brush)
{
  UiGutter *self = UI_GUTTER (plot);

  if (self->notes != NULL)
    draw_notes (self, brush);
  draw_letters (self, brush);
}

static void
ui_gutter_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  UiGutter *self = UI_GUTTER (widget);
  int width = self->side_by_side > 0 ? self->side_by_side * (2 * RADIUS + 2) + 8 : 0;

  for (int line = 0; self->notes != NULL && self->notes[line] != NULL; line++)
    if (self->notes[line][0] != '\0')
      {
        g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, self->notes[line]);
        int pixels;

        pango_layout_get_pixel_size (layout, &pixels, NULL);
        width = MAX (width, MIN (pixels + 4, 90));
      }
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? width : 0;
}

static void
ui_gutter_finalize (GObject *object)
{
  UiGutter *self = UI_GUTTER (object);

  g_strfreev (self->notes);
  g_array_unref (self->letters);
  G_OBJECT_CLASS (ui_gutter_parent_class)->finalize (object);
}

static void
ui_gutter_class_init (UiGutterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_gutter_finalize;
  GTK_WIDGET_CLASS (klass)->measure = ui_gutter_measure;
  UI_PLOT_CLASS (klass)->draw = ui_gutter_draw;
  /* What it says is said by the buttons and the text as well. */
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
ui_gutter_init (UiGutter *self)
{
  self->letters = g_array_new (FALSE, FALSE, sizeof (Letter));
}

GtkWidget *
ui_gutter_new (GtkTextView *view)
{
  UiGutter *self = g_object_new (UI_TYPE_GUTTER, NULL);

  self->view = view;
  return GTK_WIDGET (self);
}

void
ui_gutter_set_notes (UiGutter *self, const char *const *notes)
{
  g_strfreev (self->notes);
  self->notes = g_strdupv ((char **) notes);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ui_gutter_set_letters (UiGutter *self, const int *lines, const int *threads, int n)
{
  int side_by_side = 0;

  g_array_set_size (self->letters, 0);
  for (int i = 0; i < n; i++)
    {
      Letter letter = { lines[i], threads[i] };

      g_array_append_val (self->letters, letter);
      side_by_side = MAX (side_by_side, count_before (self, (guint) i) + 1);
    }
  if (side_by_side != self->side_by_side)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  self->side_by_side = side_by_side;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

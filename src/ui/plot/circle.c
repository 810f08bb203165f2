/* Who waits for what. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/circle.h"

#include <glib/gi18n.h>
#include <math.h>

#define THREAD_RADIUS 17
#define THING_HEIGHT 27

typedef struct
{
  char *text; /* owned */
  int thread; /* -1: a thing */
  double x;   /* set while drawing */
  double y;
  double half; /* width */
} Node;

typedef struct
{
  int from;
  int to;
  gboolean waits;
} Arrow;

struct _UiCircle
{
  UiPlot parent_instance;

  GArray *nodes;  /* (element-type Node) owned */
  GArray *arrows; /* (element-type Arrow) owned */
};

G_DEFINE_FINAL_TYPE (UiCircle, ui_circle, UI_TYPE_PLOT)

static Node *
get_node (UiCircle *self, int i)
{
  return &g_array_index (self->nodes, Node, i);
}

/* Each after the one that leads to it, so that a ring of waiting is drawn as a ring. */
static GArray *
new_order (UiCircle *self)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (int));
  g_autofree gboolean *placed = g_new0 (gboolean, self->nodes->len + 1);

  for (int start = 0; start < (int) self->nodes->len; start++)
    for (int at = start; at >= 0 && !placed[at];)
      {
        int next = -1;

        placed[at] = TRUE;
        g_array_append_val (order, at);
        for (guint i = 0; i < self->arrows->len && next < 0; i++)
          {
            const Arrow *arrow = &g_array_index (self->arrows, Arrow, i);

            if (arrow->from == at && !placed[arrow->to])
              next = arrow->to;
          }
        at = next;
      }
  return order;
}

static void
place (UiCircle *self, const UiBrush *brush)
{
  g_autoptr (GArray) order = new_order (self);
  double middle_x = brush->width / 2.;
  double middle_y = brush->height / 2.;

  for (guint i = 0; i < order->len; i++)
    {
      Node *node = get_node (self, g_array_index (order, int, i));
      /* The first stands left, and on from there as a clock goes. */
      double angle = G_PI + 2 * G_PI * i / order->len;
      double width;

      ui_brush_measure (brush, node->text, UI_LETTERS_BOLD, &width, NULL);
      node->half = node->thread >= 0 ? THREAD_RADIUS : width / 2 + 15;
      node->x = middle_x + cos (angle) * MIN (middle_x - 60, 190);
      node->y = middle_y + sin (angle) * (middle_y - 22);
    }
}

/* Where the straight line from @node towards @x, @y leaves it. */
static void
leave (const Node *node, double x, double y, double *at_x, double *at_y)
{
  double dx = x - node->x, dy = y - node->y;
  double length = MAX (1, hypot (dx, dy));
  double high = node->thread >= 0 ? THREAD_RADIUS : THING_HEIGHT / 2.;
  double share =
      MIN (fabs (dx) > 0 ? node->half / fabs (dx) : 1e9, fabs (dy) > 0 ? high / fabs (dy) : 1e9);

  if (node->thread >= 0)
    share = THREAD_RADIUS / length;
  *at_x = node->x + dx * (share + 4 / length);
  *at_y = node->y + dy * (share + 4 / length);
}

static void
draw_arrow (UiCircle *self, const UiBrush *brush, const Arrow *arrow)
{
  const Node *from = get_node (self, arrow->from);
  const Node *to = get_node (self, arrow->to);
  const GdkRGBA *colour = arrow->waits ? &brush->bad : &brush->ink;
  /* Bent outwards, so that two ways between a pair do not lie on each other. */
  double bend_x = (from->x + to->x) / 2 + (from->y - to->y) * -.12;
  double bend_y = (from->y + to->y) / 2 + (from->x - to->x) * .12;
  double x0, y0, x1, y1, width, height;
  const char *text = arrow->waits ? _ ("waits for") : _ ("held by");
  double text_x, text_y;

  leave (from, bend_x, bend_y, &x0, &y0);
  leave (to, bend_x, bend_y, &x1, &y1);
  ui_brush_set (brush, colour);
  cairo_set_line_width (brush->cr, 1.6);
  if (arrow->waits)
    cairo_set_dash (brush->cr, (double[]){ 4, 3 }, 2, 0);
  cairo_move_to (brush->cr, x0, y0);
  cairo_curve_to (brush->cr, (x0 + 2 * bend_x) / 3, (y0 + 2 * bend_y) / 3, (x1 + 2 * bend_x) / 3,
                  (y1 + 2 * bend_y) / 3, x1, y1);
  cairo_stroke (brush->cr);
  cairo_set_dash (brush->cr, NULL, 0, 0);
  ui_brush_head (brush, x1, y1, x1 - bend_x, y1 - bend_y);
  text_x = (x0 + 2 * bend_x + x1) / 4;
  text_y = (y0 + 2 * bend_y + y1) / 4;
  ui_brush_measure (brush, text, UI_LETTERS_PLAIN, &width, &height);
  ui_brush_set (brush, &brush->paper);
  cairo_rectangle (brush->cr, text_x - width / 2 - 3, text_y - height / 2, width + 6, height);
  cairo_fill (brush->cr);
  ui_brush_text (brush, text, UI_LETTERS_PLAIN, arrow->waits ? &brush->bad : &brush->dim, text_x,
                 text_y, .5, .5);
}

static void
draw_node (const UiBrush *brush, const Node *node)
{
  if (node->thread >= 0)
    {
      ui_brush_badge (brush, node->text, node->thread, node->x, node->y, THREAD_RADIUS);
      return;
    }
  ui_brush_rounded (brush, node->x - node->half, node->y - THING_HEIGHT / 2., 2 * node->half,
                    THING_HEIGHT, 99);
  ui_brush_set (brush, &brush->paper);
  cairo_fill_preserve (brush->cr);
  ui_brush_set (brush, &brush->ink);
  cairo_set_line_width (brush->cr, 1.4);
  cairo_stroke (brush->cr);
  ui_brush_text (brush, node->text, UI_LETTERS_BOLD, &brush->ink, node->x, node->y, .5, .5);
}

static void
ui_circle_draw (UiPlot *plot, UiBrush *brush)
{
  UiCircle *self = UI_CIRCLE (plot);

  place (self, brush);
  for (guint i = 0; i < self->arrows->len; i++)
    draw_arrow (self, brush, &g_array_index (self->arrows, Arrow, i));
  for (guint i = 0; i < self->nodes->len; i++)
    draw_node (brush, get_node (self, (int) i));
}

static void
ui_circle_finalize (GObject *object)
{
  UiCircle *self = UI_CIRCLE (object);

  g_array_unref (self->nodes);
  g_array_unref (self->arrows);
  G_OBJECT_CLASS (ui_circle_parent_class)->finalize (object);
}

static void
ui_circle_class_init (UiCircleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_circle_finalize;
  UI_PLOT_CLASS (klass)->draw = ui_circle_draw;
}

static void
clear_node (gpointer data)
{
  g_free (((Node *) data)->text);
}

static void
ui_circle_init (UiCircle *self)
{
  self->nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  g_array_set_clear_func (self->nodes, clear_node);
  self->arrows = g_array_new (FALSE, FALSE, sizeof (Arrow));
  ui_plot_set_size (UI_PLOT (self), 300, 180);
}

GtkWidget *
ui_circle_new (void)
{
  return g_object_new (UI_TYPE_CIRCLE, NULL);
}

void
ui_circle_clear (UiCircle *self)
{
  g_array_set_size (self->nodes, 0);
  g_array_set_size (self->arrows, 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static int
add_node (UiCircle *self, const char *text, int thread)
{
  Node node = { .text = g_strdup (text), .thread = thread };

  g_array_append_val (self->nodes, node);
  return (int) self->nodes->len - 1;
}

int
ui_circle_add_thread (UiCircle *self, const char *letter, int thread)
{
  return add_node (self, letter, thread);
}

int
ui_circle_add_thing (UiCircle *self, const char *text)
{
  return add_node (self, text, -1);
}

void
ui_circle_add_wait (UiCircle *self, int thread, int thing)
{
  Arrow arrow = { thread, thing, TRUE };

  g_array_append_val (self->arrows, arrow);
}

void
ui_circle_add_hold (UiCircle *self, int thing, int thread)
{
  Arrow arrow = { thing, thread, FALSE };

  g_array_append_val (self->arrows, arrow);
}

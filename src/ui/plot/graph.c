/* All states and the steps between them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/graph.h"

#include <glib/gi18n.h>
#include <math.h>

#include "ui/plot/axis.h"
#include "ui/plot/layout.h"

/* Pixels. */
#define LEFT 34
#define MARGIN 16
#define TOP 20
#define BOTTOM 34
#define MOST_PITCH 92
#define NODE_WIDTH 66
#define NODE_HEIGHT 22
#define END_WIDTH 116
#define LAYER 50
#define LOW_LAYER 28 /* of many layers */
#define MANY_LAYERS 14
#define HEAT_LEFT 52
#define HEAT_BOTTOM 40

struct _UiGraph
{
  UiPlot parent_instance;

  GArray *nodes;    /* (element-type UiGraphNode) owned */
  GArray *edges;    /* (element-type UiGraphEdge) owned */
  UiLayout *layout; /* owned, nullable */
  guint *heat;      /* owned, nullable */
  guint n_depths;
  guint bands;
};

G_DEFINE_FINAL_TYPE (UiGraph, ui_graph, UI_TYPE_PLOT)

typedef struct
{
  const UiGraph *graph;
  const UiBrush *brush;
  double pitch;
  double layer;
  double node_width;
  double node_height;
  double middle;
} Sheet;

static const UiGraphNode *
get_node (const Sheet *sheet, int i)
{
  return &g_array_index (sheet->graph->nodes, UiGraphNode, i);
}

static double
to_x (const Sheet *sheet, double x)
{
  const UiLayout *layout = sheet->graph->layout;

  return sheet->middle + (x - (layout->left + layout->right) / 2) * sheet->pitch;
}

static double
to_y (const Sheet *sheet, int layer)
{
  return TOP + layer * sheet->layer;
}

static GdkRGBA
get_colour (const Sheet *sheet, UiGraphTone tone)
{
  const UiBrush *brush = sheet->brush;
  GdkRGBA open = brush->ink;

  open.alpha *= .5f;
  return tone == UI_GRAPH_BAD ? brush->bad : tone == UI_GRAPH_GOOD ? brush->good : open;
}

static void
curve (cairo_t *cr, double x0, double y0, double x1, double y1)
{
  double bend = (y1 - y0) * .5;

  cairo_curve_to (cr, x0, y0 + bend, x1, y1 - bend, x1, y1);
}

static double
get_width (const Sheet *sheet, int i)
{
  const UiGraphNode *node = get_node (sheet, i);
  double width;

  if (!node->end || sheet->pitch < NODE_WIDTH)
    return sheet->node_width;
  ui_brush_measure (sheet->brush, node->text, UI_LETTERS_BOLD, &width, NULL);
  return MAX (END_WIDTH, width + 16);
}

/* An end that lies aside is reached from its side, or the way would cross what stands above it. */
static void
land (const Sheet *sheet, int i, double x, double y, int way)
{
  double to = to_x (sheet, sheet->graph->layout->x[i]);
  double half = get_width (sheet, i) / 2;
  double middle = to_y (sheet, get_node (sheet, i)->layer);

  if (get_node (sheet, i)->end && fabs (x - to) > half + 12)
    cairo_curve_to (sheet->brush->cr, x, middle, x, middle, to + (x > to ? half : -half), middle);
  else
    curve (sheet->brush->cr, x, y, to, middle - way * sheet->node_height / 2);
}

static void
draw_edge (const Sheet *sheet, guint i)
{
  const UiGraphEdge *edge = &g_array_index (sheet->graph->edges, UiGraphEdge, i);
  const GArray *bends = sheet->graph->layout->bends[i];
  cairo_t *cr = sheet->brush->cr;
  GdkRGBA colour = get_colour (sheet, edge->tone);
  int from = get_node (sheet, edge->from)->layer;
  int to = get_node (sheet, edge->to)->layer;
  int way = to > from ? 1 : -1;
  double x = to_x (sheet, sheet->graph->layout->x[edge->from]);
  double y = to_y (sheet, from) + way * sheet->node_height / 2;

  /* The witness stands out of all the others. */
  ui_brush_set_alpha (sheet->brush, &colour,
                      edge->thread >= 0             ? 1
                      : edge->tone == UI_GRAPH_GOOD ? .85
                                                    : .5);
  cairo_set_line_width (cr, 1 + 3.2 * sqrt (CLAMP (edge->weight, 0, 1)));
  cairo_move_to (cr, x, y);
  for (guint b = 0; b < bends->len; b++)
    {
      double next_x = to_x (sheet, g_array_index (bends, double, b));
      double next_y = to_y (sheet, from + way * ((int) b + 1));

      curve (cr, x, y, next_x, next_y);
      x = next_x;
      y = next_y;
    }
  land (sheet, edge->to, x, y, way);
  cairo_stroke (cr);
}

static void
draw_letter (const Sheet *sheet, guint i)
{
  const UiGraphEdge *edge = &g_array_index (sheet->graph->edges, UiGraphEdge, i);
  g_autofree char *letter = edge->thread < 26 ? g_strdup_printf ("%c", 'A' + edge->thread)
                                              : g_strdup_printf ("%d", edge->thread + 1);
  double x =
      to_x (sheet, (sheet->graph->layout->x[edge->from] + sheet->graph->layout->x[edge->to]) / 2);
  double y = (to_y (sheet, get_node (sheet, edge->from)->layer) +
              to_y (sheet, get_node (sheet, edge->to)->layer)) /
             2;

  ui_brush_badge (sheet->brush, letter, edge->thread, x, y, 8);
}

static void
draw_box (const Sheet *sheet, const UiGraphNode *node, double x, double y, double width)
{
  const UiBrush *brush = sheet->brush;
  GdkRGBA colour = get_colour (sheet, node->tone);
  double height = sheet->node_height;

  ui_brush_rounded (brush, x - width / 2, y - height / 2, width, height, 6);
  ui_brush_set (brush, &brush->paper);
  cairo_fill (brush->cr);
  cairo_save (brush->cr);
  ui_brush_rounded (brush, x - width / 2, y - height / 2, width, height, 6);
  cairo_clip (brush->cr);
  ui_brush_set_alpha (brush, node->tone == UI_GRAPH_GOOD ? &brush->good : &brush->bad,
                      node->end                     ? .28
                      : node->tone == UI_GRAPH_GOOD ? .2
                                                    : .16);
  cairo_rectangle (brush->cr, x - width / 2, y - height / 2,
                   node->tone == UI_GRAPH_OPEN ? width * node->share : width, height);
  cairo_fill (brush->cr);
  cairo_restore (brush->cr);
  ui_brush_rounded (brush, x - width / 2, y - height / 2, width, height, 6);
  ui_brush_set (brush, &colour);
  cairo_set_line_width (brush->cr, node->on_way ? 2 : 1.2);
  cairo_stroke (brush->cr);
}

static void
draw_node (const Sheet *sheet, int i)
{
  const UiGraphNode *node = get_node (sheet, i);
  const UiBrush *brush = sheet->brush;
  double x = to_x (sheet, sheet->graph->layout->x[i]);
  double y = to_y (sheet, node->layer);
  double width = get_width (sheet, i);
  double text_width;
  GdkRGBA colour = node->tone == UI_GRAPH_OPEN ? brush->ink : get_colour (sheet, node->tone);
  UiLetters letters = node->on_way || node->end ? UI_LETTERS_BOLD : UI_LETTERS_PLAIN;

  ui_brush_measure (brush, node->text, letters, &text_width, NULL);
  draw_box (sheet, node, x, y, width);
  if (text_width + 6 <= width && sheet->node_height >= NODE_HEIGHT)
    ui_brush_text (brush, node->text, letters, &colour, x, y, .5, .5);
  if (node->under != NULL && sheet->node_width >= NODE_WIDTH)
    ui_brush_text (brush, node->under, UI_LETTERS_PLAIN, &brush->dim, x,
                   y + sheet->node_height / 2 + 3, .5, 0);
}

static void
draw_depths (const Sheet *sheet)
{
  int every = sheet->layer < 18 ? 5 : 1;

  for (int layer = 0; layer < sheet->graph->layout->n_layers; layer += every)
    {
      g_autofree char *text = g_strdup_printf ("%d", layer);
      gboolean inner = FALSE;

      for (guint i = 0; i < sheet->graph->nodes->len && !inner; i++)
        inner = get_node (sheet, (int) i)->layer == layer && !get_node (sheet, (int) i)->end;
      if (inner || layer == 0)
        ui_brush_text (sheet->brush, text, UI_LETTERS_PLAIN, &sheet->brush->dim, 4,
                       to_y (sheet, layer), 0, .5);
    }
}

static void
draw_graph (const UiGraph *self, const UiBrush *brush)
{
  Sheet sheet = { .graph = self, .brush = brush };
  double room = brush->width - LEFT - 2 * MARGIN - NODE_WIDTH;
  double span = MAX (self->layout->right - self->layout->left, 1e-9);

  sheet.pitch = MIN (MOST_PITCH, room / span);
  sheet.node_width = CLAMP (sheet.pitch - 8, 6, NODE_WIDTH);
  sheet.layer = MIN (LAYER + 14,
                     (brush->height - TOP - BOTTOM) / (double) MAX (1, self->layout->n_layers - 1));
  sheet.node_height = sheet.layer >= 36 ? NODE_HEIGHT : MAX (6, sheet.layer * .4);
  sheet.middle = LEFT + (brush->width - LEFT) / 2.;
  draw_depths (&sheet);
  for (guint i = 0; i < self->edges->len; i++)
    if (g_array_index (self->edges, UiGraphEdge, i).thread < 0)
      draw_edge (&sheet, i);
  for (guint i = 0; i < self->edges->len; i++)
    if (g_array_index (self->edges, UiGraphEdge, i).thread >= 0)
      draw_edge (&sheet, i);
  for (guint i = 0; i < self->nodes->len; i++)
    draw_node (&sheet, (int) i);
  for (guint i = 0; i < self->edges->len && sheet.layer >= 36; i++)
    if (g_array_index (self->edges, UiGraphEdge, i).thread >= 0)
      draw_letter (&sheet, i);
}

static void
draw_heat_axes (const UiGraph *self, const UiBrush *brush, double width, double height)
{
  double step = ui_axis_choose_step (MAX (1, self->n_depths), (int) MAX (2, width / 60), 1);

  for (int share = 0; share <= 100; share += 50)
    {
      g_autofree char *text = g_strdup_printf (_ ("%d %%"), share);

      ui_brush_text (brush, text, UI_LETTERS_PLAIN, &brush->dim, HEAT_LEFT - 8,
                     TOP + height * (1 - share / 100.), 1, .5);
    }
  for (double at = 0; at < self->n_depths; at += step)
    {
      g_autofree char *text = ui_axis_dup_text (at);

      ui_brush_text (brush, text, UI_LETTERS_PLAIN, &brush->dim,
                     HEAT_LEFT + (at + .5) * width / self->n_depths, TOP + height + 5, .5, 0);
    }
  ui_brush_text (brush, _ ("steps from the start"), UI_LETTERS_PLAIN, &brush->dim,
                 HEAT_LEFT + width / 2, TOP + height + 21, .5, 0);
}

static void
draw_heat (const UiGraph *self, const UiBrush *brush)
{
  double width = brush->width - HEAT_LEFT - MARGIN;
  double height = brush->height - TOP - HEAT_BOTTOM;
  double cell_width = width / self->n_depths;
  double cell_height = height / self->bands;
  guint most = 1;

  for (guint i = 0; i < self->n_depths * self->bands; i++)
    most = MAX (most, self->heat[i]);
  for (guint depth = 0; depth < self->n_depths; depth++)
    for (guint band = 0; band < self->bands; band++)
      {
        guint count = self->heat[depth * self->bands + band];
        double share = (band + .5) / self->bands;
        GdkRGBA colour = {
          (float) (brush->good.red + share * (brush->bad.red - brush->good.red)),
          (float) (brush->good.green + share * (brush->bad.green - brush->good.green)),
          (float) (brush->good.blue + share * (brush->bad.blue - brush->good.blue)), 1
        };

        if (count == 0)
          continue;
        /* A single state is still seen among a hundred thousand. */
        ui_brush_set_alpha (brush, &colour, .12 + .88 * log (1 + count) / log (1 + most));
        cairo_rectangle (brush->cr, HEAT_LEFT + depth * cell_width,
                         TOP + height - (band + 1) * cell_height,
                         MAX (1, cell_width - (cell_width > 4)), MAX (1, cell_height - 1));
        cairo_fill (brush->cr);
      }
  draw_heat_axes (self, brush, width, height);
}

static void
ui_graph_draw (UiPlot *plot, UiBrush *brush)
{
  UiGraph *self = UI_GRAPH (plot);

  if (self->heat != NULL)
    draw_heat (self, brush);
  else if (self->layout != NULL)
    draw_graph (self, brush);
}

static void
ui_graph_finalize (GObject *object)
{
  UiGraph *self = UI_GRAPH (object);

  g_array_unref (self->nodes);
  g_array_unref (self->edges);
  g_clear_pointer (&self->layout, ui_layout_free);
  g_free (self->heat);
  G_OBJECT_CLASS (ui_graph_parent_class)->finalize (object);
}

static void
ui_graph_class_init (UiGraphClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_graph_finalize;
  UI_PLOT_CLASS (klass)->draw = ui_graph_draw;
}

static void
ui_graph_init (UiGraph *self)
{
  self->nodes = ui_graph_new_nodes ();
  self->edges = g_array_new (FALSE, FALSE, sizeof (UiGraphEdge));
  ui_plot_set_size (UI_PLOT (self), 320, 320);
}

GtkWidget *
ui_graph_new (void)
{
  return g_object_new (UI_TYPE_GRAPH, NULL);
}

static void
clear_node (gpointer data)
{
  UiGraphNode *node = data;

  g_free (node->text);
  g_free (node->under);
}

GArray *
ui_graph_new_nodes (void)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (UiGraphNode));

  g_array_set_clear_func (nodes, clear_node);
  return nodes;
}

void
ui_graph_clear (UiGraph *self)
{
  g_array_set_size (self->nodes, 0);
  g_array_set_size (self->edges, 0);
  g_clear_pointer (&self->layout, ui_layout_free);
  g_clear_pointer (&self->heat, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ui_graph_take (UiGraph *self, GArray *nodes, GArray *edges)
{
  g_autofree int *layers = g_new (int, nodes->len + 1);
  g_autofree UiLink *links = g_new (UiLink, edges->len + 1);

  ui_graph_clear (self);
  g_array_unref (self->nodes);
  g_array_unref (self->edges);
  self->nodes = nodes;
  self->edges = edges;
  for (guint i = 0; i < nodes->len; i++)
    layers[i] = g_array_index (nodes, UiGraphNode, i).layer;
  for (guint i = 0; i < edges->len; i++)
    links[i] = (UiLink){ g_array_index (edges, UiGraphEdge, i).from,
                         g_array_index (edges, UiGraphEdge, i).to };
  self->layout = ui_layout_new (layers, (int) nodes->len, links, (int) edges->len);
  ui_plot_set_size (UI_PLOT (self), 320,
                    TOP + BOTTOM +
                        (self->layout->n_layers - 1) *
                            (self->layout->n_layers > MANY_LAYERS ? LOW_LAYER : LAYER - 6));
}

void
ui_graph_set_heat (UiGraph *self, const guint *heat, guint n_depths, guint bands)
{
  ui_graph_clear (self);
  self->heat = g_memdup2 (heat, (gsize) n_depths * bands * sizeof (guint));
  self->n_depths = n_depths;
  self->bands = bands;
  ui_plot_set_size (UI_PLOT (self), 320, 320);
}

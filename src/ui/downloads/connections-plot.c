/* The connections of a download. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/connections-plot.h"

#include <glib/gi18n.h>

#include "base/human.h"
#include "base/thread.h"

#define LANE 19
#define BAR 10
#define EDGE 3
#define AXIS 24
#define TICKS 4

/* Under this share of the middle rate a connection is shown as stalled. */
#define STALLED 0.3

struct _UiConnectionsPlot
{
  UiPlot parent_instance;

  GArray *connections; /* owned (element-type UiConnection) */
  gint64 total;
};

G_DEFINE_FINAL_TYPE (UiConnectionsPlot, ui_connections_plot, UI_TYPE_PLOT)

static int
compare_rates (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right ? 1 : 0;
}

/* The middle of the rates that are known, 0 where fewer than two are. */
static double
get_middle_rate (GArray *connections)
{
  g_autoptr (GArray) rates = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < connections->len; i++)
    {
      double rate = g_array_index (connections, UiConnection, i).rate;

      if (rate >= 0)
        g_array_append_val (rates, rate);
    }
  if (rates->len < 2)
    return 0;
  g_array_sort (rates, compare_rates);
  return g_array_index (rates, double, rates->len / 2);
}

static gboolean
is_stalled (const UiConnection *connection, double middle)
{
  return connection->rate >= 0 && connection->rate < STALLED * middle;
}

typedef struct
{
  double left;
  double right;
  double middle_rate;
  GdkRGBA warning;
} Layout;

static double
map (UiConnectionsPlot *self, const Layout *layout, gint64 position)
{
  return layout->left + (layout->right - layout->left) * position / self->total;
}

static void
draw_axis (UiConnectionsPlot *self, UiBrush *brush, const Layout *layout, double bottom)
{
  for (int i = 0; i <= TICKS; i++)
    {
      double x = layout->left + (layout->right - layout->left) * i / TICKS;
      g_autofree char *text = base_human_size (self->total * i / TICKS);

      ui_brush_set (brush, &brush->line);
      cairo_rectangle (brush->cr, (int) x, 0, 1, bottom);
      cairo_fill (brush->cr);
      /* The ends and the middle have room, whatever the size is called. */
      if (i % 2 == 0)
        ui_brush_text (brush, i == 0 ? "0" : text, UI_LETTERS_PLAIN, &brush->dim, x,
                       bottom + AXIS / 2.0, i == TICKS ? 0.85 : .5, .5);
    }
}

static void
draw_bar (UiConnectionsPlot *self, UiBrush *brush, const Layout *layout, guint i)
{
  const UiConnection *connection = &g_array_index (self->connections, UiConnection, i);
  double y = i * LANE + (LANE - BAR) / 2.0;
  double from = map (self, layout, connection->start);
  double at = map (self, layout, connection->position);
  double to = MAX (map (self, layout, connection->end), from + EDGE);
  GdkRGBA edge;

  gdk_rgba_parse (&edge, brush->dark ? "#cfe3fb" : "#1a5fb4");
  cairo_save (brush->cr);
  ui_brush_rounded (brush, from, y, to - from, BAR, 3);
  cairo_clip (brush->cr);
  ui_brush_set_alpha (brush, &brush->accent, .24);
  cairo_paint (brush->cr);
  ui_brush_set (brush, &brush->accent);
  cairo_rectangle (brush->cr, from, y, at - from, BAR);
  cairo_fill (brush->cr);
  ui_brush_set (brush, &edge);
  cairo_rectangle (brush->cr, MAX (at - EDGE, from), y, EDGE, BAR);
  cairo_fill (brush->cr);
  cairo_restore (brush->cr);
}

static void
draw_lane (UiConnectionsPlot *self, UiBrush *brush, const Layout *layout, guint i)
{
  const UiConnection *connection = &g_array_index (self->connections, UiConnection, i);
  gboolean stalled = is_stalled (connection, layout->middle_rate);
  g_autofree char *number = g_strdup_printf ("%u", i + 1);
  g_autofree char *rate =
      connection->rate >= 0 ? base_human_rate (connection->rate) : g_strdup ("");
  double y = i * LANE + LANE / 2.0;

  ui_brush_text (brush, number, UI_LETTERS_PLAIN, &brush->dim, 0, y, 0, .5);
  draw_bar (self, brush, layout, i);
  ui_brush_text (brush, rate, stalled ? UI_LETTERS_BOLD : UI_LETTERS_PLAIN,
                 stalled ? &layout->warning : &brush->ink, brush->width, y, 1, .5);
}

static void
ui_connections_plot_draw (UiPlot *plot, UiBrush *brush)
{
  UiConnectionsPlot *self = UI_CONNECTIONS_PLOT (plot);
  Layout layout = { .middle_rate = get_middle_rate (self->connections) };
  double widest;

  if (self->total <= 0)
    return;
  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (brush->widget),
                                       "warning_color", &layout.warning))
    layout.warning = brush->bad;
  ui_brush_measure (brush, "888.8 MB/s", UI_LETTERS_BOLD, &widest, NULL);
  layout.left = 26;
  layout.right = brush->width - widest - 12;
  draw_axis (self, brush, &layout, self->connections->len * LANE);
  for (guint i = 0; i < self->connections->len; i++)
    draw_lane (self, brush, &layout, i);
}

static void
tell_meaning (UiConnectionsPlot *self)
{
  double middle = get_middle_rate (self->connections);
  int n = self->connections->len;
  int stalled = 0;
  g_autofree char *text = NULL;
  g_autofree char *both = NULL;

  for (guint i = 0; i < self->connections->len; i++)
    stalled += is_stalled (&g_array_index (self->connections, UiConnection, i), middle);
  text = g_strdup_printf (ngettext ("%d connection", "%d connections", n), n);
  if (stalled > 0)
    /* Translators: how many connections there are, and how many of them are much slower */
    both = g_strdup_printf (_ ("%s, %d of them stalled"), text, stalled);
  ui_plot_describe (UI_PLOT (self), _ ("Connections and where their bytes lie in the file"),
                    both != NULL ? both : text);
}

void
ui_connections_plot_show (UiConnectionsPlot *self, GArray *connections, gint64 total)
{
  BASE_ASSERT_MAIN ();
  g_array_unref (self->connections);
  self->connections = connections;
  self->total = total;
  ui_plot_set_size (UI_PLOT (self), 320, connections->len * LANE + AXIS);
  tell_meaning (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ui_connections_plot_finalize (GObject *object)
{
  g_array_unref (UI_CONNECTIONS_PLOT (object)->connections);
  G_OBJECT_CLASS (ui_connections_plot_parent_class)->finalize (object);
}

static void
ui_connections_plot_class_init (UiConnectionsPlotClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ui_connections_plot_finalize;
  UI_PLOT_CLASS (klass)->draw = ui_connections_plot_draw;
}

static void
ui_connections_plot_init (UiConnectionsPlot *self)
{
  self->connections = g_array_new (FALSE, FALSE, sizeof (UiConnection));
  gtk_widget_add_css_class (GTK_WIDGET (self), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");
  tell_meaning (self);
}

GtkWidget *
ui_connections_plot_new (void)
{
  return g_object_new (UI_TYPE_CONNECTIONS_PLOT, NULL);
}

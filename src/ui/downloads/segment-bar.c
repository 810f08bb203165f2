/* The segment bar. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/segment-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/text/labels.h"

#define HEIGHT 8
#define EDGE 3
#define FADE 14
#define STRIPE 10

struct _UiSegmentBar
{
  GtkWidget parent_instance;

  /* Never drawn. GTK tells assistive tools a value of its own widgets only, so one of these stands
   * in the same place and has the name and the value. */
  GtkWidget *teller; /* owned */

  GArray *done;     /* owned (element-type EngineRange) */
  GArray *fetching; /* owned (element-type EngineRange) */
  gint64 total;     /* bytes, -1 unknown */
  gint64 received;
  gboolean moving;
  gboolean verifying;
};

G_DEFINE_FINAL_TYPE (UiSegmentBar, ui_segment_bar, GTK_TYPE_WIDGET)

typedef struct
{
  GdkRGBA trough;
  GdkRGBA fetching;
  GdkRGBA done;
  GdkRGBA edge;
  GdkRGBA idle;
} Palette;

static GdkRGBA
with_alpha (GdkRGBA color, double alpha)
{
  color.alpha = alpha;
  return color;
}

static void
get_palette (GtkWidget *widget, Palette *palette)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA text;

  gtk_style_context_get_color (style, &text);
  if (!gtk_style_context_lookup_color (style, "accent_bg_color", &palette->done))
    gdk_rgba_parse (&palette->done, "#3584e4");
  palette->trough = with_alpha (text, dark ? .12 : .1);
  palette->fetching = with_alpha (palette->done, .24);
  gdk_rgba_parse (&palette->edge, dark ? "#cfe3fb" : "#1a5fb4");
  palette->idle = with_alpha (text, .5);
}

static void
fill (GtkSnapshot *snapshot, const GdkRGBA *color, double x, double width, double height)
{
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, 0, MAX (width, 1), height));
}

static double
to_x (UiSegmentBar *self, gint64 position, double width)
{
  return self->total > 0 ? (double) position / self->total * width : 0;
}

/* The moving edge: the last bytes that came, darker towards the front. */
static void
draw_edge (GtkSnapshot *snapshot, const Palette *palette, double x, double from, double height)
{
  double fade = MIN (FADE, x - from);
  GskColorStop stops[2] = { { 0, with_alpha (palette->edge, 0) }, { 1, palette->edge } };

  if (fade > EDGE)
    gtk_snapshot_append_linear_gradient (snapshot, &GRAPHENE_RECT_INIT (x - fade, 0, fade, height),
                                         &GRAPHENE_POINT_INIT (x - fade, 0),
                                         &GRAPHENE_POINT_INIT (x, 0), stops, 2);
  else if (fade > 0)
    fill (snapshot, &palette->edge, x - MIN (fade, EDGE), MIN (fade, EDGE), height);
}

static void
draw_ranges (
    UiSegmentBar *self, GtkSnapshot *snapshot, const Palette *palette, double width, double height)
{
  const GdkRGBA *done = self->moving || self->verifying ? &palette->done : &palette->idle;

  fill (snapshot, &palette->trough, 0, width, height);
  for (guint i = 0; self->moving && i < self->fetching->len; i++)
    {
      const EngineRange *range = &g_array_index (self->fetching, EngineRange, i);
      double x = to_x (self, range->start, width);

      fill (snapshot, &palette->fetching, x, to_x (self, range->end, width) - x, height);
    }
  for (guint i = 0; i < self->done->len; i++)
    {
      const EngineRange *range = &g_array_index (self->done, EngineRange, i);
      double x = to_x (self, range->start, width);

      fill (snapshot, done, x, to_x (self, range->end, width) - x, height);
    }
  for (guint i = 0; self->moving && i < self->fetching->len; i++)
    {
      const EngineRange *range = &g_array_index (self->fetching, EngineRange, i);

      draw_edge (snapshot, palette, to_x (self, range->start, width), 0, height);
    }
}

/* Of unknown length: stripes that move on with the bytes, and claim no share of a whole. */
static void
draw_stripes (
    UiSegmentBar *self, GtkSnapshot *snapshot, const Palette *palette, double width, double height)
{
  const GdkRGBA *color = self->moving ? &palette->done : &palette->idle;
  gboolean still = !adw_get_enable_animations (GTK_WIDGET (self));
  double phase = still ? 0 : (self->received / 65536) % (2 * STRIPE);
  cairo_t *cr;

  fill (snapshot, self->moving ? &palette->fetching : &palette->trough, 0, width, height);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_cairo_set_source_rgba (cr, color);
  for (double x = phase - 3 * STRIPE; x < width; x += 2 * STRIPE)
    {
      cairo_move_to (cr, x, height);
      cairo_rel_line_to (cr, height, -height);
      cairo_rel_line_to (cr, STRIPE, 0);
      cairo_rel_line_to (cr, -height, height);
      cairo_close_path (cr);
    }
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
ui_segment_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  UiSegmentBar *self = UI_SEGMENT_BAR (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  GskRoundedRect round;
  Palette palette;

  get_palette (widget, &palette);
  gsk_rounded_rect_init_from_rect (&round, &GRAPHENE_RECT_INIT (0, 0, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  if (self->total < 0)
    draw_stripes (self, snapshot, &palette, width, height);
  else
    draw_ranges (self, snapshot, &palette, width, height);
  gtk_snapshot_pop (snapshot);
}

static void
ui_segment_bar_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 40;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 200;
  *minimum_baseline = *natural_baseline = -1;
}

static void
ui_segment_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (UI_SEGMENT_BAR (widget)->teller, width, height, baseline, NULL);
}

static void
copy_ranges (GArray *to, GArray *from)
{
  g_array_set_size (to, 0);
  if (from != NULL && from->len > 0)
    g_array_append_vals (to, from->data, from->len);
}

static void
tell_meaning (UiSegmentBar *self, const UiFacts *facts)
{
  double fraction = ui_facts_get_fraction (facts);
  /* Translators: %s is the name of a file */
  g_autofree char *name = g_strdup_printf (_ ("Progress of %s"), facts->name);
  g_autofree char *value = ui_label_percent (facts);

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->teller), MAX (fraction, 0.0));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->teller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, value, -1);
}

void
ui_segment_bar_show (UiSegmentBar *self, EngineDownload *download)
{
  UiFacts facts;

  ui_facts_take (&facts, download);
  copy_ranges (self->done, engine_download_get_done (download));
  copy_ranges (self->fetching, engine_download_get_fetching (download));
  self->total = facts.total;
  self->received = facts.received;
  self->moving = facts.state == ENGINE_STATE_ACTIVE || facts.state == ENGINE_STATE_CONNECTING;
  self->verifying = facts.state == ENGINE_STATE_VERIFYING;
  tell_meaning (self, &facts);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ui_segment_bar_dispose (GObject *object)
{
  g_clear_pointer (&UI_SEGMENT_BAR (object)->teller, gtk_widget_unparent);
  G_OBJECT_CLASS (ui_segment_bar_parent_class)->dispose (object);
}

static void
ui_segment_bar_finalize (GObject *object)
{
  UiSegmentBar *self = UI_SEGMENT_BAR (object);

  g_array_unref (self->done);
  g_array_unref (self->fetching);
  G_OBJECT_CLASS (ui_segment_bar_parent_class)->finalize (object);
}

static void
ui_segment_bar_class_init (UiSegmentBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_segment_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = ui_segment_bar_finalize;
  widget_class->size_allocate = ui_segment_bar_size_allocate;
  widget_class->snapshot = ui_segment_bar_snapshot;
  widget_class->measure = ui_segment_bar_measure;
  gtk_widget_class_set_css_name (widget_class, "segmentbar");
}

static void
ui_segment_bar_init (UiSegmentBar *self)
{
  self->done = g_array_new (FALSE, FALSE, sizeof (EngineRange));
  self->fetching = g_array_new (FALSE, FALSE, sizeof (EngineRange));
  self->total = -1;
  self->teller = gtk_progress_bar_new ();
  gtk_widget_set_parent (self->teller, GTK_WIDGET (self));
}

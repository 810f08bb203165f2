/* A lane for each thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/lanes.h"

#include <math.h>

#include "ui/plot/lanes-draw.h"

struct _UiLanes
{
  UiPlot parent_instance;

  UiTimeline *timeline;          /* owned, nullable */
  GtkAdjustment *adjustments[2]; /* owned, nullable; by GtkOrientation */
  GtkScrollablePolicy policies[2];
  double awaited; /* to be brought into view once the size is known; -1: nothing */
};

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (UiLanes,
                               ui_lanes,
                               UI_TYPE_PLOT,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static double
get_offset (UiLanes *self)
{
  GtkAdjustment *across = self->adjustments[GTK_ORIENTATION_HORIZONTAL];

  return across != NULL ? gtk_adjustment_get_value (across) : 0;
}

static void
ui_lanes_draw (UiPlot *plot, UiBrush *brush)
{
  UiLanes *self = UI_LANES (plot);

  if (self->timeline != NULL)
    ui_lanes_draw_timeline (self->timeline, brush, get_offset (self));
}

static void
settle (UiLanes *self, int width, int height)
{
  GtkAdjustment *across = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  GtkAdjustment *down = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double content = width;

  if (width <= 0)
    return;
  if (self->timeline != NULL)
    content = MAX (width, ui_lanes_get_width (self->timeline));
  if (across != NULL)
    gtk_adjustment_configure (across, gtk_adjustment_get_value (across), 0, content, width * .1,
                              width * .9, width);
  if (down != NULL)
    gtk_adjustment_configure (down, 0, 0, height, height * .1, height * .9, height);
  if (self->awaited >= 0)
    {
      double at = self->awaited;

      self->awaited = -1;
      ui_lanes_reveal (self, at);
    }
}

static void
ui_lanes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  settle (UI_LANES (widget), width, height);
}

static void
set_adjustment (UiLanes *self, GtkOrientation orientation, GtkAdjustment *adjustment)
{
  GtkAdjustment **slot = &self->adjustments[orientation];

  if (adjustment != NULL && *slot == adjustment)
    return;
  if (*slot != NULL)
    g_signal_handlers_disconnect_by_func (*slot, gtk_widget_queue_draw, self);
  g_clear_object (slot);
  *slot =
      g_object_ref_sink (adjustment != NULL ? adjustment : gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_swapped (*slot, "value-changed", G_CALLBACK (gtk_widget_queue_draw), self);
  settle (self, gtk_widget_get_width (GTK_WIDGET (self)),
          gtk_widget_get_height (GTK_WIDGET (self)));
}

static void
ui_lanes_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  UiLanes *self = UI_LANES (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self, GTK_ORIENTATION_VERTICAL, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
ui_lanes_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  UiLanes *self = UI_LANES (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
ui_lanes_finalize (GObject *object)
{
  UiLanes *self = UI_LANES (object);

  for (int i = 0; i < 2; i++)
    if (self->adjustments[i] != NULL)
      {
        g_signal_handlers_disconnect_by_func (self->adjustments[i], gtk_widget_queue_draw, self);
        g_object_unref (self->adjustments[i]);
      }
  g_clear_pointer (&self->timeline, ui_timeline_free);
  G_OBJECT_CLASS (ui_lanes_parent_class)->finalize (object);
}

static void
ui_lanes_class_init (UiLanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ui_lanes_finalize;
  object_class->set_property = ui_lanes_set_property;
  object_class->get_property = ui_lanes_get_property;
  GTK_WIDGET_CLASS (klass)->size_allocate = ui_lanes_size_allocate;
  UI_PLOT_CLASS (klass)->draw = ui_lanes_draw;
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
}

static void
ui_lanes_init (UiLanes *self)
{
  self->awaited = -1;
}

GtkWidget *
ui_lanes_new (void)
{
  return g_object_new (UI_TYPE_LANES, NULL);
}

void
ui_lanes_take (UiLanes *self, UiTimeline *timeline)
{
  g_clear_pointer (&self->timeline, ui_timeline_free);
  self->timeline = timeline;
  if (timeline != NULL)
    ui_plot_set_size (UI_PLOT (self), 300, ui_lanes_get_height (timeline));
  settle (self, gtk_widget_get_width (GTK_WIDGET (self)),
          gtk_widget_get_height (GTK_WIDGET (self)));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
ui_lanes_reveal (UiLanes *self, double at)
{
  GtkAdjustment *across = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  double x;

  if (self->timeline == NULL || across == NULL)
    return;
  if (width <= 0)
    {
      self->awaited = at;
      return;
    }
  x = ui_lanes_get_x (self->timeline, width, at);
  gtk_adjustment_clamp_page (across, MAX (0, x - width / 4.), x + width / 8.);
}

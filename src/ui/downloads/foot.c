/* The foot strip. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/foot.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "base/human.h"
#include "ui/downloads/sparkline.h"

struct _UiFoot
{
  GtkBox parent_instance;

  GtkImage *arrow;
  GtkLabel *rate;
  UiSparkline *sparkline;
  GtkLabel *summary;
  GtkMenuButton *limit;
  GtkLabel *limit_label;
  GtkImage *limit_arrow;

  Engine *engine;     /* owned */
  gint64 limit_shown; /* bytes per second; -1: none yet */
};

G_DEFINE_FINAL_TYPE (UiFoot, ui_foot, GTK_TYPE_BOX)

static char *
summarize (const EngineTotals *totals)
{
  g_autofree char *active =
      g_strdup_printf (ngettext ("%d active", "%d active", totals->active), totals->active);
  g_autofree char *left = NULL;

  if (totals->active == 0 && totals->queued + totals->waiting > 0)
    return g_strdup_printf (ngettext ("%d waiting", "%d waiting", totals->queued + totals->waiting),
                            totals->queued + totals->waiting);
  if (totals->active == 0)
    return g_strdup (_ ("Nothing is being downloaded"));
  if (totals->seconds_left < 0)
    return g_steal_pointer (&active);
  left = base_human_duration (totals->seconds_left);
  /* Translators: how many downloads are active, and how long all of them take yet */
  return g_strdup_printf (_ ("%s · %s left for all"), active, left);
}

static void
show_limit (UiFoot *self)
{
  gint64 max_rate = engine_get_limits (self->engine)->max_rate;
  g_autofree char *text = NULL;
  g_autofree char *label = NULL;

  /* A tooltip that is set goes to the X server and back: not ten times a second. */
  if (max_rate == self->limit_shown)
    return;
  self->limit_shown = max_rate;
  text = max_rate > 0 ? base_human_rate (max_rate) : g_strdup (_ ("Unlimited"));
  /* Translators: %s is a rate such as 5.0 MB/s, or “Unlimited” */
  label = g_strdup_printf (_ ("Speed limit: %s"), text);
  gtk_label_set_text (self->limit_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->limit), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->limit), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

void
ui_foot_refresh (UiFoot *self)
{
  EngineTotals totals;
  g_autofree char *rate = NULL;
  g_autofree char *summary = NULL;

  engine_get_totals (self->engine, &totals);
  rate = base_human_rate (totals.rate);
  summary = summarize (&totals);
  gtk_label_set_text (self->rate, rate);
  gtk_label_set_text (self->summary, summary);
  ui_sparkline_add (self->sparkline, base_clock_now_us (), totals.rate);
  show_limit (self);
}

void
ui_foot_set_engine (UiFoot *self, Engine *engine)
{
  self->engine = g_object_ref (engine);
  ui_foot_refresh (self);
}

void
ui_foot_set_room (UiFoot *self, UiRoom room)
{
  gboolean narrow = room == UI_ROOM_NARROW;

  gtk_widget_set_visible (GTK_WIDGET (self->arrow), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->limit_label), !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->limit_arrow), !narrow);
  ui_sparkline_set_width (self->sparkline, room == UI_ROOM_WIDE ? 120 : 56);
}

static void
ui_foot_dispose (GObject *object)
{
  g_clear_object (&UI_FOOT (object)->engine);
  G_OBJECT_CLASS (ui_foot_parent_class)->dispose (object);
}

static void
ui_foot_class_init (UiFootClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_foot_dispose;
  g_type_ensure (UI_TYPE_SPARKLINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/bobbin/Bobbin/downloads/foot.ui");
  gtk_widget_class_bind_template_child (widget_class, UiFoot, arrow);
  gtk_widget_class_bind_template_child (widget_class, UiFoot, rate);
  gtk_widget_class_bind_template_child (widget_class, UiFoot, sparkline);
  gtk_widget_class_bind_template_child (widget_class, UiFoot, summary);
  gtk_widget_class_bind_template_child (widget_class, UiFoot, limit);
  gtk_widget_class_bind_template_child (widget_class, UiFoot, limit_label);
  gtk_widget_class_bind_template_child (widget_class, UiFoot, limit_arrow);
}

static void
ui_foot_init (UiFoot *self)
{
  self->limit_shown = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

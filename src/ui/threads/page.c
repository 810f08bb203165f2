/* The Threads view.
 *
 * It looks ten times a second while something runs, shown or not, so that what
 * happened is there when a person turns to it; and 30 seconds more while it is
 * shown, until the last block has left the picture. Then nothing wakes up.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/threads/page.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "base/human.h"
#include "base/thread.h"
#include "ui/plot/badge.h"
#include "ui/plot/legend.h"
#include "ui/threads/batch.h"
#include "ui/threads/history.h"
#include "ui/threads/lateness-plot.h"
#include "ui/threads/lateness.h"
#include "ui/threads/savings-plot.h"
#include "ui/threads/trend-plot.h"
#include "ui/threads/workers-plot.h"

#define TICK_MS (UI_HISTORY_TICK_US / 1000)
#define MOST_NAMES 8

struct _UiThreadsPage
{
  AdwBin parent_instance;

  Engine *engine;       /* owned */
  UiHistory *history;   /* owned */
  UiBatch *batch;       /* owned */
  UiLateness *lateness; /* owned */
  guint tick;
  gint64 ran_us;    /* when something last ran */
  guint names_hash; /* of the names in the legend, so that it is built only when they change */

  /* The template's. */
  GtkLabel *savings_title;
  UiSavingsPlot *savings_plot;
  GtkSpinButton *workers;
  UiWorkersPlot *workers_plot;
  UiWrap *downloads_legend;
  UiWrap *marks_legend;
  GtkLabel *depth;
  GtkLabel *depth_most;
  UiTrendPlot *depth_plot;
  GtkLabel *messages;
  GtkLabel *messages_most;
  UiTrendPlot *messages_plot;
  GtkLabel *late_side;
  GtkLabel *p50;
  GtkLabel *p99;
  GtkLabel *worst;
  UiLatenessPlot *late_plot;
};

G_DEFINE_FINAL_TYPE (UiThreadsPage, ui_threads_page, ADW_TYPE_BIN)

static gint64
count_bytes (UiThreadsPage *self, const GArray *items)
{
  gint64 bytes = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const UiBatchItem *item = &g_array_index (items, UiBatchItem, i);
      EngineDownload *download = item->running ? engine_find_id (self->engine, item->id) : NULL;

      bytes += item->bytes;
      if (download != NULL)
        bytes +=
            engine_download_get_received (download) - engine_download_get_resumed_from (download);
    }
  return bytes;
}

static void
show_savings (UiThreadsPage *self, gint64 now_us)
{
  const GArray *items = ui_batch_get_items (self->batch, now_us);
  gint64 together_us = ui_batch_get_together_us (self->batch, now_us);
  gint64 alone_us = ui_batch_get_alone_us (self->batch, now_us);
  g_autofree char *size = base_human_size (count_bytes (self, items));
  g_autofree char *title = NULL;

  if (items->len == 0)
    title = g_strdup (_ ("Nothing has been downloaded yet"));
  else
    /* Translators: how many downloads, their size, the time that they took together, and the sum of
     * the times of each */
    title = g_strdup_printf (
        ngettext ("%u download, %s in %.1f s; one after another it would have been %.1f s",
                  "%u downloads, %s in %.1f s; one after another it would have been %.1f s",
                  items->len),
        items->len, size, together_us / 1e6, alone_us / 1e6);
  gtk_label_set_text (self->savings_title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->savings_plot), items->len > 0);
  ui_savings_plot_set (self->savings_plot, items, together_us);
  ui_plot_describe (UI_PLOT (self->savings_plot), _ ("Time saved by waiting together"), title);
}

static GtkWidget *
make_name (int number, const char *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *badge = ui_badge_new (number, name);
  GtkWidget *label = gtk_label_new (name);

  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), badge);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
show_names (UiThreadsPage *self)
{
  const GArray *downloads = ui_history_get_downloads (self->history);
  guint hash = downloads->len;

  for (guint i = 0; i < downloads->len; i++)
    hash = hash * 31 + (guint) g_array_index (downloads, gint64, i);
  if (hash == self->names_hash)
    return;
  self->names_hash = hash;
  ui_wrap_clear (self->downloads_legend);
  for (guint i = 0; i < MIN (downloads->len, MOST_NAMES); i++)
    {
      EngineDownload *download =
          engine_find_id (self->engine, g_array_index (downloads, gint64, i));

      if (download != NULL)
        ui_wrap_append (self->downloads_legend, make_name (i, engine_download_get_name (download)));
    }
  if (downloads->len > MOST_NAMES)
    {
      guint more = downloads->len - MOST_NAMES;
      /* Translators: how many more downloads there are than are named */
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);
      GtkWidget *label = gtk_label_new (text);

      gtk_widget_add_css_class (label, "caption");
      ui_wrap_append (self->downloads_legend, label);
    }
}

static void
describe_workers (UiThreadsPage *self)
{
  int n = ui_history_get_n_ticks (self->history);
  int busy = 0, waiting = 0;
  g_autofree char *meaning = NULL;

  for (int w = 0; n > 0 && w < ui_history_get_n_workers (self->history); w++)
    {
      const UiCell *cell = &ui_history_get_tick (self->history, n - 1)->cells[w];

      busy += cell->download >= 0;
      waiting += cell->download >= 0 && cell->activity == ENGINE_ACTIVITY_CONNECTING;
    }
  /* Translators: what the picture of the workers shows now, for who cannot see it */
  meaning =
      g_strdup_printf (_ ("%d of %d workers have a connection; %d of these wait for an answer"),
                       busy, ui_history_get_n_workers (self->history), waiting);
  ui_plot_describe (UI_PLOT (self->workers_plot), _ ("Workers over the last 30 seconds"), meaning);
}

static void
show_trend (UiThreadsPage *self,
            gboolean depth,
            UiTrendPlot *plot,
            GtkLabel *now,
            GtkLabel *most_label,
            const char *name)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  double most = 0, last = 0;
  g_autofree char *now_text = NULL;
  g_autofree char *most_text = NULL;

  for (int i = 0; i < ui_history_get_n_ticks (self->history); i++)
    {
      const UiTick *tick = ui_history_get_tick (self->history, i);

      last = depth ? tick->depth : tick->messages;
      most = MAX (most, last);
      g_array_append_val (values, last);
    }
  now_text = g_strdup_printf ("%.0f", last);
  /* Translators: the highest value of the last 30 seconds */
  most_text = g_strdup_printf (_ ("most %.0f"), most);
  gtk_label_set_text (now, now_text);
  gtk_label_set_text (most_label, most_text);
  ui_trend_plot_set (plot, values, UI_HISTORY_TICKS, depth);
  ui_plot_describe (UI_PLOT (plot), name, most_text);
}

static char *
dup_ms (double ms)
{
  /* Translators: milliseconds */
  return ms < 99.95 ? g_strdup_printf (_ ("%.1f ms"), ms) : g_strdup_printf (_ ("%.0f ms"), ms);
}

static void
show_lateness (UiThreadsPage *self, gint64 now_us)
{
  UiLatenessFigures figures;
  g_autofree char *p50 = NULL, *p99 = NULL, *worst = NULL, *meaning = NULL;

  ui_lateness_get (self->lateness, now_us, &figures);
  if (figures.beats == 0)
    return;
  p50 = dup_ms (figures.p50_ms);
  p99 = dup_ms (figures.p99_ms);
  worst = dup_ms (figures.worst_ms);
  gtk_label_set_text (self->p50, p50);
  gtk_label_set_text (self->p99, p99);
  gtk_label_set_text (self->worst, worst);
  ui_lateness_plot_set (self->late_plot, &figures);
  /* Translators: three times such as 0.7 ms */
  meaning =
      g_strdup_printf (_ ("Half of the time within %s, 99 of 100 times within %s, at worst %s"),
                       p50, p99, worst);
  ui_plot_describe (UI_PLOT (self->late_plot), _ ("How late the window answered"), meaning);
}

static void
show (UiThreadsPage *self, gint64 now_us)
{
  show_savings (self, now_us);
  ui_workers_plot_refresh (self->workers_plot, now_us);
  describe_workers (self);
  show_names (self);
  show_trend (self, TRUE, self->depth_plot, self->depth, self->depth_most, _ ("Queue depth"));
  show_trend (self, FALSE, self->messages_plot, self->messages, self->messages_most,
              _ ("Messages to the window"));
}

static void
look (UiThreadsPage *self, gint64 now_us)
{
  EngineWorkerView views[UI_HISTORY_WORKERS];
  int depth;
  guint64 handled;
  int n = engine_get_workers (self->engine, views, G_N_ELEMENTS (views));

  engine_get_traffic (self->engine, &depth, &handled);
  ui_history_add (self->history, now_us, views, MIN (n, (int) G_N_ELEMENTS (views)), depth,
                  handled);
}

static void
stop (UiThreadsPage *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  ui_lateness_run (self->lateness, FALSE);
}

static gboolean
tick_cb (gpointer user_data)
{
  UiThreadsPage *self = user_data;
  gint64 now_us = base_clock_now_us ();
  gboolean shown = gtk_widget_get_mapped (GTK_WIDGET (self));

  if (ui_batch_is_running (self->batch))
    self->ran_us = now_us;
  look (self, now_us);
  if (shown)
    {
      show (self, now_us);
      if (ui_history_get_n_ticks (self->history) % 10 == 0)
        show_lateness (self, now_us);
    }
  if (ui_batch_is_running (self->batch) || (shown && now_us - self->ran_us < UI_HISTORY_US))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  ui_lateness_run (self->lateness, FALSE);
  return G_SOURCE_REMOVE;
}

static void
wake (UiThreadsPage *self)
{
  if (self->tick == 0)
    self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  ui_lateness_run (self->lateness, TRUE);
}

static void
moved_cb (UiThreadsPage *self, EngineDownload *download, EngineState old)
{
  EngineState state = engine_download_get_state (download);
  gint64 now_us = base_clock_now_us ();

  if (engine_state_is_running (state) && !engine_state_is_running (old))
    {
      ui_batch_begin (self->batch, engine_download_get_id (download), now_us);
      wake (self);
    }
  else if (!engine_state_is_running (state) && engine_state_is_running (old))
    ui_batch_end (self->batch, engine_download_get_id (download),
                  engine_download_get_received (download) -
                      engine_download_get_resumed_from (download),
                  now_us);
}

static void
ui_threads_page_map (GtkWidget *widget)
{
  UiThreadsPage *self = UI_THREADS_PAGE (widget);
  gint64 now_us = base_clock_now_us ();

  GTK_WIDGET_CLASS (ui_threads_page_parent_class)->map (widget);
  if (self->engine == NULL)
    return;
  look (self, now_us);
  show (self, now_us);
  show_lateness (self, now_us);
  self->ran_us = now_us;
  wake (self);
}

/* The download under the pointer, by name. */
static gboolean
query_tooltip_cb (
    GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  UiThreadsPage *self = user_data;
  gint64 id = keyboard ? -1 : ui_workers_plot_find (self->workers_plot, x, y);
  EngineDownload *download = id >= 0 ? engine_find_id (self->engine, id) : NULL;

  if (download == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, engine_download_get_name (download));
  return TRUE;
}

static void
ui_threads_page_dispose (GObject *object)
{
  UiThreadsPage *self = UI_THREADS_PAGE (object);

  if (self->lateness != NULL)
    stop (self);
  G_OBJECT_CLASS (ui_threads_page_parent_class)->dispose (object);
}

static void
ui_threads_page_finalize (GObject *object)
{
  UiThreadsPage *self = UI_THREADS_PAGE (object);

  g_clear_object (&self->engine);
  ui_history_free (self->history);
  ui_batch_free (self->batch);
  ui_lateness_free (self->lateness);
  G_OBJECT_CLASS (ui_threads_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, savings_title);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, savings_plot);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, workers);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, workers_plot);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, downloads_legend);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, marks_legend);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, depth);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, depth_most);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, depth_plot);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, messages);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, messages_most);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, messages_plot);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, late_side);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, p50);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, p99);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, worst);
  gtk_widget_class_bind_template_child (widget_class, UiThreadsPage, late_plot);
}

static void
ui_threads_page_class_init (UiThreadsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_threads_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = ui_threads_page_finalize;
  widget_class->map = ui_threads_page_map;
  g_type_ensure (UI_TYPE_SAVINGS_PLOT);
  g_type_ensure (UI_TYPE_WORKERS_PLOT);
  g_type_ensure (UI_TYPE_TREND_PLOT);
  g_type_ensure (UI_TYPE_LATENESS_PLOT);
  g_type_ensure (UI_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bobbin/Bobbin/threads/page.ui");
  bind_children (widget_class);
}

static void
ui_threads_page_init (UiThreadsPage *self)
{
  self->history = ui_history_new ();
  self->batch = ui_batch_new ();
  self->lateness = ui_lateness_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  ui_workers_plot_set (self->workers_plot, self->history);
  ui_wrap_set_spacing (self->downloads_legend, 18, 6);
  ui_wrap_set_spacing (self->marks_legend, 18, 6);
  ui_legend_add (self->marks_legend, UI_SWATCH_WAIT, _ ("waiting for the network"));
  ui_legend_add (self->marks_legend, UI_SWATCH_FILLED, _ ("receiving, slow to fast"));
  gtk_label_set_text (self->late_side, _ ("last minute"));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self->workers_plot), TRUE);
  g_signal_connect (self->workers_plot, "query-tooltip", G_CALLBACK (query_tooltip_cb), self);
}

void
ui_threads_page_set_engine (UiThreadsPage *self, Engine *engine, GSettings *settings)
{
  BASE_ASSERT_MAIN ();
  self->engine = g_object_ref (engine);
  g_signal_connect_object (engine, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_settings_bind (settings, "workers", self->workers, "value", G_SETTINGS_BIND_DEFAULT);
}

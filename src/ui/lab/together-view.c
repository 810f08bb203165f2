/* The scenario on waiting together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/together-view.h"

#include <glib/gi18n.h>

#include "base/thread.h"
#include "ui/lab/figures.h"
#include "ui/lab/scenario-row.h"
#include "ui/lab/words.h"
#include "ui/plot/lanes.h"
#include "ui/plot/legend.h"

#define N_PAGES 5
#define PAGE_BYTES 60000

struct _UiTogetherView
{
  GtkBox parent_instance;

  GtkBox *controls;
  UiWrap *row;
  GtkWidget *latencies_label;
  GtkDropDown *latencies_drop;
  GtkWidget *workers_label;
  GtkSpinButton *workers_spin;
  GtkButton *fetch_button;
  UiFigures *figures;
  GtkLabel *alone_side;
  UiLanes *alone;
  GtkLabel *pool_title;
  GtkLabel *pool_side;
  UiLanes *pool;
  UiWrap *legend;

  Engine *engine;           /* owned, nullable */
  EnginePractice *practice; /* owned; only while pages are fetched */
  GCancellable *fetching;   /* owned, nullable */
  GStrv addresses;          /* owned */
  int workers;              /* of the pool, as chosen when it began */
  gint64 sum_us;            /* one after another; 0: not yet known */
};

static const struct
{
  const char *title;
  int latencies_ms[N_PAGES];
} choices[] = {
  { N_ ("0.3 to 0.8 s"), { 800, 400, 600, 300, 700 } },
  { N_ ("0.5 s each"), { 500, 500, 500, 500, 500 } },
  { N_ ("one 2 s, the others 0.2 s"), { 200, 200, 2000, 200, 200 } },
  { N_ ("20 ms each"), { 20, 20, 20, 20, 20 } },
};

G_DEFINE_FINAL_TYPE (UiTogetherView, ui_together_view, GTK_TYPE_BOX)

static const EnginePageResult *
get_page (const GPtrArray *results, guint i)
{
  return g_ptr_array_index (results, i);
}

static gint64
get_total (const GPtrArray *results)
{
  gint64 total = 0;

  for (guint i = 0; i < results->len; i++)
    total = MAX (total, get_page (results, i)->end_us);
  return total;
}

static gint64
get_slowest (const GPtrArray *results)
{
  gint64 slowest = 0;

  for (guint i = 0; i < results->len; i++)
    slowest = MAX (slowest, get_page (results, i)->end_us - get_page (results, i)->start_us);
  return slowest;
}

static const char *
find_error (const GPtrArray *results)
{
  for (guint i = 0; i < results->len; i++)
    if (get_page (results, i)->error != NULL)
      return get_page (results, i)->error;
  return NULL;
}

static char *
dup_seconds (gint64 us)
{
  return ui_words_dup_milliseconds ((double) us / 1000);
}

static void
add_page (UiTimeline *timeline, const EnginePageResult *page, int number)
{
  g_autofree char *letter = ui_words_dup_thread (number);
  guint first = timeline->spans->len;

  ui_timeline_add_span (timeline, UI_SPAN_WAIT, page->worker, (double) page->start_us / 1000,
                        (double) page->first_us / 1000, g_steal_pointer (&letter));
  ui_timeline_add_span (timeline, UI_SPAN_RECEIVE, page->worker, (double) page->first_us / 1000,
                        (double) page->end_us / 1000, NULL);
  for (guint i = first; i < timeline->spans->len; i++)
    g_array_index (timeline->spans, UiSpan, i).colour = number;
}

static UiTimeline *
new_timeline (const GPtrArray *results, int workers, gint64 length_us)
{
  UiTimeline *timeline = ui_timeline_new ();

  for (int i = 0; i < workers; i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", i + 1);
      g_autofree char *name = g_strdup_printf (_ ("Worker %d"), i + 1);

      /* The last colour: a worker is not a page. */
      ui_timeline_add_lane (timeline, number, name, 5);
    }
  for (guint i = 0; results != NULL && i < results->len; i++)
    add_page (timeline, get_page (results, i), (int) i);
  timeline->length = MAX (1., (double) length_us / 1000);
  timeline->bare = TRUE;
  timeline->unit = g_strdup (_ ("ms"));
  timeline->axis = results != NULL;
  return timeline;
}

static char *
dup_meaning (const GPtrArray *results)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < results->len; i++)
    {
      const EnginePageResult *page = get_page (results, i);
      g_autofree char *letter = ui_words_dup_thread ((int) i);
      g_autofree char *from = dup_seconds (page->start_us);
      g_autofree char *to = dup_seconds (page->end_us);

      /* Translators: which worker, which page, from when to when */
      g_string_append_printf (text, _ ("Worker %d fetched page %s from %s to %s. "),
                              page->worker + 1, letter, from, to);
    }
  return g_strchomp (g_string_free (text, FALSE));
}

static void
show_lanes (
    UiTogetherView *self, UiLanes *lanes, GtkLabel *side, const GPtrArray *results, int workers)
{
  g_autofree char *meaning = dup_meaning (results);
  g_autofree char *total = dup_seconds (get_total (results));

  ui_lanes_take (lanes, new_timeline (results, workers, MAX (self->sum_us, get_total (results))));
  ui_plot_describe (UI_PLOT (lanes),
                    lanes == self->alone ? _ ("One after another") : _ ("Together"), meaning);
  gtk_label_set_text (side, total);
}

static void
show_empty (UiTogetherView *self)
{
  ui_lanes_take (self->alone, new_timeline (NULL, 1, 0));
  ui_lanes_take (self->pool,
                 new_timeline (NULL, gtk_spin_button_get_value_as_int (self->workers_spin), 0));
  ui_plot_describe (UI_PLOT (self->alone), _ ("One after another"),
                    _ ("Nothing has been fetched yet."));
  ui_plot_describe (UI_PLOT (self->pool), _ ("Together"), _ ("Nothing has been fetched yet."));
  gtk_label_set_text (self->alone_side, "");
  gtk_label_set_text (self->pool_side, "");
}

static void
show_words (UiTogetherView *self, UiTone tone, const char *text)
{
  ui_figures_hide_numbers (self->figures);
  ui_figures_set_words (self->figures, tone, text, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), TRUE);
}

static void
finish (UiTogetherView *self)
{
  g_clear_object (&self->fetching);
  g_clear_pointer (&self->practice, engine_practice_stop);
  g_clear_pointer (&self->addresses, g_strfreev);
  gtk_button_set_label (self->fetch_button, _ ("Fetch Both Ways"));
}

static void
show_figures (UiTogetherView *self, const GPtrArray *results)
{
  const char *names[] = { _ ("Sum"), _ ("Slowest"), _ ("Total") };
  g_autofree char *sum = dup_seconds (self->sum_us);
  g_autofree char *slowest = dup_seconds (get_slowest (results));
  g_autofree char *total = dup_seconds (get_total (results));
  const char *values[] = { sum, slowest, total };
  g_autofree char *verdict =
      g_strdup_printf (ngettext ("One after another they took %s, with %d worker %s.",
                                 "One after another they took %s, with %d workers %s.",
                                 self->workers),
                       sum, self->workers, total);

  ui_figures_set_texts (self->figures, names, values);
  ui_figures_set_words (
      self->figures, UI_TONE_GOOD, verdict, NULL,
      _ ("Waiting costs nothing but time: threads that wait together wait once."));
}

static GPtrArray *
take_results (UiTogetherView *self, Engine *engine, GAsyncResult *res)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = engine_fetch_pages_finish (engine, res, &error);
  const char *problem = results != NULL ? find_error (results) : NULL;

  /* Given up, and maybe begun anew since. */
  if (self->fetching == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  if (error == NULL && problem == NULL)
    return g_steal_pointer (&results);
  show_words (self, UI_TONE_BAD, problem != NULL ? problem : error->message);
  finish (self);
  return NULL;
}

static void
pool_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  g_autoptr (UiTogetherView) self = user_data;
  g_autoptr (GPtrArray) results = take_results (self, ENGINE_ENGINE (source), res);

  if (results == NULL)
    return;
  show_lanes (self, self->pool, self->pool_side, results, self->workers);
  show_figures (self, results);
  finish (self);
}

static void
alone_cb (GObject *source, GAsyncResult *res, gpointer user_data)
{
  g_autoptr (UiTogetherView) self = user_data;
  g_autoptr (GPtrArray) results = take_results (self, ENGINE_ENGINE (source), res);
  g_autofree char *text = NULL;

  if (results == NULL)
    return;
  self->sum_us = get_total (results);
  show_lanes (self, self->alone, self->alone_side, results, 1);
  text = g_strdup_printf (ngettext ("Now with %d worker…", "Now with %d workers…", self->workers),
                          self->workers);
  show_words (self, UI_TONE_PLAIN, text);
  engine_fetch_pages_async (self->engine, (const char *const *) self->addresses, self->workers,
                            self->fetching, pool_cb, g_object_ref (self));
}

static void
begin (UiTogetherView *self)
{
  g_autoptr (GError) error = NULL;
  guint chosen = gtk_drop_down_get_selected (self->latencies_drop);

  self->practice = engine_practice_start (&error);
  if (self->practice == NULL)
    {
      show_words (self, UI_TONE_BAD, error->message);
      return;
    }
  self->addresses = g_new0 (char *, N_PAGES + 1);
  for (int i = 0; i < N_PAGES; i++)
    self->addresses[i] =
        engine_practice_dup_page (self->practice, i, choices[chosen].latencies_ms[i], PAGE_BYTES);
  self->workers = gtk_spin_button_get_value_as_int (self->workers_spin);
  self->sum_us = 0;
  self->fetching = g_cancellable_new ();
  show_empty (self);
  show_words (self, UI_TONE_PLAIN, _ ("One after another…"));
  gtk_button_set_label (self->fetch_button, _ ("Stop"));
  engine_fetch_pages_async (self->engine, (const char *const *) self->addresses, 1, self->fetching,
                            alone_cb, g_object_ref (self));
}

static void
fetch_cb (UiTogetherView *self)
{
  BASE_ASSERT_MAIN ();

  if (self->fetching != NULL)
    {
      ui_together_view_stop (self);
      gtk_widget_set_visible (GTK_WIDGET (self->figures), FALSE);
      show_empty (self);
    }
  else if (self->engine != NULL)
    begin (self);
}

static void
chosen_cb (UiTogetherView *self)
{
  if (self->fetching != NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->figures), FALSE);
  show_empty (self);
}

static void
ui_together_view_dispose (GObject *object)
{
  UiTogetherView *self = UI_TOGETHER_VIEW (object);

  ui_together_view_stop (self);
  g_clear_object (&self->engine);
  G_OBJECT_CLASS (ui_together_view_parent_class)->dispose (object);
}

static void
ui_together_view_class_init (UiTogetherViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_together_view_dispose;
  g_type_ensure (UI_TYPE_FIGURES);
  g_type_ensure (UI_TYPE_LANES);
  g_type_ensure (UI_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/bobbin/Bobbin/lab/together-view.ui");
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, controls);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, row);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, latencies_label);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, latencies_drop);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, workers_label);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, workers_spin);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, fetch_button);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, figures);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, alone_side);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, alone);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, pool_title);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, pool_side);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, pool);
  gtk_widget_class_bind_template_child (widget_class, UiTogetherView, legend);
}

static void
ui_together_view_init (UiTogetherView *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    gtk_string_list_append (list, _ (choices[i].title));
  gtk_drop_down_set_model (self->latencies_drop, G_LIST_MODEL (list));
  ui_name_drop (self->latencies_drop, _ ("Pages answer after"));
  ui_legend_add (self->legend, UI_SWATCH_WAIT, _ ("waits for the answer"));
  ui_legend_add (self->legend, UI_SWATCH_FILLED, _ ("receives"));
  show_empty (self);
  g_signal_connect_swapped (self->fetch_button, "clicked", G_CALLBACK (fetch_cb), self);
  g_signal_connect_swapped (self->workers_spin, "value-changed", G_CALLBACK (chosen_cb), self);
  g_signal_connect_swapped (self->latencies_drop, "notify::selected", G_CALLBACK (chosen_cb), self);
}

void
ui_together_view_set_engine (UiTogetherView *self, Engine *engine)
{
  g_set_object (&self->engine, engine);
}

void
ui_together_view_stop (UiTogetherView *self)
{
  if (self->fetching == NULL)
    return;
  g_cancellable_cancel (self->fetching);
  g_clear_object (&self->fetching);
  /* Those that still fetch from it see it go: they have been cancelled. */
  g_clear_pointer (&self->practice, engine_practice_stop);
  g_clear_pointer (&self->addresses, g_strfreev);
  if (self->fetch_button != NULL)
    gtk_button_set_label (self->fetch_button, _ ("Fetch Both Ways"));
}

void
ui_together_view_set_narrow (UiTogetherView *self, gboolean narrow)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->controls),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  ui_wrap_set_stacked (self->row, narrow);
  gtk_widget_set_hexpand (self->latencies_label, narrow);
  gtk_widget_set_hexpand (self->workers_label, narrow);
  gtk_widget_set_valign (GTK_WIDGET (self->fetch_button),
                         narrow ? GTK_ALIGN_FILL : GTK_ALIGN_START);
  ui_figures_set_narrow (self->figures, narrow);
}

/* How long a window lets one wait. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "heartbeat.h"

#include <stdlib.h>
#include <time.h>

#define BEAT_US 10000

static struct
{
  GSource *beat; /* owned, while it beats */
  gint64 due_us;
  GArray *late_us;   /* of gint64, one a beat */
  GArray *work_us;   /* of gint64, CPU time of this thread between two beats that came */
  GArray *frames_us; /* of gint64, what each frame took */

  gint64 frame_start_us;
  gboolean drawn; /* this frame has drawn something */

  gint64 begun_us;
  gint64 first_us; /* 0: not yet */
  gint64 full_us;  /* 0: not yet */
  BenchIsFull is_full;
  gpointer user_data;

  /* At the last reset. */
  gint64 start_us;
  double thread_cpu;
  double process_cpu;

  double beat_cpu; /* of this thread, when the last beat came */
} self;

static double
get_cpu (clockid_t clock)
{
  struct timespec t;

  clock_gettime (clock, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static gboolean
before_paint_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  self.frame_start_us = g_get_monotonic_time ();
  self.drawn = FALSE;
  return TRUE;
}

static gboolean
render_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  self.drawn = TRUE;
  return TRUE;
}

static gboolean
after_paint_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 took_us = now_us - self.frame_start_us;

  if (!self.drawn)
    return TRUE;
  g_array_append_val (self.frames_us, took_us);
  if (self.first_us == 0)
    self.first_us = now_us;
  if (self.full_us == 0 && (self.is_full == NULL || self.is_full (self.user_data)))
    self.full_us = now_us;
  return TRUE;
}

static void
hook (GType type, const char *signal, GSignalEmissionHook callback)
{
  g_type_class_ref (type); /* a signal is known once its class is; kept to the end */
  g_signal_add_emission_hook (g_signal_lookup (signal, type), 0, callback, NULL, NULL);
}

void
bench_heartbeat_init (BenchIsFull is_full, gpointer user_data)
{
  const char *begun = g_getenv ("BENCH_BEGUN");

  self.is_full = is_full;
  self.user_data = user_data;
  self.begun_us = begun != NULL ? g_ascii_strtoll (begun, NULL, 10) : g_get_monotonic_time ();
  self.late_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.work_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  self.frames_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  hook (GDK_TYPE_FRAME_CLOCK, "before-paint", before_paint_cb);
  hook (GDK_TYPE_FRAME_CLOCK, "after-paint", after_paint_cb);
  hook (GDK_TYPE_SURFACE, "render", render_cb);
  bench_heartbeat_reset ();
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  gint64 now_us = g_get_monotonic_time ();
  double cpu = get_cpu (CLOCK_THREAD_CPUTIME_ID);
  gint64 work_us = (cpu - self.beat_cpu) * 1e6;

  g_array_append_val (self.work_us, work_us);
  self.beat_cpu = cpu;
  for (; self.due_us <= now_us; self.due_us += BEAT_US)
    {
      gint64 late_us = now_us - self.due_us;

      g_array_append_val (self.late_us, late_us);
    }
  g_source_set_ready_time (source, self.due_us);
  return G_SOURCE_CONTINUE;
}

void
bench_heartbeat_run (gboolean on)
{
  static GSourceFuncs functions = { .dispatch = dispatch };

  if (on == (self.beat != NULL))
    return;
  if (!on)
    {
      g_source_destroy (self.beat);
      g_clear_pointer (&self.beat, g_source_unref);
      return;
    }
  self.due_us = g_get_monotonic_time () + BEAT_US;
  self.beat = g_source_new (&functions, sizeof (GSource));
  g_source_set_static_name (self.beat, "heartbeat");
  g_source_set_priority (self.beat, G_PRIORITY_DEFAULT);
  g_source_set_ready_time (self.beat, self.due_us);
  g_source_attach (self.beat, NULL);
}

void
bench_heartbeat_reset (void)
{
  g_array_set_size (self.late_us, 0);
  g_array_set_size (self.work_us, 0);
  g_array_set_size (self.frames_us, 0);
  self.start_us = g_get_monotonic_time ();
  self.beat_cpu = self.thread_cpu = get_cpu (CLOCK_THREAD_CPUTIME_ID);
  self.process_cpu = get_cpu (CLOCK_PROCESS_CPUTIME_ID);
}

gboolean
bench_heartbeat_is_full (void)
{
  return self.full_us != 0;
}

char *
bench_heartbeat_dup_first (void)
{
  return g_strdup_printf ("{\"first_ms\": %.1f, \"full_ms\": %.1f}",
                          (self.first_us - self.begun_us) / 1000.0,
                          (self.full_us - self.begun_us) / 1000.0);
}

static int
by_value (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static void
append_figures (GString *json, const char *name, GArray *values)
{
  const gint64 *v = (const gint64 *) (gpointer) values->data;
  guint n = values->len;

  g_array_sort (values, by_value);
  g_string_append_printf (json, ", \"%s\": {\"n\": %u", name, n);
  if (n > 0)
    g_string_append_printf (json, ", \"p50\": %.2f, \"p99\": %.2f, \"worst\": %.2f",
                            v[n / 2] / 1000.0, v[MIN (n - 1, n * 99 / 100)] / 1000.0,
                            v[n - 1] / 1000.0);
  g_string_append_c (json, '}');
}

char *
bench_heartbeat_dup_report (void)
{
  GString *json = g_string_new (NULL);

  g_string_append_printf (json, "{\"seconds\": %.3f, \"thread_cpu\": %.4f, \"process_cpu\": %.4f",
                          (g_get_monotonic_time () - self.start_us) / 1e6,
                          get_cpu (CLOCK_THREAD_CPUTIME_ID) - self.thread_cpu,
                          get_cpu (CLOCK_PROCESS_CPUTIME_ID) - self.process_cpu);
  append_figures (json, "late_ms", self.late_us);
  append_figures (json, "work_ms", self.work_us);
  append_figures (json, "frame_ms", self.frames_us);
  g_string_append_c (json, '}');
  return g_string_free (json, FALSE);
}

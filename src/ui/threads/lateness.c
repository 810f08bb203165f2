/* How late the main loop answers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/threads/lateness.h"

#include <stdlib.h>

#include "base/clock.h"

#define BEAT_US (20 * BASE_MILLISECOND_US)
#define WINDOW_US (60 * BASE_SECOND_US)
#define MOST_BEATS ((int) (WINDOW_US / BEAT_US))

typedef struct
{
  gint64 time_us;
  gint64 late_us;
} Beat;

struct _UiLateness
{
  Beat *beats; /* a ring */
  int taken;
  gint64 due_us;
  GSource *source; /* owned, while measuring */
};

UiLateness *
ui_lateness_new (void)
{
  UiLateness *self = g_new0 (UiLateness, 1);

  self->beats = g_new0 (Beat, MOST_BEATS);
  return self;
}

void
ui_lateness_free (UiLateness *self)
{
  ui_lateness_run (self, FALSE);
  g_free (self->beats);
  g_free (self);
}

gint64
ui_lateness_take_beat (UiLateness *self, gint64 due_us, gint64 now_us)
{
  gint64 swallowed = MIN ((now_us - due_us) / BEAT_US, MOST_BEATS);

  for (gint64 i = swallowed; i >= 0; i--)
    self->beats[self->taken++ % MOST_BEATS] =
        (Beat){ .time_us = now_us,
                .late_us = MAX (0, now_us - due_us - (swallowed - i) * BEAT_US) };
  return due_us + (swallowed + 1) * BEAT_US;
}

static gboolean
beat_cb (gpointer user_data)
{
  UiLateness *self = user_data;

  self->due_us = ui_lateness_take_beat (self, self->due_us, base_clock_now_us ());
  g_source_set_ready_time (self->source, self->due_us);
  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

void
ui_lateness_run (UiLateness *self, gboolean on)
{
  static GSourceFuncs functions = { .dispatch = dispatch };

  if (on == (self->source != NULL))
    return;
  if (!on)
    {
      g_source_destroy (self->source);
      g_clear_pointer (&self->source, g_source_unref);
      return;
    }
  self->due_us = base_clock_now_us () + BEAT_US;
  self->source = g_source_new (&functions, sizeof (GSource));
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, beat_cb, self, NULL);
  g_source_set_ready_time (self->source, self->due_us);
  g_source_attach (self->source, NULL);
}

static int
by_lateness (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

void
ui_lateness_get (UiLateness *self, gint64 now_us, UiLatenessFigures *figures)
{
  int n = MIN (self->taken, MOST_BEATS);
  g_autofree gint64 *late = g_new (gint64, MAX (n, 1));
  int beats = 0;

  for (int i = 0; i < n; i++)
    if (self->beats[i].time_us > now_us - WINDOW_US)
      late[beats++] = self->beats[i].late_us;
  *figures = (UiLatenessFigures){ .beats = beats };
  if (beats == 0)
    return;
  qsort (late, beats, sizeof *late, by_lateness);
  figures->p50_ms = late[beats / 2] / 1000.0;
  figures->p99_ms = late[MIN (beats - 1, beats * 99 / 100)] / 1000.0;
  figures->worst_ms = late[beats - 1] / 1000.0;
}

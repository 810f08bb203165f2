/* Speeds over time. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/speed-history.h"

#include "base/clock.h"
#include "base/thread.h"

#define STEP_US (BASE_SECOND_US / 2)
#define MOST_SAMPLES 240
#define KEY "ui-speeds"

struct _UiHistory
{
  Engine *engine;      /* owned */
  GHashTable *running; /* owned; a set of EngineDownload, owned reference each */
  gulong moved_handler;
  gint64 last_us;
};

/* Belongs to its download. */
typedef struct
{
  double rates[MOST_SAMPLES];
  guint n;
  guint step;   /* so many ticks make a sample */
  guint ticks;  /* of the sample under way */
  double total; /* of their rates */
} Record;

static void
halve (Record *record)
{
  for (guint i = 0; i < MOST_SAMPLES / 2; i++)
    record->rates[i] = (record->rates[2 * i] + record->rates[2 * i + 1]) / 2;
  record->n = MOST_SAMPLES / 2;
  record->step *= 2;
}

void
ui_speed_history_add (EngineDownload *download, double rate)
{
  Record *record = g_object_get_data (G_OBJECT (download), KEY);

  BASE_ASSERT_MAIN ();
  if (record == NULL)
    {
      record = g_new0 (Record, 1);
      record->step = 1;
      g_object_set_data_full (G_OBJECT (download), KEY, record, g_free);
    }
  record->total += rate;
  if (++record->ticks < record->step)
    return;
  if (record->n == MOST_SAMPLES)
    halve (record);
  record->rates[record->n++] = record->total / record->ticks;
  record->total = 0;
  record->ticks = 0;
}

gboolean
ui_speed_history_get (EngineDownload *download, UiSpeeds *speeds)
{
  Record *record = g_object_get_data (G_OBJECT (download), KEY);

  if (record == NULL || record->n == 0)
    return FALSE;
  *speeds = (UiSpeeds){ .rates = record->rates,
                        .n = record->n,
                        .step_s = record->step * (double) STEP_US / BASE_SECOND_US };
  return TRUE;
}

void
ui_speed_history_tick (UiSpeedHistory *self, gint64 now_us)
{
  GHashTableIter iter;
  gpointer download;

  if (now_us - self->last_us < STEP_US)
    return;
  self->last_us = now_us;
  g_hash_table_iter_init (&iter, self->running);
  while (g_hash_table_iter_next (&iter, &download, NULL))
    ui_speed_history_add (download, engine_download_get_rate (download));
}

static void
moved_cb (Engine *engine, EngineDownload *download, int old, UiSpeedHistory *self)
{
  if (engine_download_get_state (download) == ENGINE_STATE_ACTIVE)
    g_hash_table_add (self->running, g_object_ref (download));
  else
    g_hash_table_remove (self->running, download);
}

UiSpeedHistory *
ui_speed_history_new (Engine *engine)
{
  UiSpeedHistory *self = g_new0 (UiSpeedHistory, 1);

  BASE_ASSERT_MAIN ();
  self->engine = g_object_ref (engine);
  self->running = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->moved_handler = g_signal_connect (engine, "moved", G_CALLBACK (moved_cb), self);
  return self;
}

void
ui_speed_history_free (UiSpeedHistory *self)
{
  g_signal_handler_disconnect (self->engine, self->moved_handler);
  g_hash_table_unref (self->running);
  g_object_unref (self->engine);
  g_free (self);
}

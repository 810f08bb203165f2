/* rate-change STATE-DIR FOLDER CONNECTIONS ADDRESS [RATE SECONDS]…: downloads with a speed limit
 * that changes while it runs: RATE bytes a second for so long, then the next; then it stops.
 *
 * Prints the moment of each, in seconds of the monotonic clock, and the rate. What arrives is
 * measured from outside.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "base/thread.h"
#include "engine/engine.h"

static struct
{
  Engine *engine;
  GMainLoop *loop;
  char **next; /* rate, seconds, …, NULL */
} self;

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  engine_stop_finish (self.engine, result, NULL);
  g_main_loop_quit (self.loop);
}

static void
set_rate (gint64 rate)
{
  EngineLimits limits = *engine_get_limits (self.engine);

  limits.max_rate = rate;
  engine_set_limits (self.engine, &limits);
  printf ("%.4f %" G_GINT64_FORMAT "\n", g_get_monotonic_time () / 1e6, rate);
  fflush (stdout);
}

static gboolean
next_cb (gpointer user_data)
{
  if (self.next[0] == NULL || self.next[1] == NULL)
    {
      engine_stop_async (self.engine, stopped_cb, NULL);
      return G_SOURCE_REMOVE;
    }
  set_rate (g_ascii_strtoll (self.next[0], NULL, 10));
  g_timeout_add (atoi (self.next[1]) * 1000, next_cb, NULL);
  self.next += 2;
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);
  EngineLimits limits;

  if (argc < 7)
    return 2;
  base_thread_claim_main ();
  engine_prepare_process ();
  self.next = argv + 5;
  self.loop = g_main_loop_new (NULL, FALSE);
  engine_limits_init (&limits);
  limits.max_connections = limits.workers = limits.max_connections_per_host = atoi (argv[3]);
  limits.max_rate = g_ascii_strtoll (argv[5], NULL, 10);
  self.engine = engine_new (argv[1], NULL, &limits);
  g_ptr_array_add (specs, engine_spec_new (argv[4], argv[2]));
  engine_add (self.engine, specs, NULL, NULL);
  next_cb (NULL);
  g_main_loop_run (self.loop);
  g_main_loop_unref (self.loop);
  g_object_unref (self.engine);
  return 0;
}

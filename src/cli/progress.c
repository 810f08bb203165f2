/* The progress line. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/progress.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "base/human.h"

#define PERIOD_MS 200

struct _CliProgress
{
  Engine *engine; /* not owned */
  guint n;
  guint ended;
  guint source;
};

static gboolean
show_cb (gpointer user_data)
{
  CliProgress *self = user_data;
  g_autofree char *rate = NULL;
  g_autofree char *left = NULL;
  EngineTotals totals;

  engine_get_totals (self->engine, &totals);
  rate = base_human_rate (totals.rate);
  left = totals.seconds_left >= 0 ? base_human_duration (totals.seconds_left) : g_strdup ("–");
  fputs ("\r\033[K", stderr);
  /* Translators: how many of all downloads have ended, their rate, the time left */
  fprintf (stderr, _ ("%u of %u · %s · %s left"), self->ended, self->n, rate, left);
  fflush (stderr);
  return G_SOURCE_CONTINUE;
}

CliProgress *
cli_progress_new (Engine *engine, guint n)
{
  CliProgress *self;

  if (!isatty (STDERR_FILENO))
    return NULL;
  self = g_new0 (CliProgress, 1);
  self->engine = engine;
  self->n = n;
  self->source = g_timeout_add (PERIOD_MS, show_cb, self);
  return self;
}

void
cli_progress_set_ended (CliProgress *self, guint ended)
{
  if (self == NULL)
    return;
  self->ended = ended;
  fputs ("\r\033[K", stderr);
}

void
cli_progress_free (CliProgress *self)
{
  if (self == NULL)
    return;
  g_source_remove (self->source);
  fputs ("\r\033[K", stderr);
  g_free (self);
}

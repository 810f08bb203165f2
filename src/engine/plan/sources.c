/* The addresses of one file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/sources.h"

#include <string.h>

#include "engine/plan/address.h"
#include "engine/plan/error.h"
#include "engine/plan/retry.h"

/* Under this part of the best one's rate a source is slow. */
#define SLOW 0.3

/* So many failures in a row, and it is put aside. */
#define MOST_FAILURES 3

struct _EngineSources
{
  GPtrArray *list; /* owned, and so are they */
  int alone;       /* the only one that is asked, -1: all are */
};

static void
source_free (gpointer data)
{
  EngineSource *self = data;

  g_free (self->address);
  g_free (self->host);
  g_clear_error (&self->why);
  g_free (self);
}

gboolean
engine_sources_add (EngineSources *self, const char *address)
{
  EngineSource *source;

  if (self->list->len >= ENGINE_MOST_SOURCES)
    return FALSE;
  for (guint i = 0; i < self->list->len; i++)
    if (strcmp (engine_sources_get (self, i)->address, address) == 0)
      return FALSE;
  source = g_new0 (EngineSource, 1);
  source->address = g_strdup (address);
  source->host = engine_address_dup_host (address);
  source->rate = -1;
  g_ptr_array_add (self->list, source);
  return TRUE;
}

EngineSources *
engine_sources_new (const char *address, char **mirrors)
{
  EngineSources *self = g_new0 (EngineSources, 1);

  self->list = g_ptr_array_new_with_free_func (source_free);
  self->alone = -1;
  if (address != NULL)
    engine_sources_add (self, address);
  for (int i = 0; mirrors != NULL && mirrors[i] != NULL; i++)
    engine_sources_add (self, mirrors[i]);
  g_assert (self->list->len > 0);
  return self;
}

void
engine_sources_free (EngineSources *self)
{
  g_ptr_array_unref (self->list);
  g_free (self);
}

int
engine_sources_get_count (EngineSources *self)
{
  return self->list->len;
}

EngineSource *
engine_sources_get (EngineSources *self, int i)
{
  return g_ptr_array_index (self->list, i);
}

void
engine_sources_begin_run (EngineSources *self)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      EngineSource *source = engine_sources_get (self, i);

      g_assert (source->members == 0);
      source->checked = FALSE;
      source->whole_only = FALSE;
      source->rate = -1;
    }
}

/* Whether a good one is left, of those that are asked at all. */
static gboolean
has_good (EngineSources *self)
{
  for (guint i = 0; i < self->list->len; i++)
    if ((self->alone < 0 || self->alone == (int) i) &&
        engine_sources_get (self, i)->state == ENGINE_SOURCE_GOOD)
      return TRUE;
  return FALSE;
}

static gboolean
may_ask (EngineSources *self, int i, gboolean good, gint64 now_us)
{
  const EngineSource *source = engine_sources_get (self, i);

  return (self->alone < 0 || self->alone == i) && source->not_before_us <= now_us &&
         source->state == (good ? ENGINE_SOURCE_GOOD : ENGINE_SOURCE_DOUBTED);
}

int
engine_sources_choose_first (EngineSources *self,
                             gint64 now_us,
                             EngineSourceFree is_free,
                             gpointer user_data)
{
  gboolean good = has_good (self);

  for (guint i = 0; i < self->list->len; i++)
    if (may_ask (self, i, good, now_us) && is_free (engine_sources_get (self, i)->host, user_data))
      return i;
  return -1;
}

static double
get_best_rate (EngineSources *self)
{
  double best = -1;

  for (guint i = 0; i < self->list->len; i++)
    {
      const EngineSource *source = engine_sources_get (self, i);

      if (source->state != ENGINE_SOURCE_ASIDE)
        best = MAX (best, source->rate);
    }
  return best;
}

/* Whether @a is the better one for a further connection. */
static gboolean
is_better (const EngineSource *a, const EngineSource *b, double best)
{
  gboolean a_slow = a->rate >= 0 && a->rate < SLOW * best;
  gboolean b_slow = b->rate >= 0 && b->rate < SLOW * best;

  return a_slow != b_slow ? b_slow : a->members < b->members;
}

int
engine_sources_choose (EngineSources *self,
                       gboolean may_check,
                       gint64 now_us,
                       EngineSourceFree is_free,
                       gpointer user_data)
{
  double best_rate = get_best_rate (self);
  gboolean good = has_good (self);
  int best = -1;

  for (guint i = 0; i < self->list->len; i++)
    {
      const EngineSource *source = engine_sources_get (self, i);

      if (!may_ask (self, i, good, now_us) || (source->whole_only && source->members > 0) ||
          (!source->checked && source->members > 0) || !is_free (source->host, user_data))
        continue;
      if (best < 0 || is_better (source, engine_sources_get (self, best), best_rate))
        best = i;
    }
  /* In a moment there is enough, and then that one is the best. */
  return best >= 0 && !may_check && !engine_sources_get (self, best)->checked ? -1 : best;
}

gboolean
engine_sources_is_about_source (const GError *error)
{
  switch (error->code)
    {
    case ENGINE_ERROR_ADDRESS:
    case ENGINE_ERROR_RESOLVE:
    case ENGINE_ERROR_CONNECT:
    case ENGINE_ERROR_TIMEOUT:
    case ENGINE_ERROR_CLOSED_EARLY:
    case ENGINE_ERROR_TLS:
    case ENGINE_ERROR_PROTOCOL:
    case ENGINE_ERROR_HTTP:
    case ENGINE_ERROR_REDIRECT:
    case ENGINE_ERROR_CHANGED:
      return TRUE;
    default:
      return FALSE;
    }
}

/* It is there, and wants to be asked later: no reason to put it aside at once. */
static gboolean
is_busy (const GError *error)
{
  int status = engine_error_get_http_status (error);

  return status == 429 || status == 503;
}

gboolean
engine_sources_fail (EngineSources *self,
                     int i,
                     const GError *error,
                     gboolean progress,
                     gint64 retry_after_s,
                     gint64 now_us)
{
  EngineSource *source = engine_sources_get (self, i);

  if (source->state == ENGINE_SOURCE_ASIDE || self->list->len == 1)
    return FALSE;
  source->failures = progress ? 1 : source->failures + 1;
  if (engine_retry_may_pass (error) && (progress || source->checked || is_busy (error)) &&
      source->failures < MOST_FAILURES)
    {
      source->not_before_us = now_us + MAX (retry_after_s, source->failures) * G_USEC_PER_SEC;
      return FALSE;
    }
  engine_sources_put_aside (self, i, error);
  return TRUE;
}

void
engine_sources_put_aside (EngineSources *self, int i, const GError *why)
{
  EngineSource *source = engine_sources_get (self, i);

  source->state = ENGINE_SOURCE_ASIDE;
  source->differs = g_error_matches (why, ENGINE_ERROR, ENGINE_ERROR_CHANGED);
  g_clear_error (&source->why);
  source->why = g_error_copy (why);
  if (self->alone == i)
    self->alone = -1;
}

void
engine_sources_doubt (EngineSources *self, guint64 blamed, const GError *why)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      EngineSource *source = engine_sources_get (self, i);

      if ((blamed & (G_GUINT64_CONSTANT (1) << i)) == 0 || source->state != ENGINE_SOURCE_GOOD)
        continue;
      source->state = ENGINE_SOURCE_DOUBTED;
      g_clear_error (&source->why);
      source->why = g_error_copy (why);
    }
}

int
engine_sources_count_usable (EngineSources *self)
{
  int n = 0;

  for (guint i = 0; i < self->list->len; i++)
    n += engine_sources_get (self, i)->state != ENGINE_SOURCE_ASIDE;
  return n;
}

static void
forgive (EngineSource *source)
{
  source->state = ENGINE_SOURCE_GOOD;
  source->differs = FALSE;
  source->failures = 0;
  source->not_before_us = 0;
}

gboolean
engine_sources_forgive_differing (EngineSources *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->list->len; i++)
    {
      EngineSource *source = engine_sources_get (self, i);

      if (source->state != ENGINE_SOURCE_ASIDE || !source->differs)
        continue;
      forgive (source);
      any = TRUE;
    }
  return any;
}

gboolean
engine_sources_forgive_passing (EngineSources *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->list->len; i++)
    {
      EngineSource *source = engine_sources_get (self, i);

      if (source->state != ENGINE_SOURCE_ASIDE || source->why == NULL ||
          !engine_retry_may_pass (source->why))
        continue;
      forgive (source);
      any = TRUE;
    }
  return any;
}

void
engine_sources_forgive (EngineSources *self)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      forgive (engine_sources_get (self, i));
      engine_sources_get (self, i)->was_late = FALSE;
    }
  self->alone = -1;
}

void
engine_sources_set_alone (EngineSources *self, int i)
{
  self->alone = i;
}

int
engine_sources_get_alone (EngineSources *self)
{
  return self->alone;
}

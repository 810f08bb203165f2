/* sources.h: the addresses of one file: which is asked next, and which not at all.
 *
 * Pure; time comes in. Whoever owns it calls. An address that has shown itself wrong or of no use
 * is put aside for this download, with the reason; the others go on. A file of one address has
 * one source, which is never put aside.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of a file with more addresses the least preferred are left out. */
#define ENGINE_MOST_SOURCES 64

typedef enum
{
  ENGINE_SOURCE_GOOD,
  ENGINE_SOURCE_DOUBTED, /* it has given wrong bytes: asked only where no good one is left */
  ENGINE_SOURCE_ASIDE,   /* not asked any more */
} EngineSourceState;

typedef struct
{
  char *address; /* owned */
  char *host;    /* owned; `name:port` */
  EngineSourceState state;
  GError *why;          /* owned, nullable: the latest reason to put it aside */
  gboolean differs;     /* put aside because its file is another than the one begun */
  gboolean was_late;    /* put aside once already because it did not answer soon */
  int failures;         /* in a row, without progress */
  gint64 not_before_us; /* monotonic; 0: any time */

  /* Of the run that is on. */
  int members;         /* connections to it, or on their way */
  gboolean checked;    /* its bytes were found to be those that we hold */
  gboolean whole_only; /* it does not send parts of the file: one connection has it all */
  double rate;         /* bytes per second of one connection, below 0: not known */
} EngineSource;

typedef struct _EngineSources EngineSources;

/**
 * engine_sources_new:
 * @address: (nullable): the first; %NULL where it leads to no file but to a list of @mirrors
 * @mirrors: (nullable): others, the preferred one first
 *
 * What stands there twice is one source. There is always at least one.
 */
EngineSources *engine_sources_new (const char *address, char **mirrors);
void engine_sources_free (EngineSources *self);

int engine_sources_get_count (EngineSources *self);

/** engine_sources_get: Returns: (transfer none): number @i, from 0 in order of preference */
EngineSource *engine_sources_get (EngineSources *self, int i);

/**
 * engine_sources_add:
 *
 * Returns: whether it is a new one, which is the last then
 */
gboolean engine_sources_add (EngineSources *self, const char *address);

/** engine_sources_begin_run: forgets what counts for one run only */
void engine_sources_begin_run (EngineSources *self);

/** EngineSourceFree: Returns: whether @host may have one more connection now */
typedef gboolean (*EngineSourceFree) (const char *host, gpointer user_data);

/**
 * engine_sources_choose_first:
 *
 * Returns: the source that begins a run: the most preferred that may be asked; -1 where all hosts
 * are busy or none is left
 */
int engine_sources_choose_first (EngineSources *self,
                                 gint64 now_us,
                                 EngineSourceFree is_free,
                                 gpointer user_data);

/**
 * engine_sources_choose:
 * @may_check: enough of the file is there to compare another source's bytes with
 *
 * Returns: the source that a further connection goes to; -1 where there is none. The one with
 * fewest connections, the most preferred of those; one that is much slower than another only where
 * that has no place; one that is not checked yet gets one connection
 */
int engine_sources_choose (EngineSources *self,
                           gboolean may_check,
                           gint64 now_us,
                           EngineSourceFree is_free,
                           gpointer user_data);

/** engine_sources_is_about_source: Returns: whether @error says something of the source, and not
 * of the disk or of us */
gboolean engine_sources_is_about_source (const GError *error);

/**
 * engine_sources_fail:
 * @i: which source
 * @progress: it has given bytes since its last failure
 * @retry_after_s: what it asked for, -1: nothing
 *
 * A connection to it has ended with @error, which engine_sources_is_about_source().
 *
 * Returns: whether it is put aside now: at once for what will not pass, and where it never gave
 * anything; else after three failures in a row
 */
gboolean engine_sources_fail (EngineSources *self,
                              int i,
                              const GError *error,
                              gboolean progress,
                              gint64 retry_after_s,
                              gint64 now_us);

/** engine_sources_put_aside: @i is not asked any more */
void engine_sources_put_aside (EngineSources *self, int i, const GError *why);

/** engine_sources_doubt: the sources in @blamed (bit i: source i) have given wrong bytes */
void engine_sources_doubt (EngineSources *self, guint64 blamed, const GError *why);

/** engine_sources_count_usable: Returns: how many are not put aside */
int engine_sources_count_usable (EngineSources *self);

/**
 * engine_sources_forgive_differing:
 *
 * Those that were put aside because their file is not the one begun: that one is given up.
 *
 * Returns: whether there is any
 */
gboolean engine_sources_forgive_differing (EngineSources *self);

/** engine_sources_forgive_passing: those that were put aside for what may pass are asked again.
 * Returns: whether there is any */
gboolean engine_sources_forgive_passing (EngineSources *self);

/** engine_sources_forgive: begins afresh: a person wants it tried again */
void engine_sources_forgive (EngineSources *self);

/** engine_sources_set_alone: only source @i is asked from now on, -1: all again */
void engine_sources_set_alone (EngineSources *self, int i);
int engine_sources_get_alone (EngineSources *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineSources, engine_sources_free)

G_END_DECLS

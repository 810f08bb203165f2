/* Following a file with a checksum. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/tally.h"

#include <glib/gi18n.h>
#include <stdatomic.h>

#include "base/thread.h"
#include "engine/plan/digest.h"
#include "engine/plan/error.h"

#define BLOCK (512 * 1024)

/* How often it looks for more while none is there. */
#define LOOK_MS 20

struct _EngineTally
{
  /* Written once, before the thread exists. */
  EnginePartFile *part; /* not owned */
  EngineTallyReach reach;
  gpointer user_data;
  GChecksumType kind;
  pthread_t thread;

  /* The thread's own until it is joined. */
  EngineDigest *digest; /* owned */
  GError *error;        /* owned */

  _Atomic gint64 position; /* bytes digested; relaxed: for others only a figure */

  pthread_mutex_t lock;
  pthread_cond_t changed; /* on the monotonic clock */
  gboolean stopping;      /* guarded by lock */
  gboolean ending;        /* guarded by lock: all bytes are there */
};

/* Digests one block at most, up to @reach. Returns: whether there may be more at once */
static gboolean
digest_some (EngineTally *self, guint8 *block, gint64 reach)
{
  gsize want = MIN (BLOCK, reach - self->position);
  gssize n;

  if (want == 0)
    return FALSE;
  n = engine_part_file_read (self->part, block, want, self->position, &self->error);
  if (n <= 0)
    return FALSE;
  engine_digest_update (self->digest, block, n);
  self->position += n;
  return TRUE;
}

/* Waits for a word, or a moment. Returns: whether to go on */
static gboolean
wait_a_moment (EngineTally *self, gboolean *ending)
{
  struct timespec until;
  gboolean goes_on;

  clock_gettime (CLOCK_MONOTONIC, &until);
  until.tv_nsec += LOOK_MS * 1000000L;
  until.tv_sec += until.tv_nsec / 1000000000L;
  until.tv_nsec %= 1000000000L;
  pthread_mutex_lock (&self->lock);
  if (!self->stopping && !self->ending)
    pthread_cond_timedwait (&self->changed, &self->lock, &until);
  goes_on = !self->stopping;
  *ending = self->ending;
  pthread_mutex_unlock (&self->lock);
  return goes_on;
}

static gboolean
is_stopping (EngineTally *self)
{
  gboolean stopping;

  pthread_mutex_lock (&self->lock);
  stopping = self->stopping;
  pthread_mutex_unlock (&self->lock);
  return stopping;
}

static void *
tally_main (void *data)
{
  EngineTally *self = data;
  g_autofree guint8 *block = g_malloc (BLOCK);
  gboolean ending = FALSE;

  base_thread_set_name ("tally");
  while (self->error == NULL && wait_a_moment (self, &ending))
    {
      gint64 reach = self->reach (self->user_data);

      if (reach < 0)
        return NULL;
      while (!is_stopping (self) && self->reach (self->user_data) >= 0 &&
             digest_some (self, block, reach))
        continue;
      if (ending || is_stopping (self))
        return NULL;
    }
  return NULL;
}

EngineTally *
engine_tally_begin (EnginePartFile *part,
                    GChecksumType kind,
                    EngineTallyReach reach,
                    gpointer user_data)
{
  EngineTally *self = g_new0 (EngineTally, 1);
  pthread_condattr_t attributes;

  self->part = part;
  self->reach = reach;
  self->user_data = user_data;
  self->kind = kind;
  self->digest = engine_digest_new (kind);
  pthread_mutex_init (&self->lock, NULL);
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (&self->changed, &attributes);
  pthread_condattr_destroy (&attributes);
  if (pthread_create (&self->thread, NULL, tally_main, self) != 0)
    g_error ("no thread for a checksum");
  return self;
}

GChecksumType
engine_tally_get_kind (EngineTally *self)
{
  return self->kind;
}

static void
join (EngineTally *self, gboolean *flag)
{
  pthread_mutex_lock (&self->lock);
  *flag = TRUE;
  pthread_cond_signal (&self->changed);
  pthread_mutex_unlock (&self->lock);
  pthread_join (self->thread, NULL);
}

static void
tally_free (EngineTally *self)
{
  engine_digest_free (self->digest);
  g_clear_error (&self->error);
  pthread_cond_destroy (&self->changed);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

gint64
engine_tally_get_position (EngineTally *self)
{
  return atomic_load_explicit (&self->position, memory_order_relaxed);
}

char *
engine_tally_end (EngineTally *self, GError **error)
{
  char *digest = NULL;

  join (self, &self->ending);
  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else if (self->position != self->reach (self->user_data))
    g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CANCELLED, _ ("cancelled"));
  else
    digest = engine_digest_finish (self->digest);
  tally_free (self);
  return digest;
}

void
engine_tally_stop (EngineTally *self)
{
  join (self, &self->stopping);
  tally_free (self);
}

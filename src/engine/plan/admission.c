/* Hosts and what they tolerate. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/admission.h"

typedef struct
{
  int connections;
  int limit;         /* 0: nothing is known */
  gint64 learned_us; /* wall clock */
  gint64 lowered_us; /* monotonic; 0: not in this run of the program */
  gint64 blocked_us; /* monotonic; 0: not */
} Host;

struct _EngineHosts
{
  GHashTable *table; /* owned; name to Host, both owned */
};

EngineHosts *
engine_hosts_new (void)
{
  EngineHosts *self = g_new0 (EngineHosts, 1);

  self->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
engine_hosts_free (EngineHosts *self)
{
  g_hash_table_unref (self->table);
  g_free (self);
}

static Host *
get (EngineHosts *self, const char *name)
{
  Host *host = g_hash_table_lookup (self->table, name);

  if (host == NULL)
    {
      host = g_new0 (Host, 1);
      g_hash_table_insert (self->table, g_strdup (name), host);
    }
  return host;
}

void
engine_hosts_enter (EngineHosts *self, const char *host)
{
  get (self, host)->connections++;
}

void
engine_hosts_leave (EngineHosts *self, const char *name)
{
  Host *host = get (self, name);

  g_assert (host->connections > 0);
  host->connections--;
  /* Of most hosts nothing is worth keeping. */
  if (host->connections == 0 && host->limit == 0 && host->blocked_us == 0)
    g_hash_table_remove (self->table, name);
}

int
engine_hosts_count (EngineHosts *self, const char *name)
{
  Host *host = g_hash_table_lookup (self->table, name);

  return host != NULL ? host->connections : 0;
}

static int
limit_of (const Host *host, gint64 wall_us)
{
  /* A clock that was set back does not make a memory last longer. */
  if (host->limit > 0 && ABS (wall_us - host->learned_us) < ENGINE_HOST_MEMORY_US)
    return host->limit;
  return 0;
}

int
engine_hosts_count_free (
    EngineHosts *self, const char *name, int most, gint64 now_us, gint64 wall_us)
{
  Host *host = g_hash_table_lookup (self->table, name);
  int limit;

  if (host == NULL)
    return most;
  if (host->blocked_us > now_us)
    return 0;
  limit = limit_of (host, wall_us);
  return MAX (0, (limit > 0 ? MIN (limit, most) : most) - host->connections);
}

void
engine_hosts_refuse (EngineHosts *self,
                     const char *name,
                     gint64 opened_us,
                     int serving,
                     gint64 retry_after_s,
                     gint64 now_us,
                     gint64 wall_us)
{
  Host *host = get (self, name);

  if (retry_after_s >= 0)
    host->blocked_us = MAX (host->blocked_us, now_us + retry_after_s * G_USEC_PER_SEC);
  if (serving == 0 || opened_us < host->lowered_us)
    return;
  host->limit = MAX (serving, host->connections / 2);
  host->learned_us = wall_us;
  host->lowered_us = now_us;
}

gint64
engine_hosts_get_blocked_until (EngineHosts *self, const char *name, gint64 now_us)
{
  Host *host = g_hash_table_lookup (self->table, name);

  return host != NULL && host->blocked_us > now_us ? host->blocked_us : 0;
}

int
engine_hosts_get_limit (EngineHosts *self, const char *name, gint64 wall_us)
{
  Host *host = g_hash_table_lookup (self->table, name);

  return host != NULL ? limit_of (host, wall_us) : 0;
}

void
engine_hosts_remember (EngineHosts *self, const char *name, int limit, gint64 wall_us)
{
  Host *host = get (self, name);

  host->limit = limit;
  host->learned_us = wall_us;
}

void
engine_hosts_foreach_learned (EngineHosts *self,
                              gint64 wall_us,
                              EngineHostLearned learned,
                              gpointer user_data)
{
  GHashTableIter iter;
  gpointer name;
  gpointer value;

  g_hash_table_iter_init (&iter, self->table);
  while (g_hash_table_iter_next (&iter, &name, &value))
    {
      const Host *host = value;

      if (limit_of (host, wall_us) > 0)
        learned (name, host->limit, host->learned_us, user_data);
    }
}

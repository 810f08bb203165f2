/* A resolver in front of the real one. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/resolver.h"

#include <pthread.h>

#include "base/clock.h"

/* A network may change; then another address may be the one that answers. */
#define KEPT_US (600 * BASE_SECOND_US)

struct _EngineResolver
{
  GResolver parent_instance;

  GResolver *real; /* owned; written once, before any thread can see it */
  pthread_mutex_t lock;
  GHashTable *winners; /* guarded by lock; owned; host in lower case to Winner */
};

G_DEFINE_TYPE (EngineResolver, engine_resolver, G_TYPE_RESOLVER)

typedef struct
{
  GInetAddress *address; /* owned */
  gint64 since_us;
} Winner;

static void
winner_free (gpointer data)
{
  Winner *winner = data;

  g_object_unref (winner->address);
  g_free (winner);
}

/* Returns: (transfer full) (nullable) */
static GInetAddress *
recall (EngineResolver *self, const char *host)
{
  g_autofree char *key = g_ascii_strdown (host, -1);
  GInetAddress *address = NULL;
  Winner *winner;

  pthread_mutex_lock (&self->lock);
  winner = g_hash_table_lookup (self->winners, key);
  if (winner != NULL && base_clock_now_us () - winner->since_us < KEPT_US)
    address = g_object_ref (winner->address);
  pthread_mutex_unlock (&self->lock);
  return address;
}

gboolean
engine_resolver_knows (EngineResolver *self, const char *host)
{
  g_autoptr (GInetAddress) address = recall (self, host);

  return address != NULL;
}

void
engine_resolver_prefer (EngineResolver *self, const char *host, GInetAddress *address)
{
  Winner *winner = g_new0 (Winner, 1);

  winner->address = g_object_ref (address);
  winner->since_us = base_clock_now_us ();
  pthread_mutex_lock (&self->lock);
  g_hash_table_replace (self->winners, g_ascii_strdown (host, -1), winner);
  pthread_mutex_unlock (&self->lock);
}

static GList *
winner_first (EngineResolver *self, const char *host, GList *addresses)
{
  g_autoptr (GInetAddress) winner = recall (self, host);

  for (GList *l = addresses; winner != NULL && l != NULL; l = l->next)
    if (g_inet_address_equal (l->data, winner))
      {
        addresses = g_list_remove_link (addresses, l);
        return g_list_concat (l, addresses);
      }
  return addresses;
}

static GList *
lookup_by_name (GResolver *resolver, const char *host, GCancellable *cancellable, GError **error)
{
  EngineResolver *self = ENGINE_RESOLVER (resolver);
  GList *found =
      G_RESOLVER_GET_CLASS (self->real)->lookup_by_name (self->real, host, cancellable, error);

  return winner_first (self, host, found);
}

static GList *
lookup_with_flags (GResolver *resolver,
                   const char *host,
                   GResolverNameLookupFlags flags,
                   GCancellable *cancellable,
                   GError **error)
{
  EngineResolver *self = ENGINE_RESOLVER (resolver);
  GList *found = G_RESOLVER_GET_CLASS (self->real)
                     ->lookup_by_name_with_flags (self->real, host, flags, cancellable, error);

  return winner_first (self, host, found);
}

static void
lookup_by_name_async (GResolver *resolver,
                      const char *host,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GResolver *real = ENGINE_RESOLVER (resolver)->real;

  G_RESOLVER_GET_CLASS (real)->lookup_by_name_async (real, host, cancellable, callback, user_data);
}

static GList *
lookup_by_name_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  GResolver *real = ENGINE_RESOLVER (resolver)->real;

  return G_RESOLVER_GET_CLASS (real)->lookup_by_name_finish (real, result, error);
}

static void
lookup_with_flags_async (GResolver *resolver,
                         const char *host,
                         GResolverNameLookupFlags flags,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GResolver *real = ENGINE_RESOLVER (resolver)->real;

  G_RESOLVER_GET_CLASS (real)->lookup_by_name_with_flags_async (real, host, flags, cancellable,
                                                                callback, user_data);
}

static GList *
lookup_with_flags_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  GResolver *real = ENGINE_RESOLVER (resolver)->real;

  return G_RESOLVER_GET_CLASS (real)->lookup_by_name_with_flags_finish (real, result, error);
}

static char *
lookup_by_address (GResolver *resolver,
                   GInetAddress *address,
                   GCancellable *cancellable,
                   GError **error)
{
  return g_resolver_lookup_by_address (ENGINE_RESOLVER (resolver)->real, address, cancellable,
                                       error);
}

static GList *
lookup_records (GResolver *resolver,
                const char *name,
                GResolverRecordType type,
                GCancellable *cancellable,
                GError **error)
{
  return g_resolver_lookup_records (ENGINE_RESOLVER (resolver)->real, name, type, cancellable,
                                    error);
}

static void
engine_resolver_finalize (GObject *object)
{
  EngineResolver *self = ENGINE_RESOLVER (object);

  g_object_unref (self->real);
  g_hash_table_unref (self->winners);
  pthread_mutex_destroy (&self->lock);
  G_OBJECT_CLASS (engine_resolver_parent_class)->finalize (object);
}

static void
engine_resolver_class_init (EngineResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = engine_resolver_finalize;
  resolver_class->lookup_by_name = lookup_by_name;
  resolver_class->lookup_by_name_async = lookup_by_name_async;
  resolver_class->lookup_by_name_finish = lookup_by_name_finish;
  resolver_class->lookup_by_name_with_flags = lookup_with_flags;
  resolver_class->lookup_by_name_with_flags_async = lookup_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_with_flags_finish;
  resolver_class->lookup_by_address = lookup_by_address;
  resolver_class->lookup_records = lookup_records;
}

static void
engine_resolver_init (EngineResolver *self)
{
  pthread_mutex_init (&self->lock, NULL);
  self->winners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, winner_free);
}

GResolver *
engine_resolver_new (GResolver *real)
{
  EngineResolver *self = g_object_new (ENGINE_TYPE_RESOLVER, NULL);

  self->real = g_object_ref (real);
  return G_RESOLVER (self);
}

/* A proxy resolver that remembers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/proxy.h"

#include <glib/gi18n.h>
#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "engine/plan/error.h"

/* Networks and settings change, seldom. */
#define LASTS_US (30 * BASE_SECOND_US)

#define ENGINE_TYPE_PROXY_MEMORY (engine_proxy_memory_get_type ())
G_DECLARE_FINAL_TYPE (EngineProxyMemory, engine_proxy_memory, ENGINE, PROXY_MEMORY, GObject)

struct _EngineProxyMemory
{
  GObject parent_instance;

  char *fixed; /* owned, nullable: the one answer, which a person chose; written once */

  pthread_mutex_t lock;
  GHashTable *known; /* guarded by lock; `scheme://host:port` to Known, both owned */
};

/* What the system said. */
typedef struct
{
  GStrv proxies; /* owned */
  gint64 at_us;
} Known;

static void
known_free (gpointer data)
{
  Known *known = data;

  g_strfreev (known->proxies);
  g_free (known);
}

static void engine_proxy_memory_resolver_init (GProxyResolverInterface *iface);

G_DEFINE_TYPE_WITH_CODE (EngineProxyMemory,
                         engine_proxy_memory,
                         G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                engine_proxy_memory_resolver_init))

/* Returns: (transfer full) (nullable): what the system said of it not long ago */
static GStrv
recall (EngineProxyMemory *self, const char *key)
{
  GStrv proxies = NULL;
  const Known *known;

  pthread_mutex_lock (&self->lock);
  known = g_hash_table_lookup (self->known, key);
  if (known != NULL && base_clock_now_us () - known->at_us < LASTS_US)
    proxies = g_strdupv (known->proxies);
  pthread_mutex_unlock (&self->lock);
  return proxies;
}

static void
remember (EngineProxyMemory *self, char *key /* transfer full */, GStrv proxies)
{
  Known *known = g_new0 (Known, 1);

  known->proxies = g_strdupv (proxies);
  known->at_us = base_clock_now_us ();
  pthread_mutex_lock (&self->lock);
  g_hash_table_replace (self->known, key, known);
  pthread_mutex_unlock (&self->lock);
}

/* Proxies with their users and passwords. */
static GStrv
find (EngineProxyMemory *self, const char *uri, GCancellable *cancellable, GError **error)
{
  const char *const fixed[] = { self->fixed, NULL };
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  g_autofree char *key = NULL;
  GStrv proxies;

  if (self->fixed != NULL)
    return g_strdupv ((GStrv) fixed);
  if (parsed == NULL || g_uri_get_host (parsed) == NULL)
    return g_proxy_resolver_lookup (g_proxy_resolver_get_default (), uri, cancellable, error);

  key = g_strdup_printf ("%s://%s:%d", g_uri_get_scheme (parsed), g_uri_get_host (parsed),
                         g_uri_get_port (parsed));
  proxies = recall (self, key);
  if (proxies != NULL)
    return proxies;

  /* Asked with no lock held: two workers may both ask, and get the same answer. */
  proxies = g_proxy_resolver_lookup (g_proxy_resolver_get_default (), uri, cancellable, error);
  if (proxies != NULL)
    remember (self, g_steal_pointer (&key), proxies);
  return proxies;
}

/* Without user and password: with them, libsoup would answer a proxy that refuses them with them
 * again, twenty times. We tell the proxy ourselves. */
static char *
strip (const char *proxy)
{
  g_autoptr (GUri) uri =
      g_str_has_prefix (proxy, "http:") ? g_uri_parse (proxy, G_URI_FLAGS_ENCODED, NULL) : NULL;

  if (uri == NULL || g_uri_get_userinfo (uri) == NULL)
    return g_strdup (proxy);
  return g_uri_join (G_URI_FLAGS_ENCODED, "http", NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                     "", NULL, NULL);
}

static GStrv
engine_proxy_memory_lookup (GProxyResolver *resolver,
                            const char *uri,
                            GCancellable *cancellable,
                            GError **error)
{
  GStrv proxies = find (ENGINE_PROXY_MEMORY (resolver), uri, cancellable, error);

  for (int i = 0; proxies != NULL && proxies[i] != NULL; i++)
    {
      char *stripped = strip (proxies[i]);

      g_free (proxies[i]);
      proxies[i] = stripped;
    }
  return proxies;
}

/* libsoup asks without blocking for its asynchronous calls only, which we never make;
 * the interface wants an answer all the same. */
static void
engine_proxy_memory_lookup_async (GProxyResolver *resolver,
                                  const char *uri,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (resolver, cancellable, callback, user_data);
  GError *error = NULL;
  GStrv proxies = engine_proxy_memory_lookup (resolver, uri, cancellable, &error);

  if (proxies != NULL)
    g_task_return_pointer (task, proxies, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static GStrv
engine_proxy_memory_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
engine_proxy_memory_resolver_init (GProxyResolverInterface *iface)
{
  iface->lookup = engine_proxy_memory_lookup;
  iface->lookup_async = engine_proxy_memory_lookup_async;
  iface->lookup_finish = engine_proxy_memory_lookup_finish;
}

static void
engine_proxy_memory_finalize (GObject *object)
{
  EngineProxyMemory *self = ENGINE_PROXY_MEMORY (object);

  g_hash_table_unref (self->known);
  g_free (self->fixed);
  pthread_mutex_destroy (&self->lock);
  G_OBJECT_CLASS (engine_proxy_memory_parent_class)->finalize (object);
}

static void
engine_proxy_memory_class_init (EngineProxyMemoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engine_proxy_memory_finalize;
}

static void
engine_proxy_memory_init (EngineProxyMemory *self)
{
  pthread_mutex_init (&self->lock, NULL);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, known_free);
}

static EngineProxyMemory *system_memory;

/* What a person chose in place of the system's; written before any other thread exists. */
static EngineProxyMemory *chosen;

static void
choose (const char *proxy)
{
  chosen = g_object_new (ENGINE_TYPE_PROXY_MEMORY, NULL);
  chosen->fixed = g_strdup (proxy);
}

static gboolean
is_proxy (GUri *uri)
{
  static const char *const schemes[] = { "http", "https", "socks5", NULL };

  return uri != NULL && g_strv_contains (schemes, g_uri_get_scheme (uri)) &&
         g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
         g_uri_get_port (uri) != 0 && strlen (g_uri_get_path (uri)) <= 1;
}

gboolean
engine_proxy_set (const char *address, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  g_clear_object (&chosen);
  if (address == NULL)
    return TRUE;
  if (strcmp (address, "none") == 0)
    {
      choose ("direct://");
      return TRUE;
    }
  uri = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (!is_proxy (uri))
    {
      g_set_error (
          error, ENGINE_ERROR, ENGINE_ERROR_ADDRESS,
          _ ("“%s” is no proxy such as http://HOST:PORT, https://HOST:PORT or socks5://HOST:PORT"),
          address);
      return FALSE;
    }
  choose (address);
  return TRUE;
}

static void
make_memory (void)
{
  system_memory = g_object_new (ENGINE_TYPE_PROXY_MEMORY, NULL);
}

static EngineProxyMemory *
get_memory (void)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  if (chosen != NULL)
    return chosen;
  pthread_once (&once, make_memory);
  return system_memory;
}

GProxyResolver *
engine_proxy_get_resolver (void)
{
  return G_PROXY_RESOLVER (get_memory ());
}

gboolean
engine_proxy_is_direct (const char *address)
{
  g_auto (GStrv) proxies = find (get_memory (), address, NULL, NULL);

  return proxies == NULL || proxies[0] == NULL || strcmp (proxies[0], "direct://") == 0;
}

char *
engine_proxy_dup_host (const char *address, gboolean *secure)
{
  g_auto (GStrv) proxies = find (get_memory (), address, NULL, NULL);
  g_autoptr (GUri) uri = NULL;

  if (proxies == NULL || proxies[0] == NULL || strcmp (proxies[0], "direct://") == 0)
    return NULL;
  uri = g_uri_parse (proxies[0], G_URI_FLAGS_HAS_PASSWORD, NULL);
  *secure = g_str_has_prefix (proxies[0], "https:");
  return g_strdup (uri != NULL ? g_uri_get_host (uri) : NULL);
}

char *
engine_proxy_dup_authorization (const char *address)
{
  g_auto (GStrv) proxies = find (get_memory (), address, NULL, NULL);
  g_autoptr (GUri) uri = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *encoded = NULL;

  /* The others have ways of their own, which GIO goes; to the server, it is nothing. */
  if (proxies == NULL || proxies[0] == NULL || !g_str_has_prefix (proxies[0], "http:"))
    return NULL;
  uri = g_uri_parse (proxies[0], G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || g_uri_get_user (uri) == NULL)
    return NULL;
  plain = g_strconcat (g_uri_get_user (uri), ":",
                       g_uri_get_password (uri) != NULL ? g_uri_get_password (uri) : "", NULL);
  encoded = g_base64_encode ((const guint8 *) plain, strlen (plain));
  return g_strconcat ("Basic ", encoded, NULL);
}

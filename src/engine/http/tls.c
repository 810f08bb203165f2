/* The delegating TLS database, and the process's start. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/tls.h"

#include <glib/gi18n.h>
#include <pthread.h>
#include <signal.h>

#include "engine/plan/error.h"

#define ENGINE_TYPE_TLS_DELEGATE (engine_tls_delegate_get_type ())
G_DECLARE_FINAL_TYPE (EngineTlsDelegate, engine_tls_delegate, ENGINE, TLS_DELEGATE, GTlsDatabase)

struct _EngineTlsDelegate
{
  GTlsDatabase parent_instance;

  /* NULL: the system's, which is read when the first server has to be judged. */
  GTlsDatabase *real; /* owned; written once, before any thread can see it */
};

G_DEFINE_TYPE (EngineTlsDelegate, engine_tls_delegate, G_TYPE_TLS_DATABASE)

static GTlsDatabase *system_database;

/* Not by the backend's own function, which answers with the one that we have set. */
static void
read_system_database (void)
{
  GTlsBackend *backend = g_tls_backend_get_default ();

  system_database = G_TLS_BACKEND_GET_INTERFACE (backend)->get_default_database (backend);
}

static GTlsDatabase *
get_real (EngineTlsDelegate *self)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  if (self->real != NULL)
    return self->real;
  pthread_once (&once, read_system_database);
  return system_database;
}

static GTlsCertificateFlags
engine_tls_delegate_verify_chain (GTlsDatabase *database,
                                  GTlsCertificate *chain,
                                  const char *purpose,
                                  GSocketConnectable *identity,
                                  GTlsInteraction *interaction,
                                  GTlsDatabaseVerifyFlags flags,
                                  GCancellable *cancellable,
                                  GError **error)
{
  GTlsDatabase *real = get_real (ENGINE_TLS_DELEGATE (database));

  if (real == NULL)
    return G_TLS_CERTIFICATE_UNKNOWN_CA;
  return g_tls_database_verify_chain (real, chain, purpose, identity, interaction, flags,
                                      cancellable, error);
}

static void
engine_tls_delegate_finalize (GObject *object)
{
  g_clear_object (&ENGINE_TLS_DELEGATE (object)->real);
  G_OBJECT_CLASS (engine_tls_delegate_parent_class)->finalize (object);
}

static void
engine_tls_delegate_class_init (EngineTlsDelegateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = engine_tls_delegate_finalize;
  G_TLS_DATABASE_CLASS (klass)->verify_chain = engine_tls_delegate_verify_chain;
}

static void
engine_tls_delegate_init (EngineTlsDelegate *self)
{
}

GTlsDatabase *
engine_tls_database_new_delegating (GTlsDatabase *real)
{
  EngineTlsDelegate *self = g_object_new (ENGINE_TYPE_TLS_DELEGATE, NULL);

  self->real = real != NULL ? g_object_ref (real) : NULL;
  return G_TLS_DATABASE (self);
}

void
engine_tls_prepare_process (void)
{
  GTlsBackend *backend;
  g_autoptr (GTlsDatabase) delegate = NULL;

  /* libsoup 3.2 has no other way to ask for HTTP/1.1, which a file wants: HTTP/2
   * costs a third more here and still carries one file a connection. */
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  signal (SIGPIPE, SIG_IGN);

  backend = g_tls_backend_get_default ();
  if (!g_tls_backend_supports_tls (backend))
    return;
  delegate = engine_tls_database_new_delegating (NULL);
  g_tls_backend_set_default_database (backend, delegate);
}

gboolean
engine_tls_trust_only (const char *path, GError **error)
{
  g_autoptr (GError) refused = NULL;
  GList *certificates = g_tls_certificate_list_new_from_file (path, &refused);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autoptr (GTlsDatabase) real = NULL;
  g_autoptr (GTlsDatabase) delegate = NULL;

  if (certificates != NULL)
    real = g_tls_file_database_new (absolute, &refused);
  g_list_free_full (certificates, g_object_unref);
  if (real == NULL)
    {
      g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_TLS,
                   _ ("no certificate can be read from %s: %s"), path,
                   refused != NULL ? refused->message : _ ("there is none in it"));
      return FALSE;
    }
  delegate = engine_tls_database_new_delegating (real);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), delegate);
  return TRUE;
}

char *
engine_tls_describe_errors (GTlsCertificateFlags errors)
{
  if (errors & G_TLS_CERTIFICATE_REVOKED)
    return g_strdup (_ ("the server's certificate has been revoked"));
  if (errors & G_TLS_CERTIFICATE_EXPIRED)
    return g_strdup (_ ("the server's certificate has expired"));
  if (errors & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return g_strdup (_ ("the server's certificate is not valid yet"));
  if (errors & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return g_strdup (_ ("the server's certificate is for another name"));
  if (errors & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return g_strdup (_ ("the server's certificate is signed by nobody that this system trusts"));
  if (errors & G_TLS_CERTIFICATE_INSECURE)
    return g_strdup (_ ("the server's certificate uses a method that is not secure"));
  return g_strdup (_ ("the server's certificate is refused"));
}

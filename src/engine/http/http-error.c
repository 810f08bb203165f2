/* From the errors of GIO and libsoup to ours. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/http-error.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>

#include "engine/http/tls.h"

static GError *
from_io_error (const GError *error, const char *host)
{
  switch (error->code)
    {
    case G_IO_ERROR_CANCELLED:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_CANCELLED, _ ("cancelled"));
    case G_IO_ERROR_TIMED_OUT:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_TIMEOUT,
                          _ ("the server did not answer in time"));
    case G_IO_ERROR_CONNECTION_REFUSED:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_CONNECT,
                          _ ("the server refused the connection"));
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_CONNECT, _ ("%s cannot be reached"), host);
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_CONNECTION_CLOSED: /* also G_IO_ERROR_BROKEN_PIPE */
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_CLOSED_EARLY,
                          _ ("the server closed the connection early"));
    case G_IO_ERROR_HOST_NOT_FOUND:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_RESOLVE, _ ("%s is not known"), host);
    case G_IO_ERROR_PROXY_FAILED:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_CONNECT, _ ("the proxy refused: %s"),
                          error->message);
    case G_IO_ERROR_PROXY_AUTH_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
    case G_IO_ERROR_PROXY_NOT_ALLOWED:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_PROXY, _ ("the proxy refused: %s"),
                          error->message);
    default:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_CONNECT, _ ("the connection failed: %s"),
                          error->message);
    }
}

static GError *
from_session_error (const GError *error)
{
  switch (error->code)
    {
    case SOUP_SESSION_ERROR_PARSING:
    case SOUP_SESSION_ERROR_ENCODING:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_PROTOCOL,
                          _ ("the server's answer cannot be understood"));
    case SOUP_SESSION_ERROR_TOO_MANY_RESTARTS:
    case SOUP_SESSION_ERROR_TOO_MANY_REDIRECTS:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_REDIRECT,
                          _ ("the server redirects without end"));
    default:
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_PROTOCOL, "%s", error->message);
    }
}

GError *
engine_http_error_new (GError *error, const char *host, GTlsCertificateFlags certificate_errors)
{
  g_autoptr (GError) theirs = error;

  /* libsoup 3.2 fails without a reason where a connection ends at some moments. */
  if (theirs == NULL)
    return g_error_new (ENGINE_ERROR, ENGINE_ERROR_CLOSED_EARLY,
                        _ ("the server closed the connection early"));
  if (certificate_errors != 0 || g_error_matches (theirs, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    {
      g_autofree char *why = engine_tls_describe_errors (certificate_errors);

      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_TLS, "%s", why);
    }
  if (g_error_matches (theirs, G_TLS_ERROR, G_TLS_ERROR_EOF))
    return g_error_new (ENGINE_ERROR, ENGINE_ERROR_CLOSED_EARLY,
                        _ ("the server closed the connection early"));
  if (theirs->domain == G_TLS_ERROR)
    return g_error_new (ENGINE_ERROR, ENGINE_ERROR_TLS, _ ("no secure connection: %s"),
                        theirs->message);
  if (theirs->domain == G_RESOLVER_ERROR)
    return g_error_new (ENGINE_ERROR, ENGINE_ERROR_RESOLVE, _ ("%s is not known"), host);
  if (theirs->domain == G_IO_ERROR)
    return from_io_error (theirs, host);
  if (theirs->domain == SOUP_SESSION_ERROR)
    return from_session_error (theirs);
  return g_error_new (ENGINE_ERROR, ENGINE_ERROR_PROTOCOL, "%s", theirs->message);
}

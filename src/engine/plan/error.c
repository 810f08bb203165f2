/* The engine's errors. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/error.h"

#include <string.h>

G_DEFINE_QUARK (engine_error, engine_error)

static const char *const nicks[ENGINE_N_ERRORS] = {
  [ENGINE_ERROR_ADDRESS] = "address",
  [ENGINE_ERROR_RESOLVE] = "resolve",
  [ENGINE_ERROR_CONNECT] = "connect",
  [ENGINE_ERROR_TIMEOUT] = "timeout",
  [ENGINE_ERROR_CLOSED_EARLY] = "closed-early",
  [ENGINE_ERROR_TLS] = "tls",
  [ENGINE_ERROR_PROTOCOL] = "protocol",
  [ENGINE_ERROR_HTTP] = "http",
  [ENGINE_ERROR_REDIRECT] = "redirect",
  [ENGINE_ERROR_CHANGED] = "changed",
  [ENGINE_ERROR_DISK_FULL] = "disk-full",
  [ENGINE_ERROR_DISK_AWAY] = "disk-away",
  [ENGINE_ERROR_DISK] = "disk",
  [ENGINE_ERROR_NAME] = "name",
  [ENGINE_ERROR_IN_USE] = "in-use",
  [ENGINE_ERROR_CHECKSUM] = "checksum",
  [ENGINE_ERROR_CANCELLED] = "cancelled",
  [ENGINE_ERROR_JOURNAL] = "journal",
  [ENGINE_ERROR_DAMAGED] = "damaged",
  [ENGINE_ERROR_PROXY] = "proxy",
};

/* RFC 9110, 15: the phrases of the codes that a download meets. */
static const struct
{
  int status;
  const char *phrase;
} phrases[] = {
  { 204, "No Content" },
  { 205, "Reset Content" },
  { 300, "Multiple Choices" },
  { 304, "Not Modified" },
  { 400, "Bad Request" },
  { 401, "Unauthorized" },
  { 402, "Payment Required" },
  { 403, "Forbidden" },
  { 404, "Not Found" },
  { 405, "Method Not Allowed" },
  { 406, "Not Acceptable" },
  { 407, "Proxy Authentication Required" },
  { 408, "Request Timeout" },
  { 409, "Conflict" },
  { 410, "Gone" },
  { 412, "Precondition Failed" },
  { 414, "URI Too Long" },
  { 416, "Range Not Satisfiable" },
  { 421, "Misdirected Request" },
  { 425, "Too Early" },
  { 426, "Upgrade Required" },
  { 429, "Too Many Requests" },
  { 431, "Request Header Fields Too Large" },
  { 451, "Unavailable For Legal Reasons" },
  { 500, "Internal Server Error" },
  { 501, "Not Implemented" },
  { 502, "Bad Gateway" },
  { 503, "Service Unavailable" },
  { 504, "Gateway Timeout" },
  { 505, "HTTP Version Not Supported" },
  { 507, "Insufficient Storage" },
  { 511, "Network Authentication Required" },
};

/* A server's own phrase may be anything; a person is shown one plain line of it. */
static char *
clean_phrase (const char *reason)
{
  g_autofree char *valid = g_utf8_make_valid (reason, MIN (strlen (reason), 80));

  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return g_strdup (g_strstrip (valid));
}

GError *
engine_error_new_http (int status, const char *reason)
{
  g_autofree char *own = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (phrases); i++)
    if (phrases[i].status == status)
      return g_error_new (ENGINE_ERROR, ENGINE_ERROR_HTTP, "%d %s", status, phrases[i].phrase);
  own = reason != NULL ? clean_phrase (reason) : g_strdup ("");
  return g_error_new (ENGINE_ERROR, ENGINE_ERROR_HTTP, *own != '\0' ? "%d %s" : "%d", status, own);
}

int
engine_error_get_http_status (const GError *error)
{
  if (!g_error_matches (error, ENGINE_ERROR, ENGINE_ERROR_HTTP))
    return 0;
  return (int) g_ascii_strtoll (error->message, NULL, 10);
}

const char *
engine_error_get_nick (EngineErrorCode code)
{
  g_return_val_if_fail (code < ENGINE_N_ERRORS, NULL);

  return nicks[code];
}

gboolean
engine_error_from_nick (const char *nick, EngineErrorCode *code)
{
  for (int i = 0; nick != NULL && i < ENGINE_N_ERRORS; i++)
    if (strcmp (nicks[i], nick) == 0)
      {
        *code = i;
        return TRUE;
      }
  return FALSE;
}

/* What is answered: the request's query, made status, head and body.
 *
 * Faults count only where `when` says so; what describes the file (its size, seed,
 * validators, type) counts always.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/hostile-reply.h"

#include <string.h>

/* `first:N`, `from:N`, `nth:N`, `every:N`, `ranged`, `whole`, `later` (a range that begins after
 * 0). */
static gboolean
holds (const HostileRequest *request, guint number)
{
  const char *when = hostile_request_get (request, "when");
  const char *colon = when != NULL ? strchr (when, ':') : NULL;
  guint n = colon != NULL ? strtoul (colon + 1, NULL, 10) : 1;

  if (when == NULL)
    return TRUE;
  if (g_str_has_prefix (when, "first"))
    return number <= n;
  if (g_str_has_prefix (when, "from"))
    return number >= n;
  if (g_str_has_prefix (when, "nth"))
    return number == n;
  if (g_str_has_prefix (when, "every"))
    return number % MAX (n, 1) == 0;
  if (strcmp (when, "ranged") == 0)
    return request->has_range;
  if (strcmp (when, "whole") == 0)
    return !request->has_range;
  return strcmp (when, "later") == 0 && request->has_range && request->start > 0;
}

static const char *
reason_of (int status)
{
  static const struct
  {
    int status;
    const char *reason;
  } known[] = {
    { 200, "OK" },
    { 204, "No Content" },
    { 206, "Partial Content" },
    { 301, "Moved" },
    { 302, "Found" },
    { 303, "See Other" },
    { 307, "Temporary Redirect" },
    { 308, "Permanent Redirect" },
    { 401, "Unauthorized" },
    { 403, "Forbidden" },
    { 404, "Not Found" },
    { 407, "Proxy Authentication Required" },
    { 408, "Request Timeout" },
    { 410, "Gone" },
    { 416, "Range Not Satisfiable" },
    { 429, "Too Many Requests" },
    { 500, "Internal Server Error" },
    { 502, "Bad Gateway" },
    { 503, "Service Unavailable" },
    { 504, "Gateway Timeout" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].status == status)
      return known[i].reason;
  return "Whatever";
}

static void
choose_framing (HostileReply *reply)
{
  gint64 length = reply->body.end - reply->body.start;
  const char *said = FAULT ("length");

  if (HAS_FAULT ("chunked") || HAS ("always-chunked"))
    {
      reply->body.chunk = INT ("chunk", 16384);
      hostile_reply_add (reply, "Transfer-Encoding: chunked");
      if (!HAS_FAULT ("both"))
        return;
    }
  if (HAS_FAULT ("no-length") || reply->status == 204 || reply->status == 304)
    {
      reply->close = reply->close || HAS_FAULT ("no-length");
      return;
    }
  if (said != NULL)
    hostile_reply_add (reply, "Content-Length: %s", said);
  else
    hostile_reply_add (reply, "Content-Length: %" G_GINT64_FORMAT,
                       length + FAULT_INT ("length-off", 0));
  if (FAULT ("second-length") != NULL)
    hostile_reply_add (reply, "Content-Length: %s", FAULT ("second-length"));
  reply->length_said = TRUE;
}

static void
choose_pace (HostileReply *reply)
{
  HostileBody *body = &reply->body;

  body->rate = INT ("rate", 0);
  if (HAS ("slow-connections") && (gint64) reply->conn->id <= INT ("slow-connections", 0))
    body->rate = INT ("slow-rate", 1000);
  body->slow_from = FAULT_INT ("slow-from", -1);
  body->slow_rate = INT ("slow-rate", 1000);
  body->cut = FAULT_INT ("cut", -1);
  body->reset = FAULT_INT ("reset", -1);
  body->stall = FAULT_INT ("stall", -1);
  body->pause = FAULT_INT ("pause", -1);
  body->pause_ms = INT ("pause-ms", 1000);
  body->extra = FAULT_INT ("extra", 0);
  body->no_last_chunk = HAS_FAULT ("no-last-chunk");
  body->bad_chunk = HAS_FAULT ("bad-chunk");
}

static gboolean
is_refused (HostileReply *reply)
{
  g_autofree char *challenge =
      GET ("auth") != NULL ? hostile_auth_dup_challenge (reply->request, GET ("auth")) : NULL;
  const char *need = GET ("need");
  g_auto (GStrv) parts = need != NULL ? g_strsplit (need, ":", 2) : NULL;

  if (challenge != NULL)
    {
      hostile_reply_add (reply, "WWW-Authenticate: %s", challenge);
      hostile_reply_make_page (reply, 401, "text/html", "<html>who are you?</html>");
      return TRUE;
    }
  if (parts != NULL && g_strv_length (parts) == 2)
    {
      const char *value = hostile_request_get_header (reply->request, parts[0]);

      if (value == NULL || strcmp (value, parts[1]) != 0)
        {
          hostile_reply_make_page (reply, 403, "text/html", "<html>not you</html>");
          return TRUE;
        }
    }
  return FALSE;
}

/* What comes in place of the file. */
static gboolean
is_replaced (HostileReply *reply)
{
  int status = FAULT_INT ("status", 0);

  if (is_refused (reply))
    return TRUE;
  if (FAULT ("redirect") != NULL)
    {
      hostile_reply_make_page (reply, INT ("redirect-status", 302), "text/html",
                               "<html>elsewhere</html>");
      hostile_reply_add (reply, "Location: %s", FAULT ("redirect"));
      return TRUE;
    }
  if (HAS_FAULT ("login"))
    {
      hostile_reply_make_page (reply, 200, "text/html; charset=utf-8",
                               "<html><form>log in again</form></html>");
      return TRUE;
    }
  if (status == 0)
    return FALSE;
  if (FAULT ("retry-after") != NULL)
    hostile_reply_add (reply, "Retry-After: %s", FAULT ("retry-after"));
  if (status == 204 || status == 304)
    hostile_reply_make_page (reply, status, NULL, "");
  else
    hostile_reply_make_page (reply, status, "text/html", "<html>no</html>");
  return TRUE;
}

static gboolean
find_file (HostileReply *reply)
{
  if (strcmp (reply->request->path, "/log") == 0)
    {
      g_autofree char *log = hostile_server_dup_log_json (reply->conn->server);

      hostile_reply_make_page (reply, 200, "application/jsonl", log);
      return TRUE;
    }
  if (strcmp (reply->request->path, "/echo") == 0)
    {
      GString *text = g_string_new (NULL);

      for (guint i = 0; i + 1 < reply->request->headers->len; i += 2)
        g_string_append_printf (text, "%s: %s\n", (char *) reply->request->headers->pdata[i],
                                (char *) reply->request->headers->pdata[i + 1]);
      hostile_reply_make_page (reply, 200, "text/plain", text->str);
      g_string_free (text, TRUE);
      return TRUE;
    }
  reply->document = hostile_server_dup_document (reply->conn->server, reply->request->path);
  if (reply->document != NULL)
    {
      reply->content_type = reply->document->content_type;
      reply->size = g_bytes_get_size (reply->document->bytes);
      return TRUE;
    }
  if (g_str_has_prefix (reply->request->path, "/bytes/"))
    return TRUE;
  hostile_reply_make_page (reply, 404, "text/html", "<html>no such thing</html>");
  return FALSE;
}

static void
make_head (HostileReply *reply)
{
  const HostileRequest *request = reply->request;
  gint64 block = FAULT_INT ("header-block", 0);

  if (reply->content_type != NULL)
    hostile_reply_add (reply, "Content-Type: %s", reply->content_type);
  if (GET ("disposition") != NULL)
    hostile_reply_add (reply, "Content-Disposition: %s", GET ("disposition"));
  if (!HAS ("no-ranges") && !HAS ("silent-ranges"))
    hostile_reply_add (reply, "Accept-Ranges: bytes");
  for (guint i = 0; i + 1 < request->query->len; i += 2)
    if (strcmp (request->query->pdata[i], "header") == 0)
      hostile_reply_add (reply, "%s", (char *) request->query->pdata[i + 1]);
  for (gint64 at = 0; at < block; at += 1000)
    {
      g_autofree char *filler = g_strnfill (980, 'y');

      hostile_reply_add (reply, "X-Fill-%06" G_GINT64_FORMAT ": %s", at, filler);
    }
  if (HAS_FAULT ("fold"))
    hostile_reply_add (reply, "X-Folded: one\r\n two");
  if (HAS_FAULT ("no-colon"))
    hostile_reply_add (reply, "This is no header");
  choose_framing (reply);
  reply->close = reply->close || HAS_FAULT ("close") || request->http_1_0 || HAS_FAULT ("http10") ||
                 g_strcmp0 (hostile_request_get_header (request, "Connection"), "close") == 0;
  if (reply->close && !HAS_FAULT ("http10") && !HAS_FAULT ("close-unsaid"))
    hostile_reply_add (reply, "Connection: close");
}

static gboolean
send_head (HostileReply *reply)
{
  const char *line = FAULT ("status-line");
  g_autofree char *own =
      g_strdup_printf ("HTTP/%s %d %s", HAS_FAULT ("http10") ? "1.0" : "1.1", reply->status,
                       HAS_FAULT ("no-reason") ? "" : reason_of (reply->status));
  g_autofree char *head =
      g_strconcat (line != NULL ? line : own, "\r\n", reply->head->str, "\r\n", NULL);
  gint64 drip_ms = FAULT_INT ("head-drip", 0);
  int early = FAULT_INT ("early", 0);

  for (int i = 0; early > 0 && i < FAULT_INT ("early-times", 1); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("HTTP/1.1 %d Early\r\nLink: </x>; rel=preload\r\n\r\n", early);

      if (!hostile_conn_write (reply->conn, text, strlen (text)))
        return FALSE;
    }
  if (HAS_FAULT ("bare-lf"))
    {
      g_auto (GStrv) lines = g_strsplit (head, "\r\n", -1);

      g_free (head);
      head = g_strjoinv ("\n", lines);
    }
  if (FAULT ("cut-head") != NULL)
    {
      hostile_conn_write (reply->conn, head,
                          MIN (strlen (head), (gsize) FAULT_INT ("cut-head", 0)));
      return FALSE;
    }
  for (gsize i = 0; drip_ms > 0 && i < strlen (head); i++)
    if (!hostile_conn_write (reply->conn, head + i, 1) || !hostile_conn_wait (reply->conn, drip_ms))
      return FALSE;
  return drip_ms > 0 || hostile_conn_write (reply->conn, head, strlen (head));
}

/* Those that are no reply at all. */
static gboolean
is_no_reply (HostileReply *reply)
{
  const char *raw = FAULT ("raw");

  if (HAS_FAULT ("delay-ms") && !hostile_conn_wait (reply->conn, FAULT_INT ("delay-ms", 0)))
    return TRUE;
  if (raw != NULL)
    {
      gsize length;
      g_autofree guint8 *bytes = g_base64_decode (raw, &length);

      hostile_conn_write (reply->conn, bytes, length);
      return TRUE;
    }
  if (HAS_FAULT ("hang"))
    hostile_conn_wait (reply->conn, -1);
  if (HAS_FAULT ("abort"))
    hostile_conn_reset (reply->conn);
  return HAS_FAULT ("hang") || HAS_FAULT ("abort") || HAS_FAULT ("hang-up");
}

static gboolean
answer (HostileReply *reply, HostileOutcome *outcome)
{
  if (is_no_reply (reply))
    return FALSE;
  if (find_file (reply) && !is_replaced (reply))
    hostile_reply_make_file (reply);
  choose_pace (reply);
  make_head (reply);
  outcome->status = reply->status;
  if (!send_head (reply))
    return FALSE;
  if (strcmp (reply->request->method, "HEAD") == 0 || reply->status == 204 || reply->status == 304)
    return !reply->close;
  return hostile_body_send (reply->conn, &reply->body, &outcome->sent) && !reply->close;
}

gboolean
hostile_reply (HostileConn *conn, const HostileRequest *request, HostileOutcome *outcome)
{
  const char *key = hostile_request_get (request, "key");
  HostileReply reply = {
    .conn = conn, .request = request, .status = 200, .content_type = "application/octet-stream"
  };
  gint64 most = hostile_request_get_int (request, "max-conns", 0);
  gboolean goes_on;
  guint busy;

  key = key != NULL ? key : request->path;
  reply.number = hostile_server_number (conn->server, key);
  reply.faulty = holds (request, reply.number);
  reply.head = g_string_new (NULL);
  reply.body.payload.odd_byte = -1;
  busy = hostile_server_enter (conn->server, key);
  if (most > 0 && busy > most)
    {
      const char *retry_after = hostile_request_get (request, "retry-after");

      hostile_reply_make_page (&reply, hostile_request_get_int (request, "over", 503), "text/html",
                               "<html>busy</html>");
      if (retry_after != NULL)
        hostile_reply_add (&reply, "Retry-After: %s", retry_after);
      reply.faulty = FALSE;
      make_head (&reply);
      outcome->status = reply.status;
      reply.body.cut = reply.body.reset = reply.body.stall = reply.body.pause =
          reply.body.slow_from = -1;
      goes_on = send_head (&reply) && hostile_body_send (conn, &reply.body, &outcome->sent) &&
                !reply.close;
    }
  else
    goes_on = answer (&reply, outcome);
  hostile_server_leave (conn->server, key);
  g_string_free (reply.head, TRUE);
  g_clear_pointer (&reply.document, hostile_document_free);
  return goes_on;
}

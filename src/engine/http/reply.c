/* Reading a reply's head. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/reply.h"

#include <glib/gi18n.h>

#include "engine/http/reply-private.h"
#include "engine/plan/address.h"
#include "engine/plan/checksum.h"
#include "engine/plan/error.h"

void
engine_reply_clear (EngineReply *self)
{
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->final_address, g_free);
  g_clear_pointer (&self->disposition, g_free);
  g_clear_pointer (&self->content_type, g_free);
  g_clear_pointer (&self->digest, g_free);
  engine_validator_clear (&self->validator);
}

static gboolean
read_length (EngineReply *self, SoupMessageHeaders *headers, GError **error)
{
  const char *said = soup_message_headers_get_list (headers, "Content-Length");

  self->content_length = -1;
  /* RFC 9112, 6.3: a transfer coding overrides a length. */
  if (self->chunked || said == NULL)
    return TRUE;
  self->content_length = engine_content_length_parse (said);
  if (self->content_length >= 0)
    return TRUE;
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_PROTOCOL,
               _ ("the server's answer contradicts itself about the file's length"));
  return FALSE;
}

static gboolean
read_range (EngineReply *self, SoupMessageHeaders *headers, GError **error)
{
  const char *said = soup_message_headers_get_one (headers, "Content-Range");

  self->has_range = FALSE;
  if (self->status != SOUP_STATUS_PARTIAL_CONTENT &&
      self->status != SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE)
    return TRUE;
  if (said == NULL && self->status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE)
    return TRUE;
  if (said != NULL && engine_content_range_parse (said, &self->range))
    {
      self->has_range = TRUE;
      if (self->status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE || self->content_length < 0 ||
          self->content_length == self->range.end - self->range.start)
        return TRUE;
    }
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_PROTOCOL,
               _ ("the server's answer contradicts itself about the part of the file it sends"));
  return FALSE;
}

static void
read_validator (EngineReply *self, SoupMessageHeaders *headers)
{
  EngineValidator *v = &self->validator;

  v->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  v->last_modified = g_strdup (soup_message_headers_get_one (headers, "Last-Modified"));
  v->content_type = g_strdup (self->content_type);
  v->length = -1;
  if (self->has_range)
    v->length = self->range.total;
  else if (self->status == SOUP_STATUS_OK)
    v->length = self->content_length;
}

static char *
dup_address (SoupMessage *message)
{
  g_autofree char *whole = g_uri_to_string (soup_message_get_uri (message));

  return engine_address_dup_shown (whole);
}

/* RFC 9530 and, before it, RFC 3230. What Content-Digest says is of this very body. */
static void
read_digest (EngineReply *self, SoupMessageHeaders *headers)
{
  static const char *const names[] = { "Repr-Digest", "Digest", "Content-Digest" };

  if (soup_message_headers_get_list (headers, "Content-Encoding") != NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (names) && self->digest == NULL; i++)
    {
      const char *said = soup_message_headers_get_list (headers, names[i]);
      gboolean whole =
          self->status == SOUP_STATUS_OK ||
          (self->has_range && self->range.start == 0 && self->range.end == self->range.total);

      if (said != NULL && (whole || (i < 2 && self->status == SOUP_STATUS_PARTIAL_CONTENT)))
        self->digest = engine_checksum_from_header (said);
    }
}

gboolean
engine_reply_read (EngineReply *self, SoupMessage *message, gint64 now_unix, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  const char *accepts = soup_message_headers_get_list (headers, "Accept-Ranges");
  const char *retry_after = soup_message_headers_get_one (headers, "Retry-After");
  const char *connection = soup_message_headers_get_list (headers, "Connection");

  self->status = soup_message_get_status (message);
  self->reason = g_strdup (soup_message_get_reason_phrase (message));
  self->final_address = dup_address (message);
  self->disposition = g_strdup (soup_message_headers_get_one (headers, "Content-Disposition"));
  self->content_type = type != NULL ? g_ascii_strdown (type, -1) : NULL;
  self->chunked = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED;
  self->announced_close = connection != NULL
                              ? soup_header_contains (connection, "close")
                              : soup_message_get_http_version (message) == SOUP_HTTP_1_0;
  self->retry_after_s = retry_after != NULL ? engine_retry_after_parse (retry_after, now_unix) : -1;

  if (!read_length (self, headers, error) || !read_range (self, headers, error))
    return FALSE;
  self->accepts_ranges = self->status == SOUP_STATUS_PARTIAL_CONTENT ||
                         (accepts != NULL && soup_header_contains (accepts, "bytes"));
  read_validator (self, headers);
  read_digest (self, headers);
  return TRUE;
}

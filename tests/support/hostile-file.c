/* The file that a request asks for: its bytes, validators, encoding and range. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/hostile-reply.h"

#include <string.h>

void
hostile_reply_add (HostileReply *reply, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (reply->head, format, args);
  va_end (args);
  g_string_append (reply->head, "\r\n");
}

/* A short page in place of the file. */
void
hostile_reply_make_page (HostileReply *reply, int status, const char *type, const char *text)
{
  g_clear_pointer (&reply->document, hostile_document_free);
  reply->document = g_new0 (HostileDocument, 1);
  reply->document->bytes = g_bytes_new (text, strlen (text));
  reply->status = status;
  reply->content_type = type;
  reply->size = strlen (text);
  reply->body.payload = (HostilePayload){ .odd_byte = -1, .bytes = reply->document->bytes };
  reply->body.start = 0;
  reply->body.end = reply->size;
}

static void
add_digests (HostileReply *reply)
{
  static const struct
  {
    const char *name;
    GChecksumType type;
  } known[] = { { "md5", G_CHECKSUM_MD5 },
                { "sha", G_CHECKSUM_SHA1 },
                { "sha-256", G_CHECKSUM_SHA256 },
                { "sha-512", G_CHECKSUM_SHA512 } };
  const char *wanted = GET ("digest");
  const char *colon = wanted != NULL ? strchr (wanted, ':') : NULL;

  for (gsize i = 0; colon != NULL && i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].name, colon + 1) == 0)
      {
        g_autofree char *hex =
            hostile_payload_dup_digest (&reply->body.payload, reply->size, known[i].type);
        guint8 raw[64];
        gsize n = strlen (hex) / 2;
        g_autofree char *encoded = NULL;

        for (gsize j = 0; j < n; j++)
          raw[j] = g_ascii_xdigit_value (hex[2 * j]) * 16 + g_ascii_xdigit_value (hex[2 * j + 1]);
        raw[0] ^= HAS_FAULT ("digest-wrong");
        encoded = g_base64_encode (raw, n);
        if (g_str_has_prefix (wanted, "old"))
          hostile_reply_add (reply, "Digest: %s=%s", known[i].name, encoded);
        else
          hostile_reply_add (reply, "%s-Digest: %s=:%s:",
                             g_str_has_prefix (wanted, "repr") ? "Repr" : "Content", known[i].name,
                             encoded);
      }
}

static void
add_validators (HostileReply *reply)
{
  const char *etag = GET ("etag");
  guint64 version = reply->body.payload.version;
  gboolean odd = reply->body.payload.odd_byte >= 0;

  if (etag != NULL && !HAS_FAULT ("no-etag"))
    {
      const char *weak = HAS ("weak") || HAS_FAULT ("make-weak") ? "W/" : "";

      if (HAS ("rotate"))
        hostile_reply_add (reply, "ETag: %s\"%s-%u\"", weak, etag, reply->number);
      else if ((version != 1 || odd) && !HAS ("keep-etag"))
        hostile_reply_add (reply, "ETag: %s\"%s-v%" G_GUINT64_FORMAT "%s\"", weak, etag, version,
                           odd ? "odd" : "");
      else
        hostile_reply_add (reply, "ETag: %s\"%s\"", weak, etag);
    }
  if (HAS ("modified") && !HAS_FAULT ("no-modified"))
    {
      gint64 shift = (version != 1 || odd) && !HAS ("keep-modified") ? 3600 : 0;
      g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (INT ("modified", 0) + shift);
      g_autofree char *text = g_date_time_format (date, "%a, %d %b %Y %H:%M:%S GMT");

      hostile_reply_add (reply, "Last-Modified: %s", text);
    }
}

static gboolean
is_if_range_met (HostileReply *reply)
{
  const char *said = hostile_request_get_header (reply->request, "If-Range");
  g_autofree char *etag = NULL;
  g_autofree char *modified = NULL;

  if (said == NULL || HAS_FAULT ("ignore-if-range"))
    return TRUE;
  etag = g_strdup_printf ("ETag: %s\r\n", said);
  modified = g_strdup_printf ("Last-Modified: %s\r\n", said);
  return !g_str_has_prefix (said, "W/") &&
         (strstr (reply->head->str, etag) != NULL || strstr (reply->head->str, modified) != NULL);
}

/* Which bytes of the file go, and what is said about them. */
static void
choose_range (HostileReply *reply)
{
  const HostileRequest *request = reply->request;
  gint64 start = request->start;
  gint64 end = request->end < 0 ? reply->size : MIN (request->end, reply->size);
  gint64 shift = FAULT_INT ("range-shift", 0);

  reply->body.start = 0;
  reply->body.end = reply->size;
  if (reply->status != 200 || !request->has_range || HAS ("no-ranges") ||
      HAS_FAULT ("ignore-range") || !is_if_range_met (reply))
    return;
  if (start >= reply->size || HAS_FAULT ("refuse-range"))
    {
      reply->status = 416;
      reply->body.end = 0;
      if (!HAS ("no-total"))
        hostile_reply_add (reply, "Content-Range: bytes */%" G_GINT64_FORMAT, reply->size);
      return;
    }
  reply->status = 206;
  if (HAS_FAULT ("range-short"))
    end = MIN (end, start + FAULT_INT ("range-short", 1));
  reply->body.start = CLAMP (start + shift, 0, end);
  reply->body.end = HAS_FAULT ("range-long") ? reply->size : end;
  if (HAS_FAULT ("range-whole"))
    reply->body.start = 0;
  if (HAS_FAULT ("no-content-range"))
    return;
  if (FAULT ("content-range") != NULL)
    hostile_reply_add (reply, "Content-Range: %s", FAULT ("content-range"));
  else if (HAS ("no-total"))
    hostile_reply_add (reply, "Content-Range: bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/*",
                       HAS_FAULT ("lie") ? start : reply->body.start, reply->body.end - 1);
  else
    hostile_reply_add (reply,
                       "Content-Range: bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT
                       "/%" G_GINT64_FORMAT,
                       HAS_FAULT ("lie") ? start : reply->body.start, reply->body.end - 1,
                       reply->size + FAULT_INT ("range-total", 0));
}

/* The whole body squeezed; ranges are then of what is squeezed. */
static void
encode (HostileReply *reply)
{
  const char *encoding = FAULT ("encoding");
  g_autoptr (GZlibCompressor) compressor = NULL;
  g_autoptr (GOutputStream) memory = NULL;
  g_autoptr (GOutputStream) converter = NULL;
  g_autofree guint8 *block = NULL;

  if (encoding == NULL)
    return;
  hostile_reply_add (reply, "Content-Encoding: %s", encoding);
  if (strcmp (encoding, "gzip") != 0 && strcmp (encoding, "deflate") != 0)
    return;
  compressor = g_zlib_compressor_new (*encoding == 'g' ? G_ZLIB_COMPRESSOR_FORMAT_GZIP
                                                       : G_ZLIB_COMPRESSOR_FORMAT_ZLIB,
                                      6);
  memory = g_memory_output_stream_new_resizable ();
  converter = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  block = g_malloc (65536);
  for (gint64 at = 0; at < reply->size; at += 65536)
    {
      gsize n = MIN (65536, reply->size - at);

      hostile_payload_fill (&reply->body.payload, at, block, n);
      g_output_stream_write_all (converter, block, n, NULL, NULL, NULL);
    }
  g_output_stream_close (converter, NULL, NULL);
  g_clear_pointer (&reply->document, hostile_document_free);
  reply->document = g_new0 (HostileDocument, 1);
  reply->document->bytes = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  reply->body.payload.bytes = reply->document->bytes;
  reply->body.payload.odd_byte = -1;
  reply->size = g_bytes_get_size (reply->document->bytes);
}

static void
describe_file (HostileReply *reply)
{
  HostilePayload *payload = &reply->body.payload;

  *payload = (HostilePayload){ .seed = INT ("seed", 1),
                               .version = INT ("version", 1),
                               .odd_byte = FAULT_INT ("odd-byte", -1),
                               .zeros = HAS ("zeros") };
  if (HAS ("change") && reply->number >= INT ("change", 2))
    payload->version = 2;
  if (HAS ("change-always"))
    payload->version = reply->number;
  if (reply->document != NULL)
    payload->bytes = reply->document->bytes;
  else
    reply->size = g_ascii_strtoll (reply->request->path + strlen ("/bytes/"), NULL, 10);
  reply->size += payload->version != 1 ? INT ("grow", 0) : 0;
  reply->content_type = GET ("type") != NULL ? GET ("type") : reply->content_type;
}

void
hostile_reply_make_file (HostileReply *reply)
{
  describe_file (reply);
  add_digests (reply);
  encode (reply);
  add_validators (reply);
  choose_range (reply);
}

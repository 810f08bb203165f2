/* Unasked encodings. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/decoding.h"

#include <string.h>

#include "engine/plan/file-name.h"

static gboolean
names_a_compressed_file (const char *name)
{
  static const char *const endings[] = { ".gz", ".tgz", ".svgz", ".z", ".gzip", NULL };
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  for (int i = 0; lower != NULL && endings[i] != NULL; i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_compressed_type (const char *content_type)
{
  static const char *const types[] = {
    "application/gzip",       "application/x-gzip",
    "application/x-gunzip",   "application/x-tgz",
    "application/x-compress", "application/x-compressed",
    "application/x-gtar",     NULL,
  };

  return content_type != NULL && g_strv_contains (types, content_type);
}

EngineDecoding
engine_decoding_choose (const char *encoding,
                        const char *content_type,
                        const char *address,
                        const char *disposition)
{
  g_autofree char *said =
      disposition != NULL ? engine_file_name_from_disposition (disposition) : NULL;
  g_autofree char *from_address = engine_file_name_from_address (address);
  g_autofree char *trimmed = encoding != NULL ? g_strstrip (g_ascii_strdown (encoding, -1)) : NULL;

  if (trimmed == NULL || *trimmed == '\0' || strcmp (trimmed, "identity") == 0)
    return ENGINE_DECODING_NONE;
  if (is_compressed_type (content_type) ||
      names_a_compressed_file (said != NULL ? said : from_address))
    return ENGINE_DECODING_NONE;
  if (strcmp (trimmed, "gzip") == 0 || strcmp (trimmed, "x-gzip") == 0)
    return ENGINE_DECODING_GZIP;
  if (strcmp (trimmed, "deflate") == 0)
    return ENGINE_DECODING_DEFLATE;
  return ENGINE_DECODING_UNKNOWN;
}

GInputStream *
engine_decoding_wrap (EngineDecoding decoding, GInputStream *body)
{
  /* RFC 9110, 8.4.1.2: `deflate` is the zlib format. */
  g_autoptr (GZlibDecompressor) decompressor =
      g_zlib_decompressor_new (decoding == ENGINE_DECODING_GZIP ? G_ZLIB_COMPRESSOR_FORMAT_GZIP
                                                                : G_ZLIB_COMPRESSOR_FORMAT_ZLIB);

  return g_converter_input_stream_new (body, G_CONVERTER (decompressor));
}

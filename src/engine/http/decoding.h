/* decoding.h: a body that comes with a Content-Encoding nobody asked for.
 *
 * As browsers do: it is decoded, unless the file itself is the compressed one,
 * by its name or its type. The folder's own; a worker's.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  ENGINE_DECODING_NONE, /* no encoding, or one that is the file's own */
  ENGINE_DECODING_GZIP,
  ENGINE_DECODING_DEFLATE,
  ENGINE_DECODING_UNKNOWN, /* one that we cannot undo */
} EngineDecoding;

/**
 * engine_decoding_choose:
 * @encoding: (nullable): the header's value
 * @content_type: (nullable): lower case, without parameters
 * @address: whose last segment may be the file's name
 * @disposition: (nullable): the header's value
 */
EngineDecoding engine_decoding_choose (const char *encoding,
                                       const char *content_type,
                                       const char *address,
                                       const char *disposition);

/** engine_decoding_wrap: Returns: (transfer full): @body decoded; for GZIP and DEFLATE only */
GInputStream *engine_decoding_wrap (EngineDecoding decoding, GInputStream *body);

G_END_DECLS

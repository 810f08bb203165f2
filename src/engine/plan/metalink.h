/* metalink.h: what a Metalink 4 file (RFC 5854) says: files, their mirrors and checksums.
 *
 * Pure; any thread. No entity but XML's own five is known, so nothing outside is read.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engine/plan/pieces.h"

G_BEGIN_DECLS

/* A larger one is refused. */
#define ENGINE_MOST_METALINK (16 * 1024 * 1024)

typedef struct
{
  char *name;           /* owned; one safe component */
  gint64 size;          /* bytes, -1 unknown */
  char *checksum;       /* owned, nullable: `sha256=HEX`, the strongest that is known */
  GPtrArray *addresses; /* owned (element-type utf8); http and https, the preferred one first */
  EnginePieces *pieces; /* owned reference, nullable */
} EngineMetalinkFile;

void engine_metalink_file_free (EngineMetalinkFile *self);

/** engine_metalink_is: Returns: whether @text begins as a Metalink does */
gboolean engine_metalink_is (const char *text, gsize length);

/** engine_metalink_is_type: Returns: whether @content_type (lower case, no parameters) is
 * Metalink's, of whatever version */
gboolean engine_metalink_is_type (const char *content_type);

/**
 * engine_metalink_parse:
 *
 * Returns: (transfer full) (element-type EngineMetalinkFile): at least one, in the file's order;
 * %NULL with ENGINE_ERROR_PROTOCOL and the reason
 */
GPtrArray *engine_metalink_parse (const char *text, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineMetalinkFile, engine_metalink_file_free)

G_END_DECLS

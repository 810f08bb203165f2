/* pieces.h: the checksums of a file's pieces, as a Metalink lists them.
 *
 * Immutable and reference-counted; any thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EnginePieces EnginePieces;

/**
 * engine_pieces_new:
 * @length: (bytes) of each piece but the last
 * @digests: (transfer full) (element-type utf8): lower-case hexadecimal
 */
EnginePieces *engine_pieces_new (GChecksumType kind, gint64 length, GPtrArray *digests);
EnginePieces *engine_pieces_ref (EnginePieces *self);
void engine_pieces_unref (EnginePieces *self);

/** engine_pieces_get_length: Returns: of each piece but the last, in bytes */
gint64 engine_pieces_get_length (EnginePieces *self);
guint engine_pieces_get_count (EnginePieces *self);
GChecksumType engine_pieces_get_kind (EnginePieces *self);

/** engine_pieces_get_digest: Returns: (transfer none): of piece @n, in lower-case hexadecimal */
const char *engine_pieces_get_digest (EnginePieces *self, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EnginePieces, engine_pieces_unref)

G_END_DECLS

/* checksum.h: what a checksum is written like: for people, in headers, in files of checksums.
 *
 * Pure; any thread. Ours is `sha256=HEX`, in lower case.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** engine_checksum_kind_from_name: @name: `sha256`, `SHA-256`… Returns: whether it is one of the
 * five that we know */
gboolean engine_checksum_kind_from_name (const char *name, gsize length, GChecksumType *kind);

/** engine_checksum_kind_get_name: Returns: (transfer none): `md5`, `sha1`, `sha256`, `sha384` or
 * `sha512` */
const char *engine_checksum_kind_get_name (GChecksumType kind);

/** engine_checksum_strength: Returns: more for a kind that is harder to forge */
int engine_checksum_strength (GChecksumType kind);

/** engine_checksum_is_digest: Returns: whether @hex has exactly the digits of such a digest */
gboolean engine_checksum_is_digest (GChecksumType kind, const char *hex);

/**
 * engine_checksum_parse:
 * @text: `ALG=HEX`
 * @kind: (out) (nullable)
 *
 * Returns: (transfer full): the digest in lower case; %NULL where @text is no checksum
 */
char *engine_checksum_parse (const char *text, GChecksumType *kind);

/**
 * engine_checksum_from_header:
 * @value: of Repr-Digest, Content-Digest (RFC 9530) or Digest (RFC 3230)
 *
 * Returns: (transfer full) (nullable): `sha256=HEX`, the strongest that it has
 */
char *engine_checksum_from_header (const char *value);

/**
 * engine_checksum_from_file:
 * @text: of `NAME.sha256`, `SHA256SUMS` and so on, by coreutils (with or without `*`, `--tag`) or
 * just the digest
 * @name: the file whose digest is wanted
 * @alone: whether the file is about @name alone, so that its one digest needs no name
 * @kind: that the digests are of where the file does not say
 *
 * Returns: (transfer full) (nullable): `sha256=HEX`
 */
char *
engine_checksum_from_file (const char *text, const char *name, gboolean alone, GChecksumType kind);

G_END_DECLS

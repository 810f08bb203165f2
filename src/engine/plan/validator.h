/* validator.h: is what the server has now what we began with?
 *
 * Pure; any thread. The rule that no file is ever spliced from two versions is
 * decided here and nowhere else.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a reply said of the entity. Strings are owned; NULL where it said nothing. */
typedef struct
{
  char *etag;          /* as sent, with quotes and any W/ */
  char *last_modified; /* as sent */
  char *content_type;  /* without parameters, lower case */
  gint64 length;       /* of the whole entity in bytes, -1 unknown */
} EngineValidator;

typedef enum
{
  ENGINE_SAME,            /* equal strong ETags: go on */
  ENGINE_SAME_IF_OVERLAP, /* weak evidence: fetch the last 64 KiB of each range again and compare */
  ENGINE_SAME_IF_SAMPLED, /* another strong ETag, same length and date: overlap and eight random blocks */
  ENGINE_UNPROVEN,        /* nothing to compare: start over */
  ENGINE_CHANGED,         /* another entity: start over, and say so */
} EngineVerdict;

void engine_validator_clear (EngineValidator *self);
void engine_validator_copy (EngineValidator *to, const EngineValidator *from);

/** engine_validator_is_strong: Returns: whether it has an ETag that is not weak (RFC 9110, 8.8.1) */
gboolean engine_validator_is_strong (const EngineValidator *self);

/**
 * engine_validator_compare:
 * @ours: what the bytes on the disk came with
 * @theirs: what the reply says now
 *
 * DESIGN: equal strong ETags go on; without a strong one on either side, equal
 * length and an equal weak ETag or Last-Modified need the overlap check; strong ones
 * that differ mean another entity unless length and Last-Modified are there and equal.
 * Another length, or a type that has turned into HTML, is always another entity.
 */
EngineVerdict engine_validator_compare (const EngineValidator *ours, const EngineValidator *theirs);

/**
 * engine_validator_dup_if_range:
 *
 * Returns: (transfer full) (nullable): what If-Range may carry: a strong ETag, else
 *   %NULL. RFC 9110, 13.1.5: If-Range takes a strong validator only; a date is one only
 *   under conditions that a client can seldom prove
 */
char *engine_validator_dup_if_range (const EngineValidator *self);

G_END_DECLS

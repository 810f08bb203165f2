/* address.h: what a person typed, made an address that can be fetched, or a reason why not.
 *
 * Pure; any thread. Only http and https. What is shown or logged carries no
 * credentials.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * engine_address_normalize:
 * @text: with or without white space around it; spaces inside are percent-encoded as browsers do
 *
 * Returns: (transfer full): the address without its fragment, or %NULL with ENGINE_ERROR_ADDRESS
 */
char *engine_address_normalize (const char *text, GError **error);

/**
 * engine_address_dup_shown:
 *
 * Returns: (transfer full): @address without user name and password
 */
char *engine_address_dup_shown (const char *address);

/** engine_address_dup_host: Returns: (transfer full): `host:port`, lower case, with the scheme's
 * port where none is given */
char *engine_address_dup_host (const char *address);

/** engine_address_same_origin: Returns: whether scheme, host and port are equal (RFC 6454, 5) */
gboolean engine_address_same_origin (const char *a, const char *b);

/**
 * engine_address_suggest:
 * @text: an address that was refused
 *
 * Returns: (transfer full) (nullable): what was probably meant (`htps:` → `https:`, no scheme →
 * `https:`)
 */
char *engine_address_suggest (const char *text);

/* One line of what a person typed or pasted. */
typedef struct
{
  int line;         /* from 1 */
  int start;        /* where in the text it begins, in bytes */
  int length;       /* in bytes */
  char *address;    /* owned; NULL where not understood */
  char *suggestion; /* owned; NULL where none */
  GError *error;    /* owned; NULL where understood */
} EngineFound;

void engine_found_free (EngineFound *found);

/**
 * engine_address_find_all:
 * @text: any text; addresses are found also amid other words; `#` lines and blank ones are skipped
 *
 * A line in which nothing looks like an address is one entry with an error,
 * unless another line of the text has one and this one reads as prose.
 * Batch patterns are expanded: `[001-120]`, `[a-z]` and `{a,b,c}`, at most 8 in one
 * address and 10,000 addresses in all.
 *
 * Returns: (transfer full) (element-type EngineFound): in the order written
 */
GPtrArray *engine_address_find_all (const char *text);

G_END_DECLS

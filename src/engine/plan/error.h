/* error.h: what can go wrong with a download, told apart as far as anyone acts on it.
 *
 * Any thread. The code says what to do, the message (translated, one clause
 * with no full stop) says what happened and to what.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ENGINE_ERROR (engine_error_quark ())
GQuark engine_error_quark (void);

typedef enum
{
  ENGINE_ERROR_ADDRESS,      /* cannot be used: scheme, syntax */
  ENGINE_ERROR_RESOLVE,      /* the name does not resolve (may pass) */
  ENGINE_ERROR_CONNECT,      /* refused, unreachable (may pass) */
  ENGINE_ERROR_TIMEOUT,      /* nothing came in time (may pass) */
  ENGINE_ERROR_CLOSED_EARLY, /* the connection ended before the body did (may pass) */
  ENGINE_ERROR_TLS,          /* the certificate is refused */
  ENGINE_ERROR_PROTOCOL,     /* the reply is not HTTP, or contradicts itself or the request */
  ENGINE_ERROR_HTTP,         /* a status; engine_error_get_http_status() */
  ENGINE_ERROR_REDIRECT,     /* too many, to nowhere, or https to http */
  ENGINE_ERROR_CHANGED,      /* the file on the server is no longer the one begun */
  ENGINE_ERROR_DISK_FULL,    /* waits for room */
  ENGINE_ERROR_DISK_AWAY,    /* read-only, unplugged, folder gone: waits for it */
  ENGINE_ERROR_DISK,         /* any other refusal of the disk */
  ENGINE_ERROR_NAME,         /* no file can have that name there */
  ENGINE_ERROR_IN_USE,       /* another program or download writes this file */
  ENGINE_ERROR_CHECKSUM,     /* whole, but not what was promised */
  ENGINE_ERROR_CANCELLED,    /* by a person or by the end of the program */
  ENGINE_ERROR_JOURNAL,      /* the list could not be kept */
  ENGINE_ERROR_DAMAGED, /* pieces of it are not what was promised, and are fetched again (may pass)
                         */
  ENGINE_ERROR_PROXY,   /* lets nobody through, or not us */
} EngineErrorCode;
#define ENGINE_N_ERRORS 20

/**
 * engine_error_new_http:
 * @status: the reply's status code
 * @reason: (nullable): the reply's reason phrase, used where the code has none of its own
 *
 * Returns: (transfer full): an ENGINE_ERROR_HTTP with the message `404 Not Found`
 */
GError *engine_error_new_http (int status, const char *reason);

/** engine_error_get_http_status: Returns: the status that @error carries, 0 where none */
int engine_error_get_http_status (const GError *error);

/** engine_error_get_nick: Returns: (transfer none): the code's word for JSON and the journal:
 * `http`, `disk-full`… */
const char *engine_error_get_nick (EngineErrorCode code);

/**
 * engine_error_from_nick:
 * @code: (out)
 *
 * Returns: whether @nick is one of ours
 */
gboolean engine_error_from_nick (const char *nick, EngineErrorCode *code);

G_END_DECLS

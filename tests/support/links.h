/* links.h: a Metalink of one file, `f.bin`, being written: where it is, and what it must be.
 *
 * The file is the first bytes of HOSTILE_PAYLOAD_INIT. One thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "support/cli-run.h"
#include "support/hostile-server.h"

G_BEGIN_DECLS

typedef struct
{
  GString *text; /* owned, until links_end() */
  int urls;
} Links;

/** links_begin: @size: in bytes, below 0: not said */
Links links_begin (gint64 size);

/** links_add_digest: the SHA-256 of the file's first @size bytes */
void links_add_digest (Links *self, gint64 size);

/** links_add_pieces: the SHA-256 of each @length bytes */
void links_add_pieces (Links *self, gint64 size, gint64 length);

/** links_add_url: the next address, less preferred than those before */
void links_add_url (Links *self, const char *url);

/** links_add_file: a made-up file of @server's; @query: how it behaves */
void links_add_file (Links *self, HostileServer *server, gint64 size, const char *query);

/** links_add_dead: an address where nobody listens */
void links_add_dead (Links *self);

/** links_end: Returns: (transfer full): the path of the file, in @run's folder of its own */
char *links_end (Links *self, CliRun *run);

G_END_DECLS

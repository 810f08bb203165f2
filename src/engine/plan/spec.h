/* spec.h: what a person asked for: one address, where it goes, and how.
 *
 * A plain struct, filled by its maker and not changed once given away, so it may
 * be read by any thread. Strings are owned; NULL is "not said".
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engine/plan/cookies.h"
#include "engine/plan/metalink.h"
#include "engine/plan/netrc.h"

G_BEGIN_DECLS

typedef enum
{
  ENGINE_ON_CONFLICT_RENAME,
  ENGINE_ON_CONFLICT_OVERWRITE,
  ENGINE_ON_CONFLICT_SKIP,
} EngineOnConflict;

typedef struct
{
  char *address;  /* normalized; as typed where it could not be */
  char *folder;   /* absolute path */
  char *name;     /* asked for; NULL: from the server, else the address */
  char *checksum; /* `sha256=HEX` */
  char *referrer;
  char *user;             /* memory only: never in the journal */
  char *password;         /* memory only: never in the journal */
  GStrv headers;          /* `NAME: VALUE`; memory only */
  EngineCookies *cookies; /* owned reference; memory only */
  EngineNetrc *netrc;     /* owned reference; memory only */
  char *suggested_name;   /* as a Metalink says: where `name` is NULL; memory only */
  GStrv mirrors;          /* other addresses of the same file; memory only */
  gboolean via_metalink;  /* the address leads to a Metalink, and only `mirrors` to the file */
  EnginePieces *pieces;   /* owned reference; memory only */
  gint64 size;            /* bytes, as a Metalink says; -1 not said; memory only */
  gboolean find_checksum; /* look for files of checksums beside it; memory only */
  EngineOnConflict on_conflict;
  int max_connections; /* 0: as the engine is set */
  gboolean paused;     /* added, not started */
  gboolean no_resume;  /* start over even where a partial download could go on */
} EngineSpec;

/** engine_spec_new: Returns: (transfer full): a spec for @address into @folder, all else unsaid */
EngineSpec *engine_spec_new (const char *address, const char *folder);

/** engine_spec_take_credentials: moves user name and password out of the address */
void engine_spec_take_credentials (EngineSpec *self);
EngineSpec *engine_spec_copy (const EngineSpec *self);
void engine_spec_free (EngineSpec *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineSpec, engine_spec_free)

G_END_DECLS

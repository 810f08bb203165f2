/* schema.h: the journal's tables, and how older ones become today's.
 *
 * The journal's thread only. The folder's own.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Written into the file by SQLite's user_version. */
#define ENGINE_SCHEMA_VERSION 3

typedef enum
{
  ENGINE_SCHEMA_READY,
  ENGINE_SCHEMA_DAMAGED, /* not a database, or not ours */
  ENGINE_SCHEMA_NEWER,   /* written by a later Bobbin */
  ENGINE_SCHEMA_REFUSED, /* cannot be used now, though nothing is wrong with it: locked, no room, no
                            permission */
} EngineSchemaState;

/** engine_schema_judge: Returns: DAMAGED or REFUSED, by what SQLite answered */
EngineSchemaState engine_schema_judge (int status);

/** engine_schema_prepare: makes or migrates the tables, each step in a transaction */
EngineSchemaState engine_schema_prepare (sqlite3 *db);

G_END_DECLS

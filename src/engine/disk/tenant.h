/* tenant.h: the programs that use one state directory now, and who has which row.
 *
 * Each program that opens the journal is a tenant with a random number. It holds a
 * lock on the byte of that number in `journal.lock`, which the kernel lets go with the
 * process, however that ends; so a tenant is alive as long as its byte is locked.
 *
 * The journal's thread only. The folder's own.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _EngineTenant EngineTenant;

/**
 * engine_tenant_new:
 * @state_dir: (nullable): %NULL for a journal in memory, which nobody else has
 * @number: this program's, above 0
 */
EngineTenant *engine_tenant_new (const char *state_dir, gint64 number);

/** engine_tenant_free: lets the lock go */
void engine_tenant_free (EngineTenant *self);

/** engine_tenant_has_begun: Returns: whether a journal was ever finished making in this directory
 */
gboolean engine_tenant_has_begun (EngineTenant *self);

/** engine_tenant_mark_begun: the journal's tables are there */
void engine_tenant_mark_begun (EngineTenant *self);

/**
 * engine_tenant_enter:
 * @crashed: (out): whether one before us ended without leaving
 *
 * In the caller's transaction. Returns: whether @db took it
 */
gboolean engine_tenant_enter (EngineTenant *self, sqlite3 *db, gboolean *crashed);

/** engine_tenant_leave: an orderly end */
void engine_tenant_leave (EngineTenant *self, sqlite3 *db);

gint64 engine_tenant_get_number (EngineTenant *self);

/** engine_tenant_is_other: Returns: whether @number is another program that runs now */
gboolean engine_tenant_is_other (EngineTenant *self, gint64 number);

/** engine_tenant_is_alone: Returns: whether no other program has this directory's journal open */
gboolean engine_tenant_is_alone (EngineTenant *self);

/** engine_tenant_find_pid: Returns: the process of @number, 0 unknown */
int engine_tenant_find_pid (sqlite3 *db, gint64 number);

G_END_DECLS

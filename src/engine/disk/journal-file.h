/* journal-file.h: the journal's file: opened, checked, migrated, put aside where it is damaged.
 *
 * The journal's thread only. The folder's own.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "engine/disk/journal-rows.h"
#include "engine/disk/tenant.h"

G_BEGIN_DECLS

typedef struct
{
  char *state_dir; /* owned; canonical */
  char *path;      /* owned */
  gint64 number;   /* this program's among the tenants */
  gboolean for_command;
  EngineTenant *tenant; /* owned */
  sqlite3 *db;          /* owned; NULL: no journal can be had */
  EngineRows *rows;     /* owned; NULL where db is */
  char *notice;         /* owned; what a person should be told, nullable */
  GError *refused;      /* owned; why there is no journal, nullable */
} EngineJournalFile;

/**
 * engine_journal_file_open:
 * @salvaged: (element-type EngineRecord): filled with what of a damaged journal could be saved
 *
 * Where the file cannot be had for a reason of the disk, a journal in memory takes its place, and
 * the notice says so.
 */
EngineJournalFile *engine_journal_file_open (const char *state_dir,
                                             gint64 number,
                                             gboolean for_command,
                                             GPtrArray *salvaged);

/** engine_journal_file_begin_anew: reading has shown that it is damaged: puts it aside, begins a
 * new one, saves what has its seal */
void engine_journal_file_begin_anew (EngineJournalFile *self, GPtrArray *salvaged);

void engine_journal_file_free (EngineJournalFile *self);

G_END_DECLS

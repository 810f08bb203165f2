/* scene.h: a server, a folder, a state directory, and runs of bobbin-cli that are killed.
 *
 * One thread. The program is the one that BOBBIN_CLI_CRASH names: the real one, which dies on
 * demand.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/disk/journal.h"
#include "support/hostile-server.h"

G_BEGIN_DECLS

typedef struct
{
  HostileServer *server;
  char *root;   /* owned; temporary */
  char *folder; /* owned; where downloads go */
  char *state;  /* owned; the state directory */
  char *out;    /* owned; of the last run */
  char *err;    /* owned */
} Scene;

Scene *scene_new (void);

/** scene_free: removes its folder too */
void scene_free (Scene *self);

/** scene_clear: no file, no state; the server's log is empty */
void scene_clear (Scene *self);

/**
 * scene_start:
 * @crash: (nullable): `NAME:N`, see crash-point.c
 * @arguments: (array zero-terminated=1): after `get -q -d FOLDER --state-dir STATE --retry-wait 0`
 */
GSubprocess *scene_start (Scene *self, const char *crash, const char *const *arguments);

/** scene_wait: keeps what it said in out and err. Returns: the exit status, -1 where a signal ended
 * it */
int scene_wait (Scene *self, GSubprocess *process);

/** scene_dup_names: Returns: (transfer full): the names in the folder, sorted, by `|` */
char *scene_dup_names (Scene *self);

/** scene_assert_file: @name is there and is the first @size bytes of the server's file of that seed
 */
void scene_assert_file (Scene *self, const char *name, guint64 seed, gint64 size);

/**
 * scene_read_journal:
 *
 * Reads a copy of the journal, as the next start would find it, so that nothing is recovered in its
 * place.
 *
 * Returns: (transfer full) (element-type EngineRecord): what is in it; fails where it is damaged
 */
GPtrArray *scene_read_journal (Scene *self);

/** scene_get_sent: Returns: bytes of bodies that the server has sent since the last scene_clear()
 */
gint64 scene_get_sent (Scene *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

G_END_DECLS

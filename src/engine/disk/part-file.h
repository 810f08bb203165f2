/* part-file.h: the file that a download's bytes go into until it is whole: NAME.part.
 *
 * Opened relative to its folder's descriptor and without following symbolic
 * links, so that a folder or file swapped under a running download leads
 * nowhere else. Locked while open: two processes never write one part file.
 *
 * Reference-counted; writes may come from any number of workers at once, at
 * places that do not overlap. All calls may block on the disk: never the main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engine/disk/disk-error.h"
#include "engine/disk/file-id.h"

G_BEGIN_DECLS

typedef struct _EnginePartFile EnginePartFile;

/* How a name that is taken is met while the part file is opened. */
typedef enum
{
  ENGINE_PART_RESUME, /* only what is there, in a folder that is there */
  ENGINE_PART_FRESH,  /* a new, empty one under this very name, in place of an old one of ours */
} EnginePartMode;

/**
 * engine_part_file_open:
 * @folder: absolute path; to begin afresh it is made with its parents if missing
 * @name: the final name: one safe component
 *
 * Takes `NAME.part` and its lock. ENGINE_ERROR_IN_USE where another holds the lock (its process
 * is named where the system knows it), ENGINE_ERROR_DISK_FULL, ENGINE_ERROR_DISK_AWAY,
 * ENGINE_ERROR_DISK, ENGINE_ERROR_NAME.
 *
 * Returns: (transfer full): the open file
 */
EnginePartFile *
engine_part_file_open (const char *folder, const char *name, EnginePartMode mode, GError **error);

/**
 * engine_part_file_open_in_place_of:
 * @ours: (nullable): a part file of this download
 *
 * As %ENGINE_PART_FRESH. A file system without extended attributes does not tell whose a part file
 * is; there, only @ours is replaced.
 *
 * Returns: (transfer full): the open file
 */
EnginePartFile *engine_part_file_open_in_place_of (const char *folder,
                                                   const char *name,
                                                   const EngineFileId *ours,
                                                   GError **error);
EnginePartFile *engine_part_file_ref (EnginePartFile *self);

/** engine_part_file_unref: the last reference closes it and lets the lock go; the file stays */
void engine_part_file_unref (EnginePartFile *self);

/**
 * engine_part_file_unlock:
 *
 * Nobody writes it from now on, though some may hold a reference yet: it may be opened again.
 */
void engine_part_file_unlock (EnginePartFile *self);

/** engine_part_file_get_name: Returns: (transfer none): the final name */
const char *engine_part_file_get_name (EnginePartFile *self);

/** engine_part_file_get_size: Returns: its size on the disk in bytes, -1 on error */
gint64 engine_part_file_get_size (EnginePartFile *self);

/** engine_part_file_get_id: Returns: (transfer none): to tell whether it is still the one in the
 * journal */
const EngineFileId *engine_part_file_get_id (EnginePartFile *self);

/**
 * engine_part_file_reserve:
 * @total: (bytes)
 *
 * fallocate(2) where the file system has it, else a sparse file; never the
 * emulation that writes every block. ENGINE_ERROR_DISK_FULL says how much is missing.
 */
gboolean engine_part_file_reserve (EnginePartFile *self, gint64 total, GError **error);

/** engine_part_file_write: writes all of it at @offset (pwrite). Any thread but main */
gboolean engine_part_file_write (
    EnginePartFile *self, const void *data, gsize length, gint64 offset, GError **error);

/** engine_part_file_read: Returns: how many bytes were read at @offset; fewer only at the end; -1
 * on error */
gssize engine_part_file_read (
    EnginePartFile *self, void *data, gsize length, gint64 offset, GError **error);

/** engine_part_file_start_writeback: hints the kernel to write out what is dirty, without waiting
 * (sync_file_range) */
void engine_part_file_start_writeback (EnginePartFile *self, gint64 start, gint64 end);

/**
 * engine_part_file_sync:
 *
 * Waits until the data is on the disk (fdatasync), the first time its name too. An
 * ENGINE_ERROR_DISK_AWAY where the name no longer leads to this file: somebody has removed it, or
 * its folder.
 */
gboolean engine_part_file_sync (EnginePartFile *self, GError **error);

/** engine_part_file_truncate: cuts or grows it to @size */
gboolean engine_part_file_truncate (EnginePartFile *self, gint64 size, GError **error);

/**
 * engine_part_file_finish:
 * @policy_overwrite: whether a file that has the name may be replaced
 * @rename: whether `name (1).ext` may be taken where the name is taken
 * @final_name: (out) (transfer full): the name that it got
 *
 * Syncs the data, then gives the file its final name, which it takes exclusively
 * (renameat2 RENAME_NOREPLACE, else link and unlink), then syncs the folder. No file is
 * ever replaced unless @policy_overwrite. ENGINE_ERROR_NAME where the name is taken and
 * neither is allowed.
 */
gboolean engine_part_file_finish (EnginePartFile *self,
                                  gboolean policy_overwrite,
                                  gboolean rename,
                                  char **final_name,
                                  GError **error);

/** engine_part_file_set_origin: keeps @address (its credentials removed by the caller) as
 * user.xdg.origin.url where the file system can */
void engine_part_file_set_origin (EnginePartFile *self, const char *address);

/** engine_part_file_discard: removes the part file from the disk, if the name still is this file */
void engine_part_file_discard (EnginePartFile *self);

/**
 * engine_part_file_find_finished:
 * @id: of the part file that once was
 * @total: (bytes): -1 unknown
 * @size: (out): (bytes): of what was found
 *
 * After a crash between the renaming and the journal: looks for the very file that @id names under
 * its final name, or `name (1).ext` and so on. What has a final name is whole, and verified
 * (invariant 3).
 *
 * Returns: (transfer full) (nullable): the name that it got
 */
char *engine_part_file_find_finished (
    const char *folder, const char *name, const EngineFileId *id, gint64 total, gint64 *size);

/**
 * engine_part_file_look:
 * @name: (nullable): of a download that was begun, %NULL before that
 * @id: its part file
 * @total: (bytes): of the whole file, -1 unknown
 *
 * Whether a download could go on now, without changing anything.
 *
 * Returns: whether it could; otherwise @error says why, as opening or writing would
 */
gboolean engine_part_file_look (
    const char *folder, const char *name, const EngineFileId *id, gint64 total, GError **error);

/** engine_part_file_remove: removes NAME.part in @folder if it is the file that @id names, and
 * nobody has it open */
void engine_part_file_remove (const char *folder, const char *name, const EngineFileId *id);

/** engine_part_file_exists: Returns: whether folder/NAME or folder/NAME.part is there, by lstat */
gboolean engine_part_file_is_taken (const char *folder, const char *name, gboolean part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EnginePartFile, engine_part_file_unref)

G_END_DECLS

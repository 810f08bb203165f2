/* small-file.h: a small file, written when all of it is there.
 *
 * It needs no part file: it has no name until it is whole and on the disk, and then its final one.
 * Whoever is killed before that leaves nothing behind.
 *
 * After that, but before the journal has heard of it, the file itself tells whose it is: by the
 * number of its download, which is given once and to no other.
 *
 * All calls may block on the disk: never the main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/disk/file-id.h"

G_BEGIN_DECLS

/**
 * engine_small_file_keep:
 * @folder: absolute; made with its parents if missing
 * @name: the final name: one safe component
 * @id: of the download
 * @origin: (nullable): its address, without credentials
 * @file: (out): which file it became
 *
 * Writes and syncs the bytes in a file that has no name (O_TMPFILE), gives it @name, where nobody
 * has that, and syncs the folder. No file is ever replaced.
 *
 * Returns: %FALSE where it cannot be done this way, with nothing changed: the file system does not
 * know how, the name or its part file's is taken, the disk refuses. The part file's way says why.
 */
gboolean engine_small_file_keep (const char *folder,
                                 const char *name,
                                 const void *data,
                                 gsize length,
                                 gint64 id,
                                 const char *origin,
                                 EngineFileId *file);

/** engine_small_file_is: Returns: whether @folder/@name is what the download @id has kept this way,
 * @size bytes long */
gboolean engine_small_file_is (const char *folder, const char *name, gint64 id, gint64 size);

G_END_DECLS

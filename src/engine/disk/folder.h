/* folder.h: a folder that files are written to, open once for all that do.
 *
 * Reference-counted, any thread but main. Its descriptor is shared while anyone holds it, and not
 * kept after that: a disk that nobody writes to can be taken out.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EngineFolder EngineFolder;

/**
 * engine_folder_open:
 * @path: absolute
 * @make: whether it is made, with its parents, where it is missing
 *
 * Looks each time whether the path still leads to the folder that others have open.
 *
 * Returns: (transfer full): the folder; %NULL with errno set
 */
EngineFolder *engine_folder_open (const char *path, gboolean make);

/** engine_folder_unref: the last reference closes it */
void engine_folder_unref (EngineFolder *self);

/** engine_folder_get_fd: Returns: its descriptor, which stays the folder's */
int engine_folder_get_fd (EngineFolder *self);

/**
 * engine_folder_sync:
 *
 * Waits until the names that are in it now are on the disk for good. Those who come while one sync
 * runs share the next. Where the file system refuses, there is no more to be done about it.
 */
void engine_folder_sync (EngineFolder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineFolder, engine_folder_unref)

G_END_DECLS

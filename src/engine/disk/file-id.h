/* file-id.h: which file a name leads to, so that what is remembered of one is never believed of
 * another.
 *
 * A number alone is not enough: file systems give a deleted file's number to the
 * next one that is made. Any thread; may block on the disk.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 inode;  /* 0: no file is known */
  gint64 born_ns; /* when it was made, wall clock; 0 where the file system does not say */
  guint64 volume; /* the file system's own number, 0 where it has none */
} EngineFileId;

/** engine_file_id_read: Returns: whether @fd could be asked */
gboolean engine_file_id_read (int fd, EngineFileId *id);

/**
 * engine_file_id_read_at:
 * @name: in @folder, a descriptor; a symbolic link is not followed
 *
 * Returns: whether @name is a plain file that could be asked
 */
gboolean engine_file_id_read_at (int folder, const char *name, EngineFileId *id);

/** engine_file_id_equal: Returns: whether both are known and are the same file */
gboolean engine_file_id_equal (const EngineFileId *a, const EngineFileId *b);

G_END_DECLS

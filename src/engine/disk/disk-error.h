/* disk-error.h: what the disk refuses, in words, and by a code that says whether it may pass;
 * and how much room it has.
 *
 * Any thread but main: it may block on the disk.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * engine_disk_error:
 * @errno_: as the call left it
 * @what: the file or folder it happened to, for the message
 *
 * Returns: (transfer full): DISK_FULL for ENOSPC and EDQUOT, DISK_AWAY for what comes back by
 * itself or by a hand outside (read-only, unplugged, folder gone), else DISK, with a sentence that
 * says what to do
 */
GError *engine_disk_error (int errno_, const char *what);

/**
 * engine_disk_get_free:
 *
 * Returns: bytes free to us in the file system of @folder (or of its nearest parent that exists),
 * -1 unknown
 */
gint64 engine_disk_get_free (const char *folder);

G_END_DECLS

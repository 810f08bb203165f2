/* boot.h: which run of the machine this is.
 *
 * What was written but not synced is there after a crash of the program, and may be
 * gone after one of the machine; whether the machine has started anew tells which it was.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/** engine_boot_get_id: Returns: (transfer none): the same until the machine starts anew; empty
 * where unknown. May read a file */
const char *engine_boot_get_id (void);

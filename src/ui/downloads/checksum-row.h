/* checksum-row.h: the row of a checksum says which kind it has recognized. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ui_checksum_row_check:
 *
 * Says in the title of @row what kind of checksum its text is, and marks it where it is none.
 *
 * Returns: whether the text is empty, or a checksum of a kind that is known
 */
gboolean ui_checksum_row_check (AdwEntryRow *row);

G_END_DECLS

/* finish.h: from a part file with all its bytes to the finished file.
 *
 * Digest right, data synced, final name claimed exclusively, folder synced: in
 * this order, in a finisher's thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run/transfer.h"

G_BEGIN_DECLS

/** engine_finish_is_short: Returns: whether the file is so small that a worker may finish it itself
 */
gboolean engine_finish_is_short (EngineTransfer *transfer);

/** engine_finish_run: finishes @transfer and posts its end; @user_agent: for what is asked beside
 * it. Finishers, and workers where it is short */
void engine_finish_run (EngineTransfer *transfer, const char *user_agent);

G_END_DECLS

/* finish.h: from a part file with all its bytes to the finished file.
 *
 * Digest right, data synced, final name claimed exclusively, folder synced: in
 * this order, in a finisher's thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/run/transfer.h"

G_BEGIN_DECLS

/** engine_finish_run: finishes @transfer and posts its end. Finishers only */
void engine_finish_run (EngineTransfer *transfer);

G_END_DECLS

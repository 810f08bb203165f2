/* sibling.h: a file of checksums beside the file: `NAME.sha256`, `SHA256SUMS` and so on.
 *
 * Finishers only.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/http/session.h"
#include "engine/run/transfer.h"

G_BEGIN_DECLS

/**
 * engine_sibling_find:
 *
 * Asks for one after another until one of them has @transfer's file. None is an answer too:
 * what goes wrong on the way is no failure of the download.
 *
 * Returns: (transfer full) (nullable): `sha256=HEX`
 */
char *engine_sibling_find (EngineTransfer *transfer, EngineSession *session);

G_END_DECLS

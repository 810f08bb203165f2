/* checksum.h: what a person pastes as a checksum, made one that the engine takes. Pure; any thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ui_checksum_guess:
 * @text: `sha256=…`, `SHA-256: …`, or hexadecimal digits alone, whose number tells the kind;
 *   white space around it, and a file name behind it as `sha256sum` writes it, do no harm
 *
 * Returns: (transfer full) (nullable): `sha256=HEX`; %NULL where it is none that is known
 */
char *ui_checksum_guess (const char *text);

gboolean ui_checksum_is_blank (const char *text);

G_END_DECLS

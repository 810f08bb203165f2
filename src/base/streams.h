/* streams.h: the three standard streams are there, whoever started us. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * base_streams_hold:
 *
 * Opens /dev/null in place of each standard stream that is closed. Otherwise the next file that is
 * opened would get its number, and what is printed would be written into a download. First thing in
 * main, before any other thread exists.
 */
void base_streams_hold (void);

G_END_DECLS

/* crash-point.h: names for the moments at which a crash would be most telling.
 *
 * In what ships this does nothing. The crash tests link another
 * engine_crash_point(), which ends the process there as if the power had gone.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/** engine_crash_point: @name: what has just happened, or is about to. Any thread */
void engine_crash_point (const char *name);

/* calibrate.h: how often a run must be nudged so that the race shows.
 *
 * Unaided, so short a program seldom loses an update: half of it is over before
 * the other half has started. Never the main thread: it runs the program.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/real/runner.h"

G_BEGIN_DECLS

/**
 * lab_calibrate_nudge:
 *
 * Tries ever more frequent nudges until every one of a few dozen runs loses an update; at most half
 * a second.
 *
 * Returns: yield once in so many times
 */
int lab_calibrate_nudge (int threads, int increments);

G_END_DECLS

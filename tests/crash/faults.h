/* faults.h: a disk that refuses, for part files of chosen names.
 *
 * Takes the place of the C library's calls in the program that links it. Any thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * faults_set:
 * @name: of part files that begin so
 * @errno_: what each write and each reservation ends with, from the one after @after on
 */
void faults_set (const char *name, int errno_, int after);

/** faults_clear: the disk works again */
void faults_clear (void);

/* control.h: a window of the benchmark does what its standard input says, and answers each line by
 * one of JSON.
 *
 *   beat on|off        begins or ends to measure waits
 *   reset, report      of heartbeat.h
 *   first              when the first frame was drawn, once the window is full
 *   scroll SECONDS     scrolls the longest list, a step a frame; answers when it is done
 *   do ACTION          activates an action of the window
 *   quit
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** BenchCommand: Returns: (transfer full) (nullable): the answer to a line that is not one of the
 * above; %NULL: it means nothing here either */
typedef char *(*BenchCommand) (const char *const *words, gpointer user_data);

/** bench_control_start: @more: (nullable) */
void bench_control_start (GtkApplication *application, BenchCommand more, gpointer user_data);

G_END_DECLS

/* progress.h: one line on a terminal that says how all downloads go. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct _CliProgress CliProgress;

/** cli_progress_new: @n: how many downloads there are in all. Returns: (nullable): %NULL where standard error is no terminal */
CliProgress *cli_progress_new (Engine *engine, guint n);

/** cli_progress_set_ended: how many have ended */
void cli_progress_set_ended (CliProgress *self, guint ended);

/** cli_progress_free: (nullable): wipes the line */
void cli_progress_free (CliProgress *self);

G_END_DECLS

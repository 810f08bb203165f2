/* path.h: a walk by hand through a race program, and what was known at each place of it. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

typedef struct _UiPath UiPath;

UiPath *ui_path_new (LabProgram *program);
void ui_path_free (UiPath *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiPath, ui_path_free)

/** ui_path_get_stepper: Returns: (transfer none): to be looked at; moved by the functions here
 * alone */
LabStepper *ui_path_get_stepper (UiPath *self);

gboolean ui_path_take (UiPath *self, LabMove move);

/** ui_path_load: @moves: from the start. Returns: how many could be taken; the position is 0 then
 */
gsize ui_path_load (UiPath *self, const LabMove *moves, gsize n);

/** ui_path_set_graph: @graph: (nullable): held; from now on the odds are known */
void ui_path_set_graph (UiPath *self, LabGraph *graph);

/** ui_path_is_blocked: Returns: whether @thread could not go on at @position, though it had not
 * ended */
gboolean ui_path_is_blocked (UiPath *self, guint position, int thread);

/** ui_path_is_stuck: Returns: whether nobody can go on from here, though not all have ended */
gboolean ui_path_is_stuck (UiPath *self);

/** ui_path_get_odds: Returns: the share of schedules through @position that end badly; NAN: not
 * known */
double ui_path_get_odds (UiPath *self, guint position);

/** ui_path_get_ways: of the ways to go on from here. Returns: %FALSE where they are not known */
gboolean ui_path_get_ways (UiPath *self, LabWays *ways);

/** ui_path_get_move_ways: the same of those that begin with @move */
gboolean ui_path_get_move_ways (UiPath *self, LabMove move, LabWays *ways);

G_END_DECLS

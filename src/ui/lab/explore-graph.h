/* explore-graph.h: an exploration's states as a picture. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"
#include "ui/plot/graph.h"

G_BEGIN_DECLS

/* More states than that are no picture; a map by depth is. */
#define UI_EXPLORE_MOST_DRAWN 300

/** ui_explore_graph_show: of at most UI_EXPLORE_MOST_DRAWN states */
void ui_explore_graph_show (UiGraph *picture, const LabExploration *exploration);

G_END_DECLS

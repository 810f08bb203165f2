/* graph.h: all states and the steps between them, or where they are too many a map of them. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/plot/plot.h"

G_BEGIN_DECLS

#define UI_TYPE_GRAPH (ui_graph_get_type ())
G_DECLARE_FINAL_TYPE (UiGraph, ui_graph, UI, GRAPH, UiPlot)

typedef enum
{
  UI_GRAPH_OPEN, /* undecided */
  UI_GRAPH_GOOD,
  UI_GRAPH_BAD,
} UiGraphTone;

typedef struct
{
  int layer;    /* from 0, downwards */
  char *text;   /* owned: inside, where it fits */
  char *under;  /* owned, nullable: below */
  double share; /* filled so far from the left, 0 to 1 */
  UiGraphTone tone;
  gboolean on_way; /* on the witness */
  gboolean end;
} UiGraphNode;

typedef struct
{
  int from;
  int to;
  double weight; /* 0 to 1: how much of all goes this way */
  UiGraphTone tone;
  int thread; /* on the witness: whose step it is; -1: not on it */
} UiGraphEdge;

GtkWidget *ui_graph_new (void);

/** ui_graph_new_nodes: Returns: (transfer full) (element-type UiGraphNode): empty, and frees what
 * is put in */
GArray *ui_graph_new_nodes (void);

/** ui_graph_take: @nodes: (transfer full) (element-type UiGraphNode); @edges: (transfer full)
 * (element-type UiGraphEdge) */
void ui_graph_take (UiGraph *self, GArray *nodes, GArray *edges);

/**
 * ui_graph_set_heat:
 * @heat: (array): [depth * bands + band]: how many states
 *
 * Shows these in place of nodes and edges.
 */
void ui_graph_set_heat (UiGraph *self, const guint *heat, guint n_depths, guint bands);

void ui_graph_clear (UiGraph *self);

G_END_DECLS

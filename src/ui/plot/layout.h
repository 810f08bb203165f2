/* layout.h: where the nodes of a layered graph stand, so that few edges cross. Pure; any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  int from;
  int to;
} UiLink;

typedef struct
{
  int n_layers;
  double *x;      /* of each node; neighbours of a layer are at least 1 apart */
  GArray **bends; /* of each link, (element-type double): x at each layer that it only passes, from
                     its `from` on */
  int n_links;
  double left; /* smallest and largest x, of nodes and bends */
  double right;
} UiLayout;

/**
 * ui_layout_new:
 * @layers: of each of the @n nodes, from 0
 * @links: between nodes, of other layers each
 */
UiLayout *ui_layout_new (const int *layers, int n, const UiLink *links, int n_links);
void ui_layout_free (UiLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiLayout, ui_layout_free)

/**
 * ui_layout_space:
 * @wanted: (inout): where each would stand; becomes where each stands: in the same order, at least
 * 1 apart, moved as little as can be (in the sum of squares)
 */
void ui_layout_space (double *wanted, int n);

G_END_DECLS

/* Where the nodes of a layered graph stand.
 *
 * As Sugiyama's: a link that passes layers gets a knot in each; each layer is sorted by the middle
 * of its neighbours, up and down, and of all orders seen the one with fewest crossings stays; then
 * knots and nodes move to the middle of their neighbours as far as the order lets them.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/layout.h"

#include <stdlib.h>
#include <string.h>

#define SWEEPS 16

typedef struct
{
  int layer;
  double x;
  GArray *up;   /* (element-type int): neighbours one layer up */
  GArray *down; /* and one layer down */
} Knot;

typedef struct
{
  GArray *knots;   /* (element-type Knot): the nodes first */
  GPtrArray *rows; /* (element-type GArray of int): the knots of each layer, from left to right */
  int **passed;    /* of each link, its knots between, ends with -1 */
} Sheet;

static Knot *
get_knot (const Sheet *sheet, int i)
{
  return &g_array_index (sheet->knots, Knot, i);
}

static GArray *
get_row (const Sheet *sheet, int layer)
{
  return g_ptr_array_index (sheet->rows, layer);
}

static int
add_knot (Sheet *sheet, int layer)
{
  Knot knot = { layer, 0, g_array_new (FALSE, FALSE, sizeof (int)),
                g_array_new (FALSE, FALSE, sizeof (int)) };
  int index = (int) sheet->knots->len;

  g_array_append_val (sheet->knots, knot);
  while ((int) sheet->rows->len <= layer)
    g_ptr_array_add (sheet->rows, g_array_new (FALSE, FALSE, sizeof (int)));
  g_array_append_val (get_row (sheet, layer), index);
  return index;
}

static void
tie (Sheet *sheet, int upper, int lower)
{
  g_array_append_val (get_knot (sheet, upper)->down, lower);
  g_array_append_val (get_knot (sheet, lower)->up, upper);
}

/* Returns its knots between, in the link's own direction. */
static int *
add_link (Sheet *sheet, const UiLink *link)
{
  int from = get_knot (sheet, link->from)->layer;
  int to = get_knot (sheet, link->to)->layer;
  int n = MAX (0, abs (to - from) - 1);
  int way = to > from ? 1 : -1;
  int *passed = g_new (int, n + 1);
  int before = link->from;

  for (int i = 0; i < n; i++)
    {
      passed[i] = add_knot (sheet, from + way * (i + 1));
      tie (sheet, way > 0 ? before : passed[i], way > 0 ? passed[i] : before);
      before = passed[i];
    }
  passed[n] = -1;
  if (from != to)
    tie (sheet, way > 0 ? before : link->to, way > 0 ? link->to : before);
  return passed;
}

/* As indices, centred: what comes of an order alone. */
static void
number_row (const Sheet *sheet, int layer)
{
  GArray *row = get_row (sheet, layer);

  for (guint i = 0; i < row->len; i++)
    get_knot (sheet, g_array_index (row, int, i))->x = i - (row->len - 1) / 2.;
}

static double
get_middle (const Sheet *sheet, const GArray *neighbours, double otherwise)
{
  double sum = 0;

  for (guint i = 0; i < neighbours->len; i++)
    sum += get_knot (sheet, g_array_index (neighbours, int, i))->x;
  return neighbours->len > 0 ? sum / neighbours->len : otherwise;
}

typedef struct
{
  double middle;
  int knot;
  int before; /* its place so far: equal ones keep their order */
} Rank;

static int
by_middle (const void *a, const void *b)
{
  const Rank *left = a;
  const Rank *right = b;

  if (left->middle != right->middle)
    return left->middle < right->middle ? -1 : 1;
  return left->before - right->before;
}

static void
sort_row (const Sheet *sheet, int layer, gboolean by_upper)
{
  GArray *row = get_row (sheet, layer);
  g_autofree Rank *ranks = g_new (Rank, row->len + 1);

  for (guint i = 0; i < row->len; i++)
    {
      const Knot *knot = get_knot (sheet, g_array_index (row, int, i));

      ranks[i] = (Rank){ get_middle (sheet, by_upper ? knot->up : knot->down, knot->x),
                         g_array_index (row, int, i), (int) i };
    }
  qsort (ranks, row->len, sizeof (Rank), by_middle);
  for (guint i = 0; i < row->len; i++)
    g_array_index (row, int, i) = ranks[i].knot;
  number_row (sheet, layer);
}

static int
count_crossings_below (const Sheet *sheet, int layer)
{
  GArray *row = get_row (sheet, layer);
  int n = 0;

  for (guint i = 0; i < row->len; i++)
    for (guint j = i + 1; j < row->len; j++)
      {
        const GArray *left = get_knot (sheet, g_array_index (row, int, i))->down;
        const GArray *right = get_knot (sheet, g_array_index (row, int, j))->down;

        for (guint a = 0; a < left->len; a++)
          for (guint b = 0; b < right->len; b++)
            n += get_knot (sheet, g_array_index (left, int, a))->x >
                 get_knot (sheet, g_array_index (right, int, b))->x;
      }
  return n;
}

static int
count_crossings (const Sheet *sheet)
{
  int n = 0;

  for (guint layer = 0; layer + 1 < sheet->rows->len; layer++)
    n += count_crossings_below (sheet, (int) layer);
  return n;
}

static void
keep_order (const Sheet *sheet, GPtrArray *best)
{
  g_ptr_array_set_size (best, 0);
  for (guint layer = 0; layer < sheet->rows->len; layer++)
    g_ptr_array_add (best, g_array_copy (get_row (sheet, (int) layer)));
}

static void
sweep (Sheet *sheet)
{
  g_autoptr (GPtrArray) best = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  int last = (int) sheet->rows->len - 1;
  int fewest = G_MAXINT;

  for (int layer = 0; layer <= last; layer++)
    number_row (sheet, layer);
  for (int i = 0; i < SWEEPS && fewest > 0; i++)
    {
      int crossings;

      if (i % 2 == 0)
        for (int layer = 1; layer <= last; layer++)
          sort_row (sheet, layer, TRUE);
      else
        for (int layer = last - 1; layer >= 0; layer--)
          sort_row (sheet, layer, FALSE);
      crossings = count_crossings (sheet);
      if (crossings >= fewest)
        continue;
      fewest = crossings;
      keep_order (sheet, best);
    }
  for (int layer = 0; layer <= last && best->len > 0; layer++)
    {
      GArray *row = get_row (sheet, layer);
      GArray *kept = g_ptr_array_index (best, layer);

      memcpy (row->data, kept->data, row->len * sizeof (int));
      number_row (sheet, layer);
    }
}

void
ui_layout_space (double *wanted, int n)
{
  /* One apart and in order is the same as: in order, once each has given up its place. Then
   * neighbours that are out of order share their mean. */
  g_autofree double *means = g_new (double, n + 1);
  g_autofree int *sizes = g_new (int, n + 1);
  int blocks = 0;

  for (int i = 0; i < n; i++)
    {
      means[blocks] = wanted[i] - i;
      sizes[blocks++] = 1;
      for (; blocks > 1 && means[blocks - 2] > means[blocks - 1]; blocks--)
        {
          int sum = sizes[blocks - 2] + sizes[blocks - 1];

          means[blocks - 2] =
              (means[blocks - 2] * sizes[blocks - 2] + means[blocks - 1] * sizes[blocks - 1]) / sum;
          sizes[blocks - 2] = sum;
        }
    }
  for (int block = 0, i = 0; block < blocks; block++)
    for (int j = 0; j < sizes[block]; j++, i++)
      wanted[i] = means[block] + i;
}

static void
settle_row (const Sheet *sheet, int layer, gboolean by_upper)
{
  GArray *row = get_row (sheet, layer);
  g_autofree double *wanted = g_new (double, row->len + 1);

  for (guint i = 0; i < row->len; i++)
    {
      const Knot *knot = get_knot (sheet, g_array_index (row, int, i));

      wanted[i] = get_middle (sheet, by_upper ? knot->up : knot->down, knot->x);
    }
  ui_layout_space (wanted, (int) row->len);
  for (guint i = 0; i < row->len; i++)
    get_knot (sheet, g_array_index (row, int, i))->x = wanted[i];
}

static void
settle (const Sheet *sheet)
{
  int last = (int) sheet->rows->len - 1;

  for (int i = 0; i < SWEEPS / 2; i++)
    {
      for (int layer = last - 1; layer >= 0; layer--)
        settle_row (sheet, layer, FALSE);
      for (int layer = 1; layer <= last; layer++)
        settle_row (sheet, layer, TRUE);
    }
}

static UiLayout *
take_places (const Sheet *sheet, int n, int n_links)
{
  UiLayout *layout = g_new0 (UiLayout, 1);

  layout->n_layers = (int) sheet->rows->len;
  layout->x = g_new0 (double, n + 1);
  layout->bends = g_new0 (GArray *, n_links + 1);
  layout->n_links = n_links;
  for (int i = 0; i < n; i++)
    layout->x[i] = get_knot (sheet, i)->x;
  for (guint i = 0; i < sheet->knots->len; i++)
    {
      double x = get_knot (sheet, (int) i)->x;

      layout->left = i == 0 ? x : MIN (layout->left, x);
      layout->right = i == 0 ? x : MAX (layout->right, x);
    }
  for (int i = 0; i < n_links; i++)
    {
      layout->bends[i] = g_array_new (FALSE, FALSE, sizeof (double));
      for (const int *knot = sheet->passed[i]; *knot >= 0; knot++)
        g_array_append_val (layout->bends[i], get_knot (sheet, *knot)->x);
    }
  return layout;
}

static void
clear_sheet (Sheet *sheet, int n_links)
{
  for (guint i = 0; i < sheet->knots->len; i++)
    {
      g_array_unref (get_knot (sheet, (int) i)->up);
      g_array_unref (get_knot (sheet, (int) i)->down);
    }
  for (int i = 0; i < n_links; i++)
    g_free (sheet->passed[i]);
  g_array_unref (sheet->knots);
  g_ptr_array_unref (sheet->rows);
  g_free (sheet->passed);
}

UiLayout *
ui_layout_new (const int *layers, int n, const UiLink *links, int n_links)
{
  Sheet sheet = {
    g_array_new (FALSE, FALSE, sizeof (Knot)),
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref),
    g_new0 (int *, n_links + 1),
  };
  UiLayout *layout;

  for (int i = 0; i < n; i++)
    add_knot (&sheet, layers[i]);
  for (int i = 0; i < n_links; i++)
    sheet.passed[i] = add_link (&sheet, &links[i]);
  sweep (&sheet);
  settle (&sheet);
  layout = take_places (&sheet, n, n_links);
  clear_sheet (&sheet, n_links);
  return layout;
}

void
ui_layout_free (UiLayout *layout)
{
  for (int i = 0; i < layout->n_links; i++)
    g_array_unref (layout->bends[i]);
  g_free (layout->bends);
  g_free (layout->x);
  g_free (layout);
}

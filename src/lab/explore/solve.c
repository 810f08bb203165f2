/* Small systems are solved by eliminating state by state, in a way that never subtracts (Grassmann,
 * Taksar and Heyman), so that nothing is lost however long the walk goes round. Large ones are
 * solved by BiCGSTAB, with one sweep forwards and one back in place of the inverse, and then
 * polished by plain sweeps.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/explore/solve.h"

#include <math.h>
#include <string.h>

#define MOST_ELIMINATED 700
#define MOST_ROUNDS 20000
#define MOST_RESTARTS 40
#define SMALLEST 1e-15

void
lab_system_init (LabSystem *self, guint n)
{
  guint32 zero = 0;

  self->n = n;
  self->starts = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n + 1);
  self->columns = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->shares = g_array_new (FALSE, FALSE, sizeof (double));
  self->constants = g_array_sized_new (FALSE, FALSE, sizeof (double), n);
  g_array_append_val (self->starts, zero);
}

void
lab_system_clear (LabSystem *self)
{
  g_array_unref (self->starts);
  g_array_unref (self->columns);
  g_array_unref (self->shares);
  g_array_unref (self->constants);
}

void
lab_system_add (LabSystem *self, guint column, double share)
{
  guint32 place = column;

  g_array_append_val (self->columns, place);
  g_array_append_val (self->shares, share);
}

void
lab_system_end_row (LabSystem *self, double constant)
{
  guint32 end = self->columns->len;

  g_array_append_val (self->starts, end);
  g_array_append_val (self->constants, constant);
}

/* The system, without its arrays' wrapping. */
typedef struct
{
  guint n;
  const guint32 *starts;
  const guint32 *columns;
  const double *shares;
  const double *constants;
} View;

static View
view (const LabSystem *self)
{
  return (View){ self->n, (const guint32 *) self->starts->data,
                 (const guint32 *) self->columns->data, (const double *) self->shares->data,
                 (const double *) self->constants->data };
}

/* What of a row leaves the system: its shares add up to 1 with it. */
static double
get_leaving (const View *v, guint row)
{
  double sum = 0;

  for (guint i = v->starts[row]; i < v->starts[row + 1]; i++)
    sum += v->shares[i];
  /* A share is at least 1 in LAB_MOST_MOVES: what is far below it is rounding. */
  return 1 - sum > 1e-6 ? 1 - sum : 0;
}

/* Row r of the dense matrix: n shares, then what leaves, then the constant. */
static double *
get_row (double *dense, guint n, guint row)
{
  return dense + (gsize) row * (n + 2);
}

/* Takes state k out: who went to it goes to where it leads. */
static void
eliminate (double *dense, guint n, guint k)
{
  double *gone = get_row (dense, n, k);
  double away = gone[n];

  for (guint j = 0; j < k; j++)
    away += gone[j];
  for (guint r = 0; r < k; r++)
    {
      double *row = get_row (dense, n, r);
      double factor = row[k] / away;

      if (row[k] == 0)
        continue;
      for (guint j = 0; j < k; j++)
        row[j] += factor * gone[j];
      row[n] += factor * gone[n];
      row[n + 1] += factor * gone[n + 1];
    }
}

static double *
solve_small (const View *v, GCancellable *cancellable)
{
  guint n = v->n;
  g_autofree double *dense = g_new0 (double, (gsize) n *(n + 2));
  double *solution = g_new0 (double, n);

  for (guint r = 0; r < n; r++)
    {
      double *row = get_row (dense, n, r);

      for (guint i = v->starts[r]; i < v->starts[r + 1]; i++)
        row[v->columns[i]] += v->shares[i];
      row[n] = get_leaving (v, r);
      row[n + 1] = v->constants[r];
    }
  for (guint k = n; k-- > 1;)
    {
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_free (solution);
          return NULL;
        }
      eliminate (dense, n, k);
    }
  for (guint k = 0; k < n; k++)
    {
      const double *row = get_row (dense, n, k);
      double sum = row[n + 1];
      double away = row[n];

      for (guint j = 0; j < k; j++)
        {
          sum += row[j] * solution[j];
          away += row[j];
        }
      solution[k] = sum / away;
    }
  return solution;
}

/* y = (1 - M) x */
static void
multiply (const View *v, const double *x, double *y)
{
  for (guint r = 0; r < v->n; r++)
    {
      double sum = x[r];

      for (guint i = v->starts[r]; i < v->starts[r + 1]; i++)
        sum -= v->shares[i] * x[v->columns[i]];
      y[r] = sum;
    }
}

/* One state from its neighbours; where to itself, by what leaves it. */
static double
relax (const View *v, guint row, const double *x, double constant)
{
  double sum = constant;
  double self = 0;

  for (guint i = v->starts[row]; i < v->starts[row + 1]; i++)
    if (v->columns[i] == row)
      self += v->shares[i];
    else
      sum += v->shares[i] * x[v->columns[i]];
  return self < 1 ? sum / (1 - self) : x[row];
}

/* Forwards and back, from x as it is. Returns the greatest change. */
static double
sweep (const View *v, const double *constants, double *x)
{
  double change = 0;

  for (guint r = 0; r < v->n; r++)
    x[r] = relax (v, r, x, constants[r]);
  for (guint r = v->n; r-- > 0;)
    {
      double old = x[r];

      x[r] = relax (v, r, x, constants[r]);
      change = MAX (change, fabs (x[r] - old));
    }
  return change;
}

static void
precondition (const View *v, const double *from, double *to)
{
  memset (to, 0, v->n * sizeof (double));
  sweep (v, from, to);
}

static double
dot (const double *a, const double *b, guint n)
{
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

static double
get_greatest (const double *a, guint n)
{
  double greatest = 0;

  for (guint i = 0; i < n; i++)
    greatest = MAX (greatest, fabs (a[i]));
  return greatest;
}

/* r = c - (1 - M) x */
static double
get_residual (const View *v, const double *x, double *r)
{
  multiply (v, x, r);
  for (guint i = 0; i < v->n; i++)
    r[i] = v->constants[i] - r[i];
  return get_greatest (r, v->n);
}

typedef struct
{
  double *r, *shadow, *p, *v, *s, *t, *p_hat, *s_hat;
} Vectors;

/* BiCGSTAB from x, until it stalls or is good. Returns FALSE where it was cancelled. */
static gboolean
improve (const View *view_of, double *x, Vectors *w, int *rounds, GCancellable *cancellable)
{
  guint n = view_of->n;
  double rho = 1, alpha = 1, omega = 1;

  get_residual (view_of, x, w->r);
  memcpy (w->shadow, w->r, n * sizeof (double));
  memset (w->p, 0, n * sizeof (double));
  memset (w->v, 0, n * sizeof (double));
  for (; *rounds < MOST_ROUNDS; ++*rounds)
    {
      double next = dot (w->shadow, w->r, n);
      double beta = next / rho * (alpha / omega);
      double tt, below;

      if (g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (next == 0 || !isfinite (beta) || get_greatest (w->r, n) < SMALLEST)
        return TRUE;
      rho = next;
      for (guint i = 0; i < n; i++)
        w->p[i] = w->r[i] + beta * (w->p[i] - omega * w->v[i]);
      precondition (view_of, w->p, w->p_hat);
      multiply (view_of, w->p_hat, w->v);
      below = dot (w->shadow, w->v, n);
      if (below == 0)
        return TRUE;
      alpha = rho / below;
      for (guint i = 0; i < n; i++)
        w->s[i] = w->r[i] - alpha * w->v[i];
      precondition (view_of, w->s, w->s_hat);
      multiply (view_of, w->s_hat, w->t);
      tt = dot (w->t, w->t, n);
      omega = tt > 0 ? dot (w->t, w->s, n) / tt : 0;
      for (guint i = 0; i < n; i++)
        {
          x[i] += alpha * w->p_hat[i] + omega * w->s_hat[i];
          w->r[i] = w->s[i] - omega * w->t[i];
        }
      if (omega == 0)
        return TRUE;
    }
  return TRUE;
}

static double *
solve_large (const View *v, GCancellable *cancellable)
{
  guint n = v->n;
  g_autofree double *room = g_new0 (double, (gsize) n * 9);
  Vectors w = { room,         room + n,     room + 2 * n, room + 3 * n,
                room + 4 * n, room + 5 * n, room + 6 * n, room + 7 * n };
  double *best = room + 8 * n;
  g_autofree double *x = g_new0 (double, n);
  double least = INFINITY;
  int rounds = 0;

  /* The residual that the method carries along drifts from the true one; each restart takes the
   * true one. */
  for (int restart = 0; restart < MOST_RESTARTS && rounds < MOST_ROUNDS; restart++)
    {
      double residual;

      if (!improve (v, x, &w, &rounds, cancellable))
        return NULL;
      residual = get_residual (v, x, w.r);
      if (!(residual < least * 0.9))
        break;
      least = residual;
      memcpy (best, x, n * sizeof (double));
    }
  memcpy (x, best, n * sizeof (double));
  for (int i = 0; i < 100 && !g_cancellable_is_cancelled (cancellable); i++)
    if (sweep (v, v->constants, x) < SMALLEST)
      break;
  return g_cancellable_is_cancelled (cancellable) ? NULL : g_steal_pointer (&x);
}

double *
lab_system_solve (LabSystem *self, GCancellable *cancellable)
{
  View v = view (self);

  return v.n <= MOST_ELIMINATED ? solve_small (&v, cancellable) : solve_large (&v, cancellable);
}

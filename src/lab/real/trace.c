/* Explaining a run.
 *
 * The chain: the last word names its writer's store; the word which that store's
 * thread had loaded names the store before; and so on to the first value. An
 * update on the chain counts. Each other update was undone by a store of the chain
 * that was stale: it had read before the lost store and wrote after it. That one
 * is found between the chain's store which the lost update was built on and the
 * first store of the chain that its thread saw afterwards.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/trace.h"

typedef struct
{
  const LabRun *run;
  int *places; /* owned; of each store (thread × increments + sequence - 1): its place on the chain,
                  -1 */
  int *writes;   /* owned; of each store: index of its op */
  GArray *chain; /* owned (element-type int): stores, first to last */
  LabTrace *trace;
} Explanation;

static int
store_of (const LabRun *run, LabWord word)
{
  int writer = lab_word_get_writer (word);

  if (writer >= run->plan.threads || lab_word_get_sequence (word) == 0)
    return -1;
  return writer * run->plan.increments + (int) lab_word_get_sequence (word) - 1;
}

static const LabStep *
step_of (const LabRun *run, int store)
{
  return &run->steps[store / run->plan.increments][store % run->plan.increments];
}

static void
follow_chain (Explanation *e)
{
  int n = e->run->plan.threads * e->run->plan.increments;

  for (int i = 0; i < n; i++)
    e->places[i] = -1;
  for (int store = store_of (e->run, e->run->last); store >= 0;
       store = store_of (e->run, step_of (e->run, store)->loaded))
    g_array_prepend_val (e->chain, store);
  for (guint i = 0; i < e->chain->len; i++)
    e->places[g_array_index (e->chain, int, i)] = i;
}

/* The place on the chain of the word that @store was built on, through other lost stores. */
static int
root_place (Explanation *e, int store)
{
  int below = store;

  while (below >= 0 && e->places[below] < 0)
    below = store_of (e->run, step_of (e->run, below)->loaded);
  return below < 0 ? -1 : e->places[below];
}

/* The first store of the chain that @store's thread read, or made, afterwards. */
static int
next_seen_place (Explanation *e, int store)
{
  int increments = e->run->plan.increments;
  int end = (store / increments + 1) * increments;

  for (int later = store + 1; later < end; later++)
    {
      int loaded = store_of (e->run, step_of (e->run, later)->loaded);

      if (loaded >= 0 && e->places[loaded] >= 0)
        return e->places[loaded];
      if (e->places[later] >= 0)
        return e->places[later];
    }
  return (int) e->chain->len - 1;
}

static int
find_killer (Explanation *e, int store)
{
  int from = root_place (e, store) + 1;
  int to = MAX (from, next_seen_place (e, store));
  gint64 end_ns = step_of (e->run, store)->end_ns;

  /* All between are possible by the data; the clock chooses among them. */
  for (int place = from; place < to; place++)
    {
      int killer = g_array_index (e->chain, int, place);

      if (step_of (e->run, killer)->end_ns >= end_ns)
        return killer;
    }
  return g_array_index (e->chain, int, MIN (to, (int) e->chain->len - 1));
}

static void
add_op (LabTrace *trace, LabOp op, gint64 origin_ns)
{
  op.start_ns -= origin_ns;
  op.end_ns -= origin_ns;
  op.killer = -1;
  g_array_append_val (trace->ops, op);
}

/* Read, add and write of one increment; a third of its time each, since only its ends are known. */
static void
add_three (Explanation *e, int thread, int i, const LabStep *step)
{
  gint64 value = lab_word_get_value (step->loaded);
  gint64 third = (step->end_ns - step->start_ns) / 3;
  int before = store_of (e->run, step->loaded);
  LabOp op = { .thread = thread, .increment = i, .kind = LAB_OP_READ, .value = value };

  op.start_ns = step->start_ns;
  op.end_ns = step->start_ns + third;
  /* What it read was, by the clock, written later. */
  op.inferred = before >= 0 && step_of (e->run, before)->start_ns > step->end_ns;
  add_op (e->trace, op, e->run->begin_ns);
  op.inferred = FALSE;
  op.kind = LAB_OP_ADD;
  op.value = value + 1;
  op.start_ns = op.end_ns;
  op.end_ns = step->end_ns - third;
  add_op (e->trace, op, e->run->begin_ns);
  op.kind = LAB_OP_WRITE;
  op.start_ns = op.end_ns;
  op.end_ns = step->end_ns;
  e->writes[thread * e->run->plan.increments + i] = e->trace->ops->len;
  add_op (e->trace, op, e->run->begin_ns);
}

static void
add_one (Explanation *e, int thread, int i, const LabStep *step, LabOpKind kind)
{
  gint64 value = lab_word_get_value (step->loaded) + (kind == LAB_OP_ATOMIC);
  LabOp op = { .thread = thread,
               .increment = i,
               .kind = kind,
               .value = kind == LAB_OP_PUT ? 1 : value,
               .start_ns = step->start_ns,
               .end_ns = step->end_ns };

  add_op (e->trace, op, e->run->begin_ns);
}

static void
add_wait (Explanation *e, int thread, int i, const LabStep *step)
{
  LabOp op = { .thread = thread,
               .increment = i,
               .kind = LAB_OP_WAIT,
               .start_ns = step->asked_ns,
               .end_ns = step->start_ns };

  if (op.end_ns > op.start_ns)
    add_op (e->trace, op, e->run->begin_ns);
}

static void
add_increment (Explanation *e, int thread, int i)
{
  const LabStep *step = &e->run->steps[thread][i];

  switch (e->run->plan.mechanism)
    {
    case LAB_MECHANISM_MUTEX:
      add_wait (e, thread, i, step);
      add_one (e, thread, i, step, LAB_OP_HOLD);
      add_three (e, thread, i, step);
      break;
    case LAB_MECHANISM_FETCH_ADD:
    case LAB_MECHANISM_CAS:
      add_one (e, thread, i, step, LAB_OP_ATOMIC);
      break;
    case LAB_MECHANISM_QUEUE:
      add_one (e, thread, i, step, LAB_OP_PUT);
      break;
    case LAB_MECHANISM_RACY:
    case LAB_MECHANISM_YIELD:
    default:
      add_three (e, thread, i, step);
      break;
    }
}

static void
add_owner (Explanation *e)
{
  int n = e->run->plan.threads * e->run->plan.increments;

  for (int i = 0; i < n; i++)
    {
      const LabStep *step = &e->run->owner_steps[i];

      add_wait (e, e->run->plan.threads, i, step);
      add_one (e, e->run->plan.threads, i, step, LAB_OP_GET);
    }
}

static void
explain_losses (Explanation *e)
{
  g_autoptr (GHashTable) killers = g_hash_table_new (NULL, NULL);
  int n = e->run->plan.threads * e->run->plan.increments;

  follow_chain (e);
  for (int store = 0; store < n; store++)
    {
      LabOp *write = &g_array_index (e->trace->ops, LabOp, e->writes[store]);

      if (e->places[store] >= 0)
        continue;
      write->lost = TRUE;
      write->killer = e->writes[find_killer (e, store)];
      g_hash_table_add (killers, GINT_TO_POINTER (write->killer));
      e->trace->lost++;
    }
  e->trace->stale_writes = g_hash_table_size (killers);
}

LabTrace *
lab_trace_new (const LabRun *run, int number)
{
  LabTrace *trace = g_new0 (LabTrace, 1);
  int n = run->plan.threads * run->plan.increments;
  g_autofree int *places = g_new (int, n);
  g_autofree int *writes = g_new0 (int, n);
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (int));
  Explanation e = { run, places, writes, chain, trace };

  g_return_val_if_fail (run->steps != NULL, NULL);

  trace->number = number;
  trace->expected = n;
  trace->got = lab_word_get_value (run->last);
  trace->ops = g_array_new (FALSE, FALSE, sizeof (LabOp));
  for (int thread = 0; thread < run->plan.threads; thread++)
    for (int i = 0; i < run->plan.increments; i++)
      add_increment (&e, thread, i);
  if (run->owner_steps != NULL)
    add_owner (&e);
  if (run->plan.mechanism == LAB_MECHANISM_RACY || run->plan.mechanism == LAB_MECHANISM_YIELD)
    explain_losses (&e);
  return trace;
}

void
lab_trace_free (LabTrace *trace)
{
  g_array_unref (trace->ops);
  g_free (trace);
}

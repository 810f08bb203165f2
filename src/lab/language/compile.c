/* A body's statements as a flat list of instructions, and the rule of one access a step. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/language/compile.h"

#include <glib/gi18n.h>

static void compile_block (LabCompiler *self, GPtrArray *block);
static void compile_inner_block (LabCompiler *self, GPtrArray *block);

static bool
node_can_pass (const LabNode *node)
{
  switch (node->kind)
    {
    case LAB_NODE_IF:
      if (node->blocks->len == node->conditions->len)
        return true;
      for (guint i = 0; i < node->blocks->len; i++)
        if (lab_block_can_pass (g_ptr_array_index (node->blocks, i)))
          return true;
      return false;
    case LAB_NODE_WHILE:
      return true;
    case LAB_NODE_REPEAT:
      return lab_block_can_pass (g_ptr_array_index (node->blocks, 0));
    default:
      /* A step; or `stop`, behind which nothing comes. */
      return false;
    }
}

bool
lab_block_can_pass (GPtrArray *block)
{
  for (guint i = 0; i < block->len; i++)
    if (!node_can_pass (g_ptr_array_index (block, i)))
      return false;
  return true;
}

static int
emit (LabCompiler *self, LabDo op, int statement)
{
  LabInstruction instruction = {
    .op = op,
    .item = -1,
    .lock = -1,
    .to_shared = -1,
    .to_own = -1,
    .target = -1,
    .statement = statement,
  };

  g_array_append_val (self->instructions, instruction);
  return self->instructions->len - 1;
}

static LabInstruction *
get (LabCompiler *self, int instruction)
{
  return &g_array_index (self->instructions, LabInstruction, instruction);
}

static int
add_statement (LabCompiler *self, const LabNode *node)
{
  const LabToken *first = lab_syntax_get_token (self->syntax, node->token);
  LabStatement statement = {
    .line = first->line,
    .column = first->column,
    .end_line = lab_syntax_get_token (self->syntax, node->last)->line,
    .text = lab_statement_dup_text (self->syntax, node->token, node->last),
  };

  g_array_append_val (self->statements, statement);
  return self->statements->len - 1;
}

static int
look_up (LabCompiler *self, int token, LabItemKind kind)
{
  static const char *const expected[] = {
    N_ ("%s is not declared as a shared variable"),
    N_ ("%s is not declared as a lock"),
    N_ ("%s is not declared as a condition"),
    N_ ("%s is not declared as a queue"),
  };
  const LabSymbol *symbol = lab_syntax_look_up (self->syntax, token);

  if (symbol != NULL && symbol->kind == (int) kind)
    return symbol->index;
  lab_syntax_fail (self->syntax, token, _ (expected[kind]), NULL);
  return 0;
}

static void
resolve (LabCompiler *self, LabExpr expr)
{
  lab_resolve (self->syntax, self->program, expr, self->own, NULL);
}

static void
fail_accesses (LabCompiler *self, int token)
{
  lab_syntax_fail (self->syntax, token,
                   _ ("%s is one access to shared state too many: a step makes at most one"),
                   _ ("split the statement into several, or put it into “atomic { … }”"));
}

/* Of a statement with @before accesses whose expressions may bring it to @most. */
static int
count_accesses (LabCompiler *self, const LabNode *node, int before, int most)
{
  const LabExpr exprs[] = { node->value, node->other };
  int n = before;

  for (gsize i = 0; i < G_N_ELEMENTS (exprs); i++)
    {
      int more = lab_count_accesses (self->syntax, exprs[i]);

      if (self->syntax->problem == NULL && n + more > most)
        fail_accesses (self, lab_find_access (self->syntax, exprs[i], MAX (most - n, 0)));
      n += more;
    }
  return n;
}

static void
set_target (LabCompiler *self, const LabNode *node, LabInstruction *at)
{
  const LabSymbol *symbol;
  g_autofree char *name = NULL;

  if (node->target < 0)
    return;
  symbol = lab_syntax_look_up (self->syntax, node->target);
  if (symbol != NULL)
    {
      at->to_shared = symbol->index;
      return;
    }
  name = lab_syntax_dup_name (self->syntax, node->target);
  at->to_own = GPOINTER_TO_INT (g_hash_table_lookup (self->own, name)) - 1;
}

/* What a statement works on besides its target, by its kind. */
static bool
get_item_kind (LabNodeKind kind, LabItemKind *item)
{
  switch (kind)
    {
    case LAB_NODE_LOCK:
    case LAB_NODE_UNLOCK:
    case LAB_NODE_TRYLOCK:
      *item = LAB_ITEM_LOCK;
      return true;
    case LAB_NODE_WAIT:
    case LAB_NODE_SIGNAL:
    case LAB_NODE_BROADCAST:
      *item = LAB_ITEM_CONDITION;
      return true;
    case LAB_NODE_PUT:
    case LAB_NODE_GET:
      *item = LAB_ITEM_QUEUE;
      return true;
    case LAB_NODE_FETCH_ADD:
    case LAB_NODE_CAS:
      *item = LAB_ITEM_SHARED;
      return true;
    default:
      return false;
    }
}

/* The instruction of a simple statement, and how many accesses it makes. */
static int
compile_simple (LabCompiler *self, const LabNode *node, int statement, int most)
{
  static const LabDo ops[] = {
    [LAB_NODE_ASSIGN] = LAB_DO_ASSIGN,
    [LAB_NODE_LOCK] = LAB_DO_LOCK,
    [LAB_NODE_UNLOCK] = LAB_DO_UNLOCK,
    [LAB_NODE_TRYLOCK] = LAB_DO_TRYLOCK,
    [LAB_NODE_WAIT] = LAB_DO_SLEEP,
    [LAB_NODE_SIGNAL] = LAB_DO_SIGNAL,
    [LAB_NODE_BROADCAST] = LAB_DO_BROADCAST,
    [LAB_NODE_PUT] = LAB_DO_PUT,
    [LAB_NODE_GET] = LAB_DO_GET,
    [LAB_NODE_FETCH_ADD] = LAB_DO_FETCH_ADD,
    [LAB_NODE_CAS] = LAB_DO_CAS,
    [LAB_NODE_ASSERT] = LAB_DO_ASSERT,
    [LAB_NODE_FENCE] = LAB_DO_FENCE,
    [LAB_NODE_SKIP] = LAB_DO_SKIP,
  };
  LabItemKind kind = LAB_ITEM_SHARED;
  LabInstruction *at = get (self, emit (self, ops[node->kind], statement));
  int accesses = 0;

  set_target (self, node, at);
  resolve (self, node->value);
  resolve (self, node->other);
  at->value = node->value;
  at->other = node->other;
  if (get_item_kind (node->kind, &kind))
    {
      at->item = look_up (self, node->item, kind);
      accesses++;
    }
  if (node->lock >= 0)
    at->lock = look_up (self, node->lock, LAB_ITEM_LOCK);
  if (at->to_shared >= 0 && ++accesses > most)
    lab_syntax_fail (
        self->syntax, node->target,
        _ ("%s is shared: outside “atomic” this goes into a variable of the thread's own"), NULL);
  return count_accesses (self, node, accesses, most);
}

static void
compile_wait (LabCompiler *self, const LabNode *node, int statement)
{
  int sleep = self->instructions->len;
  int wake;

  compile_simple (self, node, statement, 1);
  wake = emit (self, LAB_DO_WAKE, statement);
  get (self, wake)->item = get (self, sleep)->item;
  get (self, wake)->lock = get (self, sleep)->lock;
}

/* Arms and blocks are the same inside `atomic` and outside; what differs is who compiles the
 * blocks. */
static void
compile_if (LabCompiler *self, const LabNode *node, void (*compile) (LabCompiler *, GPtrArray *))
{
  g_autoptr (GArray) leave = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < node->blocks->len; i++)
    {
      int branch = -1;

      if (i < node->conditions->len)
        {
          LabExpr condition = g_array_index (node->conditions, LabExpr, i);

          resolve (self, condition);
          if (compile == compile_block && self->syntax->problem == NULL &&
              lab_count_accesses (self->syntax, condition) > 0)
            lab_syntax_fail (self->syntax, lab_find_access (self->syntax, condition, 0),
                             _ ("%s is shared: a condition reads the thread's own variables only"),
                             _ ("read it into a variable first: “r = count;”"));
          branch = emit (self, LAB_DO_BRANCH, -1);
          get (self, branch)->value = condition;
        }
      compile (self, g_ptr_array_index (node->blocks, i));
      if (i + 1 < node->blocks->len)
        {
          int jump = emit (self, LAB_DO_JUMP, -1);

          g_array_append_val (leave, jump);
        }
      if (branch >= 0)
        get (self, branch)->target = self->instructions->len;
    }
  for (guint i = 0; i < leave->len; i++)
    get (self, g_array_index (leave, int, i))->target = self->instructions->len;
}

static void
check_loop (LabCompiler *self, const LabNode *node)
{
  if (lab_block_can_pass (g_ptr_array_index (node->blocks, 0)))
    lab_syntax_fail (self->syntax, node->token, _ ("this loop can go round with no step in it"),
                     _ ("put a “skip;” into it"));
}

static void
compile_while (LabCompiler *self, const LabNode *node)
{
  int branch = self->instructions->len;
  int jump;

  check_loop (self, node);
  resolve (self, node->value);
  if (self->syntax->problem == NULL && lab_count_accesses (self->syntax, node->value) > 0)
    lab_syntax_fail (self->syntax, lab_find_access (self->syntax, node->value, 0),
                     _ ("%s is shared: a condition reads the thread's own variables only"),
                     _ ("read it into a variable first, or use “await”"));
  emit (self, LAB_DO_BRANCH, -1);
  get (self, branch)->value = node->value;
  compile_block (self, g_ptr_array_index (node->blocks, 0));
  jump = emit (self, LAB_DO_JUMP, -1);
  get (self, jump)->target = branch;
  get (self, branch)->target = self->instructions->len;
}

static void
compile_repeat (LabCompiler *self, const LabNode *node)
{
  int counter = self->own_names->len + self->loops++;
  int start, again;

  check_loop (self, node);
  self->most_loops = MAX (self->most_loops, self->loops);
  start = emit (self, LAB_DO_REPEAT, -1);
  get (self, start)->to_own = counter;
  get (self, start)->count = node->count;
  compile_block (self, g_ptr_array_index (node->blocks, 0));
  again = emit (self, LAB_DO_AGAIN, -1);
  get (self, again)->to_own = counter;
  get (self, again)->target = start + 1;
  self->loops--;
}

static int
count_block_accesses (LabCompiler *self, int from)
{
  int n = 0;

  for (guint i = from; i < self->instructions->len; i++)
    {
      const LabInstruction *at = get (self, i);

      n += lab_count_accesses (self->syntax, at->value) + (at->to_shared >= 0) + (at->item >= 0);
    }
  return n;
}

/* `atomic` and `await`. */
static int
compile_at_once (LabCompiler *self, const LabNode *node, int statement)
{
  int start = emit (self, node->kind == LAB_NODE_ATOMIC ? LAB_DO_ATOMIC : LAB_DO_AWAIT, statement);

  resolve (self, node->value);
  get (self, start)->value = node->value;
  if (node->blocks == NULL)
    return count_accesses (self, node, 0, 1);
  get (self, start)->has_block = true;
  compile_inner_block (self, g_ptr_array_index (node->blocks, 0));
  get (self, start)->target = self->instructions->len;
  return self->syntax->problem == NULL ? count_block_accesses (self, start) : 0;
}

/* What may stand inside `atomic`, where any number of accesses is fine. */
static void
compile_inner_block (LabCompiler *self, GPtrArray *block)
{
  for (guint i = 0; i < block->len && self->syntax->problem == NULL; i++)
    {
      const LabNode *node = g_ptr_array_index (block, i);

      switch (node->kind)
        {
        case LAB_NODE_ASSIGN:
        case LAB_NODE_ASSERT:
        case LAB_NODE_GET:
        case LAB_NODE_PUT:
          compile_simple (self, node, add_statement (self, node), G_MAXINT);
          break;
        case LAB_NODE_IF:
          compile_if (self, node, compile_inner_block);
          break;
        default:
          lab_syntax_fail (self->syntax, node->token,
                           _ ("%s cannot stand in a block that is one step"),
                           _ ("there are assignments, “if”, “assert”, “x = get(q);” and “put” in "
                              "it, nothing else"));
        }
    }
}

static void
compile_block (LabCompiler *self, GPtrArray *block)
{
  for (guint i = 0; i < block->len && self->syntax->problem == NULL; i++)
    {
      const LabNode *node = g_ptr_array_index (block, i);
      int statement, accesses;

      switch (node->kind)
        {
        case LAB_NODE_IF:
          compile_if (self, node, compile_block);
          break;
        case LAB_NODE_WHILE:
          compile_while (self, node);
          break;
        case LAB_NODE_REPEAT:
          compile_repeat (self, node);
          break;
        case LAB_NODE_STOP:
          {
            int jump = emit (self, LAB_DO_JUMP, -1);

            g_array_append_val (self->stops, jump);
          }
          break;
        case LAB_NODE_WAIT:
          compile_wait (self, node, add_statement (self, node));
          break;
        default:
          statement = add_statement (self, node);
          accesses = node->kind == LAB_NODE_ATOMIC || node->kind == LAB_NODE_AWAIT
                         ? compile_at_once (self, node, statement)
                         : compile_simple (self, node, statement, 1);
          g_array_index (self->statements, LabStatement, statement).n_accesses = accesses;
        }
    }
}

void
lab_compile_body (LabCompiler *self, GPtrArray *block, LabBody *body)
{
  body->first = self->instructions->len;
  self->loops = self->most_loops = 0;
  g_array_set_size (self->stops, 0);
  compile_block (self, block);
  body->end = emit (self, LAB_DO_END, -1);
  for (guint i = 0; i < self->stops->len; i++)
    get (self, g_array_index (self->stops, int, i))->target = body->end;
  body->n_own = self->own_names->len;
  body->n_slots = body->n_own + self->most_loops;
}

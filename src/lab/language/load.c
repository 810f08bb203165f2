/* A program from its text: its parts put together, its first state tried. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "lab/language/compile.h"
#include "lab/language/evaluate.h"

char *
lab_statement_dup_text (const LabSyntax *syntax, int first_token, int last_token)
{
  GString *text = g_string_new (NULL);

  for (int i = first_token; i <= last_token; i++)
    {
      const LabToken *token = lab_syntax_get_token (syntax, i);

      if (i > first_token && token->start > lab_syntax_get_token (syntax, i - 1)->end)
        g_string_append_c (text, ' ');
      g_string_append_len (text, syntax->text + token->start, token->end - token->start);
    }
  return g_string_free (text, FALSE);
}

static void
add_own (LabSyntax *syntax, int target, GHashTable *own, GPtrArray *names)
{
  const LabSymbol *symbol = lab_syntax_look_up (syntax, target);
  g_autofree char *name = NULL;

  if (symbol != NULL)
    {
      if (symbol->kind != LAB_ITEM_SHARED)
        lab_syntax_fail (syntax, target, _ ("%s is not a variable and cannot be assigned"), NULL);
      return;
    }
  name = lab_syntax_dup_name (syntax, target);
  if (g_hash_table_contains (own, name))
    return;
  g_ptr_array_add (names, g_strdup (name));
  g_hash_table_insert (own, g_steal_pointer (&name), GINT_TO_POINTER (names->len));
}

/* A name that is assigned and not declared is the thread's own, in the order of the text. */
static void
collect_own (LabSyntax *syntax, GPtrArray *block, GHashTable *own, GPtrArray *names)
{
  for (guint i = 0; i < block->len && syntax->problem == NULL; i++)
    {
      const LabNode *node = g_ptr_array_index (block, i);

      if (node->target >= 0)
        add_own (syntax, node->target, own, names);
      for (guint b = 0; node->blocks != NULL && b < node->blocks->len; b++)
        collect_own (syntax, g_ptr_array_index (node->blocks, b), own, names);
    }
}

static void
take_items (LabProgram *self, LabSyntax *syntax)
{
  for (int kind = 0; kind < LAB_N_ITEM_KINDS; kind++)
    {
      self->n_items[kind] = syntax->items[kind]->len;
      self->items[kind] =
          g_memdup2 (syntax->items[kind]->data, syntax->items[kind]->len * sizeof (LabItem));
      g_array_set_size (syntax->items[kind], 0);
    }
}

static void
add_threads (LabProgram *self, LabSyntax *syntax)
{
  self->n_threads = syntax->thread_names->len;
  self->threads = g_new0 (LabThread, self->n_threads);
  self->n_bodies = syntax->groups->len;
  self->bodies = g_new0 (LabBody, self->n_bodies);
  for (int g = 0; g < self->n_bodies; g++)
    {
      const LabThreadGroup *group = &g_array_index (syntax->groups, LabThreadGroup, g);

      for (int t = group->first; t < group->first + group->n; t++)
        {
          int name = g_array_index (syntax->thread_names, int, t);

          self->threads[t].name = lab_syntax_dup_name (syntax, name);
          self->threads[t].line = lab_syntax_get_token (syntax, name)->line;
          self->threads[t].body = g;
        }
    }
}

static void
compile_bodies (LabProgram *self, LabSyntax *syntax, GPtrArray *own_of)
{
  LabCompiler compiler = {
    .syntax = syntax,
    .program = self,
    .instructions = g_array_new (FALSE, FALSE, sizeof (LabInstruction)),
    .statements = g_array_new (FALSE, FALSE, sizeof (LabStatement)),
    .stops = g_array_new (FALSE, FALSE, sizeof (int)),
  };

  for (int g = 0; g < self->n_bodies; g++)
    {
      GPtrArray *block = g_array_index (syntax->groups, LabThreadGroup, g).block;

      compiler.own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      compiler.own_names = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (own_of, compiler.own);
      collect_own (syntax, block, compiler.own, compiler.own_names);
      if (syntax->problem == NULL)
        lab_compile_body (&compiler, block, &self->bodies[g]);
      self->bodies[g].n_own = compiler.own_names->len;
      self->bodies[g].own_names = (char **) g_ptr_array_free (compiler.own_names, FALSE);
    }
  g_array_unref (compiler.stops);
  self->n_instructions = compiler.instructions->len;
  self->instructions = (LabInstruction *) g_array_free (compiler.instructions, FALSE);
  self->n_statements = compiler.statements->len;
  self->statements = (LabStatement *) g_array_free (compiler.statements, FALSE);
}

static void
take_claims (LabProgram *self, LabSyntax *syntax, GPtrArray *own_of)
{
  for (guint i = 0; i < syntax->always->len; i++)
    lab_resolve (syntax, self, g_array_index (syntax->always, LabExpr, i), NULL, NULL);
  for (guint i = 0; i < syntax->finally->len; i++)
    lab_resolve (syntax, self, g_array_index (syntax->finally, LabExpr, i), NULL, own_of);
  self->n_always = syntax->always->len;
  self->always = g_memdup2 (syntax->always->data, syntax->always->len * sizeof (LabExpr));
  self->n_finally = syntax->finally->len;
  self->finally = g_memdup2 (syntax->finally->data, syntax->finally->len * sizeof (LabExpr));
}

static void
resolve_shown (LabProgram *self,
               LabSyntax *syntax,
               GPtrArray *own_of,
               const LabShownName *name,
               LabShown *shown)
{
  const LabSymbol *symbol = lab_syntax_look_up (syntax, name->name);
  g_autofree char *first = lab_syntax_dup_name (syntax, name->name);
  g_autofree char *field = NULL;

  if (name->field < 0)
    {
      if (symbol == NULL || symbol->kind != LAB_ITEM_SHARED)
        {
          lab_syntax_fail (syntax, name->name, _ ("%s is not a shared variable"),
                           _ ("“show” names shared variables, and own ones such as “A.r”"));
          return;
        }
      *shown = (LabShown){ g_steal_pointer (&first), -1, symbol->index };
      return;
    }
  if (symbol == NULL || symbol->kind != LAB_SYMBOL_THREAD)
    {
      lab_syntax_fail (syntax, name->name, _ ("%s is not a thread"), NULL);
      return;
    }
  field = lab_syntax_dup_name (syntax, name->field);
  shown->thread = symbol->index;
  shown->index = GPOINTER_TO_INT (g_hash_table_lookup (
                     g_ptr_array_index (own_of, self->threads[symbol->index].body), field)) -
                 1;
  shown->name = g_strdup_printf ("%s.%s", first, field);
  if (shown->index < 0)
    lab_syntax_fail (syntax, name->field, _ ("the thread has no variable %s of its own"), NULL);
}

static void
add_shown (LabProgram *self, LabSyntax *syntax, GPtrArray *own_of)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  self->n_shown = syntax->has_show ? (int) syntax->shown->len : self->n_items[LAB_ITEM_SHARED];
  self->shown = g_new0 (LabShown, self->n_shown);
  for (int i = 0; i < self->n_shown && syntax->problem == NULL; i++)
    if (syntax->has_show)
      {
        const LabShownName *name = &g_array_index (syntax->shown, LabShownName, i);

        resolve_shown (self, syntax, own_of, name, &self->shown[i]);
        if (syntax->problem == NULL && !g_hash_table_add (names, self->shown[i].name))
          lab_syntax_fail (syntax, name->name, _ ("%s is shown already"), NULL);
      }
    else
      self->shown[i] = (LabShown){ g_strdup (self->items[LAB_ITEM_SHARED][i].name), -1, i };
}

static void
lay_out (LabProgram *self)
{
  int at = self->n_threads;

  self->at_shared = at;
  at += self->n_items[LAB_ITEM_SHARED];
  self->at_locks = at;
  at += self->n_items[LAB_ITEM_LOCK];
  self->at_woken = at;
  at += self->n_items[LAB_ITEM_CONDITION] > 0 ? self->n_threads : 0;
  for (int t = 0; t < self->n_threads; t++)
    {
      self->threads[t].own = at;
      at += self->bodies[self->threads[t].body].n_slots;
    }
  self->at_sequences = at;
  self->n_sequences = self->n_items[LAB_ITEM_QUEUE] + (self->tso ? self->n_threads : 0);
}

/* What would go wrong before the first step is wrong in the file. */
static LabProblem *
try_first_state (LabProgram *self)
{
  int n;
  g_autofree gint64 *words = lab_first_words (self, &n);

  for (int t = 0; t < self->n_threads; t++)
    if (lab_settle (self, words, t) != LAB_FAULT_NONE)
      {
        LabExpr at = self->instructions[words[t]].value;

        return lab_problem_new (
            at.line, at.column,
            _ ("this condition overflows or divides by zero before the first step"),
            _ ("own variables start at 0"));
      }
  for (int i = 0; i < self->n_always; i++)
    if (!lab_holds (self, &self->always[i], 1, words))
      return lab_problem_new (
          self->always[i].line, self->always[i].column, _ ("this does not hold at the start"),
          _ ("“always” holds from the start and after each step; “finally” at the end"));
  return NULL;
}

static LabProgram *
program_new_from (LabSyntax *syntax)
{
  LabProgram *self = g_new0 (LabProgram, 1);
  g_autoptr (GPtrArray) own_of =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_hash_table_unref);

  self->ref_count = 1;
  self->live_tables = g_ptr_array_new_with_free_func (g_free);
  self->title = g_steal_pointer (&syntax->title);
  self->story = g_steal_pointer (&syntax->story);
  self->kind = syntax->kind;
  self->tso = syntax->has_memory;
  take_items (self, syntax);
  add_threads (self, syntax);
  compile_bodies (self, syntax, own_of);
  take_claims (self, syntax, own_of);
  add_shown (self, syntax, own_of);
  self->n_codes = syntax->codes->len;
  self->codes = g_memdup2 (syntax->codes->data, syntax->codes->len * sizeof (LabExprCode));
  return self;
}

LabProgram *
lab_program_new (const char *text, gssize length, LabProblem **problem)
{
  gsize n = length < 0 ? strlen (text) : (gsize) length;
  g_autofree char *copy = g_malloc (n + 1);
  g_autoptr (LabSyntax) syntax = NULL;
  g_autoptr (LabProgram) self = NULL;

  memcpy (copy, text, n);
  copy[n] = '\0';
  syntax = lab_syntax_new (copy, n);
  if (syntax->problem == NULL)
    self = program_new_from (syntax);
  if (syntax->problem != NULL)
    {
      *problem = g_steal_pointer (&syntax->problem);
      return NULL;
    }
  lay_out (self);
  lab_add_liveness (self);
  *problem = try_first_state (self);
  return *problem == NULL ? g_steal_pointer (&self) : NULL;
}

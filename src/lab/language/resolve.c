/* What the names of an expression mean. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/language/compile.h"

#include <glib/gi18n.h>

#include "lab/language/evaluate-private.h"

typedef struct
{
  LabSyntax *syntax;
  const LabProgram *program;
  GHashTable *own;
  GPtrArray *own_of;
} Resolver;

static int
find_own (const LabSyntax *syntax, GHashTable *own, int token)
{
  g_autofree char *name = lab_syntax_dup_name (syntax, token);

  return GPOINTER_TO_INT (g_hash_table_lookup (own, name)) - 1;
}

static void
fail_unknown (const Resolver *self, int token)
{
  if (self->own != NULL)
    lab_syntax_fail (self->syntax, token, _ ("%s is read and never assigned in this thread"),
                     _ ("declare it with “shared”, or assign it first"));
  else
    lab_syntax_fail (self->syntax, token, _ ("%s is not declared"),
                     _ ("claims are about what is declared “shared”"));
}

static void
resolve_name (const Resolver *self, LabExprCode *code)
{
  const LabSymbol *symbol = lab_syntax_look_up (self->syntax, code->arg);
  int slot;

  code->value = code->arg;
  if (symbol != NULL && symbol->kind == LAB_ITEM_SHARED)
    {
      code->op = LAB_EXPR_SHARED;
      code->arg = symbol->index;
    }
  else if (symbol != NULL)
    lab_syntax_fail (self->syntax, code->arg, _ ("%s is not a variable"),
                     symbol->kind == LAB_ITEM_QUEUE ? _ ("“length(q)” is the length of a queue q")
                                                    : NULL);
  else if (self->own != NULL && (slot = find_own (self->syntax, self->own, code->arg)) >= 0)
    {
      code->op = LAB_EXPR_OWN;
      code->arg = slot;
    }
  else
    fail_unknown (self, code->arg);
}

static void
resolve_field (const Resolver *self, LabExprCode *code)
{
  const LabSymbol *symbol = lab_syntax_look_up (self->syntax, code->arg);
  int field = code->value;
  int slot;

  if (self->own_of == NULL)
    {
      lab_syntax_fail (self->syntax, code->arg,
                       _ ("own variables of a thread are read by “finally” and “show” only"), NULL);
      return;
    }
  if (symbol == NULL || symbol->kind != LAB_SYMBOL_THREAD)
    {
      lab_syntax_fail (self->syntax, code->arg, _ ("%s is not a thread"), NULL);
      return;
    }
  slot = find_own (self->syntax,
                   g_ptr_array_index (self->own_of, self->program->threads[symbol->index].body),
                   field);
  if (slot < 0)
    {
      lab_syntax_fail (self->syntax, field, _ ("the thread has no variable %s of its own"), NULL);
      return;
    }
  code->op = LAB_EXPR_OF_THREAD;
  code->thread = symbol->index;
  code->arg = slot;
}

static void
resolve_length (const Resolver *self, LabExprCode *code)
{
  const LabSymbol *symbol = lab_syntax_look_up (self->syntax, code->arg);

  if (symbol == NULL || symbol->kind != LAB_ITEM_QUEUE)
    {
      lab_syntax_fail (self->syntax, code->arg, _ ("%s is not a queue"), NULL);
      return;
    }
  code->value = code->arg;
  code->arg = symbol->index;
}

static void
resolve_code (const Resolver *self, LabExprCode *code)
{
  if (code->op == LAB_EXPR_NAME)
    resolve_name (self, code);
  else if (code->op == LAB_EXPR_FIELD)
    resolve_field (self, code);
  else if (code->op == LAB_EXPR_LENGTH)
    resolve_length (self, code);
  else if (code->op == LAB_EXPR_SELF && self->own == NULL)
    lab_syntax_fail (self->syntax, code->arg, _ ("%s has a meaning in threads only"), NULL);
}

/* How a code moves the top of the stack where it is passed in the order of the text. */
static int
get_growth (LabExprOp op)
{
  switch (op)
    {
    case LAB_EXPR_CONSTANT:
    case LAB_EXPR_OWN:
    case LAB_EXPR_SHARED:
    case LAB_EXPR_LENGTH:
    case LAB_EXPR_SELF:
    case LAB_EXPR_OF_THREAD:
      return 1;
    case LAB_EXPR_NEGATE:
    case LAB_EXPR_NOT:
    case LAB_EXPR_TRUTH:
      return 0;
    default:
      /* After JUMP the other branch begins without this one's value. */
      return -1;
    }
}

void
lab_resolve (
    LabSyntax *syntax, const LabProgram *program, LabExpr expr, GHashTable *own, GPtrArray *own_of)
{
  Resolver self = { syntax, program, own, own_of };
  int depth = 0;

  for (int i = expr.first; i < expr.end && syntax->problem == NULL; i++)
    {
      LabExprCode *code = &g_array_index (syntax->codes, LabExprCode, i);

      resolve_code (&self, code);
      depth += get_growth (code->op);
      g_assert (depth <= LAB_EVALUATE_STACK);
    }
}

static bool
is_access (const LabExprCode *code)
{
  return code->op == LAB_EXPR_SHARED || code->op == LAB_EXPR_LENGTH;
}

int
lab_count_accesses (const LabSyntax *syntax, LabExpr expr)
{
  int n = 0;

  for (int i = expr.first; i < expr.end; i++)
    n += is_access (&g_array_index (syntax->codes, LabExprCode, i));
  return n;
}

int
lab_find_access (const LabSyntax *syntax, LabExpr expr, int n)
{
  for (int i = expr.first; i < expr.end; i++)
    {
      const LabExprCode *code = &g_array_index (syntax->codes, LabExprCode, i);

      if (is_access (code) && n-- == 0)
        return code->value;
    }
  g_assert_not_reached ();
}

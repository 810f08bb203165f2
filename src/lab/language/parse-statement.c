/* Statements and blocks. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/language/syntax.h"

#include <glib/gi18n.h>

static LabNode *
node_new (LabSyntax *self, LabNodeKind kind)
{
  LabNode *node = g_new0 (LabNode, 1);

  node->kind = kind;
  node->token = self->at;
  node->target = node->item = node->lock = -1;
  return node;
}

static void
add_block (LabNode *node, GPtrArray *block)
{
  if (node->blocks == NULL)
    node->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_ptr_array_add (node->blocks, block);
}

static GPtrArray *
parse_nested_block (LabSyntax *self)
{
  GPtrArray *block;

  lab_parse_enter (self);
  block = lab_parse_block (self);
  lab_parse_leave (self);
  return block;
}

static LabExpr
parse_condition (LabSyntax *self)
{
  LabExpr condition;

  lab_parse_sign (self, '(');
  condition = lab_parse_expression (self);
  lab_parse_sign (self, ')');
  return condition;
}

static LabNode *
parse_if (LabSyntax *self)
{
  LabNode *node = node_new (self, LAB_NODE_IF);

  node->conditions = g_array_new (FALSE, FALSE, sizeof (LabExpr));
  for (bool more = true; more && self->problem == NULL;)
    {
      LabExpr condition;

      self->at++;
      condition = parse_condition (self);
      g_array_append_val (node->conditions, condition);
      add_block (node, parse_nested_block (self));
      more = false;
      if (self->problem == NULL && lab_parse_is_word (self, LAB_WORD_ELSE))
        {
          self->at++;
          more = lab_parse_is_word (self, LAB_WORD_IF);
          if (!more)
            add_block (node, parse_nested_block (self));
        }
    }
  return node;
}

static LabNode *
parse_while (LabSyntax *self)
{
  LabNode *node = node_new (self, LAB_NODE_WHILE);

  self->at++;
  node->value = parse_condition (self);
  add_block (node, parse_nested_block (self));
  return node;
}

static LabNode *
parse_repeat (LabSyntax *self)
{
  LabNode *node = node_new (self, LAB_NODE_REPEAT);
  int number = ++self->at;

  node->count = lab_parse_literal (self);
  if (node->count < 1)
    lab_syntax_fail (self, number, _ ("repeat takes a number of at least 1"), NULL);
  add_block (node, parse_nested_block (self));
  return node;
}

static LabNode *
parse_atomic (LabSyntax *self)
{
  LabNode *node = node_new (self, LAB_NODE_ATOMIC);

  self->at++;
  add_block (node, parse_nested_block (self));
  return node;
}

static LabNode *
parse_await (LabSyntax *self)
{
  LabNode *node = node_new (self, LAB_NODE_AWAIT);

  self->at++;
  node->value = lab_parse_expression (self);
  if (self->problem == NULL && lab_parse_is_sign (self, '{'))
    add_block (node, parse_nested_block (self));
  else
    lab_parse_sign (self, ';');
  return node;
}

/* `WORD NAME;` */
static LabNode *
parse_named (LabSyntax *self, LabNodeKind kind)
{
  LabNode *node = node_new (self, kind);

  self->at++;
  node->item = lab_parse_name (self);
  if (kind == LAB_NODE_WAIT)
    {
      lab_parse_sign (self, ',');
      node->lock = lab_parse_name (self);
    }
  else if (kind == LAB_NODE_PUT)
    {
      lab_parse_sign (self, ',');
      node->value = lab_parse_expression (self);
    }
  lab_parse_sign (self, ';');
  return node;
}

/* `WORD;` */
static LabNode *
parse_plain (LabSyntax *self, LabNodeKind kind)
{
  LabNode *node = node_new (self, kind);

  self->at++;
  if (kind == LAB_NODE_ASSERT)
    node->value = lab_parse_expression (self);
  lab_parse_sign (self, ';');
  return node;
}

/* From `get`, `trylock`, `fetch_add` or `cas` up to its bracket. */
static void
parse_operation (LabSyntax *self, LabNode *node)
{
  self->at++;
  lab_parse_sign (self, '(');
  node->item = lab_parse_name (self);
  if (node->kind == LAB_NODE_FETCH_ADD || node->kind == LAB_NODE_CAS)
    {
      lab_parse_sign (self, ',');
      node->value = lab_parse_expression (self);
    }
  if (node->kind == LAB_NODE_CAS)
    {
      lab_parse_sign (self, ',');
      node->other = lab_parse_expression (self);
    }
  lab_parse_sign (self, ')');
}

static LabNodeKind
get_operation (const LabSyntax *self)
{
  static const struct
  {
    LabWord word;
    LabNodeKind kind;
  } operations[] = {
    { LAB_WORD_GET, LAB_NODE_GET },
    { LAB_WORD_TRYLOCK, LAB_NODE_TRYLOCK },
    { LAB_WORD_FETCH_ADD, LAB_NODE_FETCH_ADD },
    { LAB_WORD_CAS, LAB_NODE_CAS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (lab_parse_is_word (self, operations[i].word))
      return operations[i].kind;
  return LAB_NODE_ASSIGN;
}

/* `x = …;` */
static LabNode *
parse_assignment (LabSyntax *self)
{
  LabNode *node = node_new (self, LAB_NODE_ASSIGN);

  node->target = lab_parse_name (self);
  lab_parse_sign (self, '=');
  if (self->problem != NULL)
    return node;
  node->kind = get_operation (self);
  if (node->kind == LAB_NODE_ASSIGN)
    node->value = lab_parse_expression (self);
  else
    parse_operation (self, node);
  lab_parse_sign (self, ';');
  return node;
}

static bool
is_literal_one (const LabSyntax *self, LabExpr expr)
{
  const LabExprCode *code;

  if (expr.end - expr.first != 1)
    return false;
  code = &g_array_index (self->codes, LabExprCode, expr.first);
  return code->op == LAB_EXPR_CONSTANT && code->value == 1;
}

/* Of the operations that give a value, only `fetch_add(v, 1);` may stand alone. */
static LabNode *
parse_alone (LabSyntax *self)
{
  LabNode *node = node_new (self, get_operation (self));

  if (node->kind == LAB_NODE_FETCH_ADD)
    {
      parse_operation (self, node);
      lab_parse_sign (self, ';');
      if (self->problem != NULL || is_literal_one (self, node->value))
        return node;
    }
  lab_syntax_fail (self, node->token,
                   _ ("the result of %s needs a name; only “fetch_add(v, 1);” may stand alone"),
                   _ ("write “x = …;”"));
  return node;
}

static LabNode *
parse_no_statement (LabSyntax *self)
{
  LabNode *node = node_new (self, LAB_NODE_SKIP);

  if (lab_parse_is_sign (self, ';'))
    lab_syntax_fail (self, self->at, _ ("an empty statement"),
                     _ ("“skip;” is a step that does nothing"));
  else if (lab_parse_is_sign (self, '{'))
    lab_syntax_fail (self, self->at, _ ("a block that belongs to nothing"),
                     _ ("write “atomic { … }” to make it one step"));
  else if (lab_parse_is_word (self, LAB_WORD_SELF))
    lab_syntax_fail (self, self->at, _ ("%s is the thread's number and cannot be assigned"), NULL);
  else if (lab_parse_is_word (self, LAB_WORD_ELSE))
    lab_syntax_fail (self, self->at, _ ("%s without an “if” before it"), NULL);
  else
    lab_syntax_fail (self, self->at, _ ("expected a statement, found %s"), NULL);
  return node;
}

static LabNode *
parse_word (LabSyntax *self)
{
  switch (lab_syntax_get_token (self, self->at)->code)
    {
    case LAB_WORD_IF:
      return parse_if (self);
    case LAB_WORD_WHILE:
      return parse_while (self);
    case LAB_WORD_REPEAT:
      return parse_repeat (self);
    case LAB_WORD_ATOMIC:
      return parse_atomic (self);
    case LAB_WORD_AWAIT:
      return parse_await (self);
    case LAB_WORD_LOCK:
      return parse_named (self, LAB_NODE_LOCK);
    case LAB_WORD_UNLOCK:
      return parse_named (self, LAB_NODE_UNLOCK);
    case LAB_WORD_WAIT:
      return parse_named (self, LAB_NODE_WAIT);
    case LAB_WORD_SIGNAL:
      return parse_named (self, LAB_NODE_SIGNAL);
    case LAB_WORD_BROADCAST:
      return parse_named (self, LAB_NODE_BROADCAST);
    case LAB_WORD_PUT:
      return parse_named (self, LAB_NODE_PUT);
    case LAB_WORD_ASSERT:
      return parse_plain (self, LAB_NODE_ASSERT);
    case LAB_WORD_FENCE:
      return parse_plain (self, LAB_NODE_FENCE);
    case LAB_WORD_SKIP:
      return parse_plain (self, LAB_NODE_SKIP);
    case LAB_WORD_STOP:
      return parse_plain (self, LAB_NODE_STOP);
    case LAB_WORD_GET:
    case LAB_WORD_CAS:
    case LAB_WORD_TRYLOCK:
    case LAB_WORD_FETCH_ADD:
      return parse_alone (self);
    default:
      return parse_no_statement (self);
    }
}

GPtrArray *
lab_parse_block (LabSyntax *self)
{
  GPtrArray *block = g_ptr_array_new_with_free_func ((GDestroyNotify) lab_node_free);

  lab_parse_sign (self, '{');
  while (self->problem == NULL && !lab_parse_is_sign (self, '}'))
    {
      const LabToken *token = lab_syntax_get_token (self, self->at);
      LabNode *node;

      if (token->kind == LAB_TOKEN_END)
        {
          lab_syntax_fail (self, self->at, _ ("expected “}” before %s"), NULL);
          break;
        }
      node = token->kind == LAB_TOKEN_NAME   ? parse_assignment (self)
             : token->kind == LAB_TOKEN_WORD ? parse_word (self)
                                             : parse_no_statement (self);
      node->last = self->at - 1;
      g_ptr_array_add (block, node);
    }
  lab_parse_sign (self, '}');
  return block;
}

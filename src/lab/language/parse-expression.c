/* Expressions: C's operators, with C's order, as postfix code. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/language/syntax.h"

#include <glib/gi18n.h>

/* By how tightly they bind. */
static const struct
{
  int level;
  int sign;
  LabExprOp op;
} operators[] = {
  { 0, LAB_SIGN_OR, LAB_EXPR_OR },
  { 1, LAB_SIGN_AND, LAB_EXPR_AND },
  { 2, LAB_SIGN_EQUAL, LAB_EXPR_EQUAL },
  { 2, LAB_SIGN_NOT_EQUAL, LAB_EXPR_NOT_EQUAL },
  { 3, '<', LAB_EXPR_LESS },
  { 3, LAB_SIGN_LESS_EQUAL, LAB_EXPR_LESS_EQUAL },
  { 3, '>', LAB_EXPR_GREATER },
  { 3, LAB_SIGN_GREATER_EQUAL, LAB_EXPR_GREATER_EQUAL },
  { 4, '+', LAB_EXPR_ADD },
  { 4, '-', LAB_EXPR_SUBTRACT },
  { 5, '*', LAB_EXPR_MULTIPLY },
  { 5, '/', LAB_EXPR_DIVIDE },
  { 5, '%', LAB_EXPR_REMAINDER },
};

#define TIGHTEST 5

static void parse_choice (LabSyntax *self);

static int
emit (LabSyntax *self, LabExprOp op, int arg, gint64 value)
{
  LabExprCode code = { .op = op, .arg = arg, .value = value };

  g_array_append_val (self->codes, code);
  return self->codes->len - 1;
}

static void
land_here (LabSyntax *self, int jump)
{
  g_array_index (self->codes, LabExprCode, jump).arg = self->codes->len;
}

/* `length(q)`, or a word that has no business here. */
static void
parse_word (LabSyntax *self)
{
  const LabToken *token = lab_syntax_get_token (self, self->at);

  switch (token->code)
    {
    case LAB_WORD_SELF:
      emit (self, LAB_EXPR_SELF, self->at++, 0);
      return;
    case LAB_WORD_LENGTH:
      self->at++;
      lab_parse_sign (self, '(');
      emit (self, LAB_EXPR_LENGTH, lab_parse_name (self), 0);
      lab_parse_sign (self, ')');
      return;
    case LAB_WORD_GET:
    case LAB_WORD_CAS:
    case LAB_WORD_FETCH_ADD:
    case LAB_WORD_TRYLOCK:
      lab_syntax_fail (
          self, self->at, _ ("%s is no part of an expression"),
          _ ("give its result a name in a statement of its own, such as “x = get(q);”"));
      return;
    default:
      lab_syntax_fail (self, self->at, _ ("expected an expression, found %s"), NULL);
    }
}

static void
parse_primary (LabSyntax *self)
{
  const LabToken *token = lab_syntax_get_token (self, self->at);

  if (self->problem != NULL)
    return;
  if (token->kind == LAB_TOKEN_NUMBER)
    emit (self, LAB_EXPR_CONSTANT, 0, lab_parse_literal (self));
  else if (token->kind == LAB_TOKEN_WORD)
    parse_word (self);
  else if (token->kind == LAB_TOKEN_NAME)
    {
      int name = self->at++;

      if (lab_parse_is_sign (self, '.'))
        {
          self->at++;
          emit (self, LAB_EXPR_FIELD, name, lab_parse_name (self));
        }
      else
        emit (self, LAB_EXPR_NAME, name, 0);
    }
  else if (lab_parse_is_sign (self, '('))
    {
      lab_parse_enter (self);
      self->at++;
      parse_choice (self);
      lab_parse_sign (self, ')');
      lab_parse_leave (self);
    }
  else
    lab_syntax_fail (self, self->at, _ ("expected an expression, found %s"), NULL);
}

static bool
next_is_number (LabSyntax *self)
{
  return lab_syntax_get_token (self, self->at + 1)->kind == LAB_TOKEN_NUMBER;
}

static void
parse_unary (LabSyntax *self)
{
  bool minus = lab_parse_is_sign (self, '-');

  if (self->problem != NULL)
    return;
  /* The least number has no positive twin, so a minus belongs to its literal. */
  if (minus && next_is_number (self))
    emit (self, LAB_EXPR_CONSTANT, 0, lab_parse_literal (self));
  else if (minus || lab_parse_is_sign (self, '!'))
    {
      lab_parse_enter (self);
      self->at++;
      parse_unary (self);
      emit (self, minus ? LAB_EXPR_NEGATE : LAB_EXPR_NOT, 0, 0);
      lab_parse_leave (self);
    }
  else
    parse_primary (self);
}

static int
find_operator (LabSyntax *self, int level)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operators); i++)
    if (operators[i].level == level && lab_parse_is_sign (self, operators[i].sign))
      return i;
  return -1;
}

static void
parse_binary (LabSyntax *self, int level)
{
  int found;

  if (level > TIGHTEST)
    {
      parse_unary (self);
      return;
    }
  parse_binary (self, level + 1);
  while (self->problem == NULL && (found = find_operator (self, level)) >= 0)
    {
      LabExprOp op = operators[found].op;

      self->at++;
      if (op == LAB_EXPR_AND || op == LAB_EXPR_OR)
        {
          int skip = emit (self, op, 0, 0);

          parse_binary (self, level + 1);
          emit (self, LAB_EXPR_TRUTH, 0, 0);
          land_here (self, skip);
        }
      else
        {
          parse_binary (self, level + 1);
          emit (self, op, 0, 0);
        }
    }
}

static void
parse_choice (LabSyntax *self)
{
  int choose, jump;

  parse_binary (self, 0);
  if (self->problem != NULL || !lab_parse_is_sign (self, '?'))
    return;
  lab_parse_enter (self);
  self->at++;
  choose = emit (self, LAB_EXPR_CHOOSE, 0, 0);
  parse_choice (self);
  lab_parse_sign (self, ':');
  jump = emit (self, LAB_EXPR_JUMP, 0, 0);
  land_here (self, choose);
  parse_choice (self);
  land_here (self, jump);
  lab_parse_leave (self);
}

LabExpr
lab_parse_expression (LabSyntax *self)
{
  const LabToken *token = lab_syntax_get_token (self, self->at);
  LabExpr expr = { .first = self->codes->len, .line = token->line, .column = token->column };

  if (self->problem == NULL)
    parse_choice (self);
  expr.end = self->codes->len;
  return expr;
}

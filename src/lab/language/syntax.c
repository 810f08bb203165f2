/* What was read, and the small words of the parser. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/language/syntax.h"

#include <glib/gi18n.h>
#include <string.h>

void
lab_node_free (LabNode *node)
{
  g_clear_pointer (&node->conditions, g_array_unref);
  g_clear_pointer (&node->blocks, g_ptr_array_unref);
  g_free (node);
}

static void
clear_group (gpointer data)
{
  LabThreadGroup *group = data;

  g_clear_pointer (&group->block, g_ptr_array_unref);
}

LabSyntax *
lab_syntax_new (const char *text, gsize length)
{
  LabSyntax *self = g_new0 (LabSyntax, 1);

  self->text = text;
  self->symbols = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (int i = 0; i < LAB_N_ITEM_KINDS; i++)
    self->items[i] = g_array_new (FALSE, TRUE, sizeof (LabItem));
  self->thread_names = g_array_new (FALSE, FALSE, sizeof (int));
  self->groups = g_array_new (FALSE, FALSE, sizeof (LabThreadGroup));
  g_array_set_clear_func (self->groups, clear_group);
  self->codes = g_array_new (FALSE, FALSE, sizeof (LabExprCode));
  self->always = g_array_new (FALSE, FALSE, sizeof (LabExpr));
  self->finally = g_array_new (FALSE, FALSE, sizeof (LabExpr));
  self->shown = g_array_new (FALSE, FALSE, sizeof (LabShownName));
  self->tokens = lab_tokens_new (text, length, &self->problem);
  if (self->problem == NULL)
    lab_parse_declarations (self);
  return self;
}

void
lab_syntax_free (LabSyntax *self)
{
  for (int kind = 0; kind < LAB_N_ITEM_KINDS; kind++)
    {
      for (guint i = 0; i < self->items[kind]->len; i++)
        {
          g_free (g_array_index (self->items[kind], LabItem, i).name);
          g_free (g_array_index (self->items[kind], LabItem, i).contents);
        }
      g_array_unref (self->items[kind]);
    }
  g_hash_table_unref (self->symbols);
  g_array_unref (self->thread_names);
  g_array_unref (self->groups);
  g_array_unref (self->codes);
  g_array_unref (self->always);
  g_array_unref (self->finally);
  g_array_unref (self->shown);
  g_clear_pointer (&self->tokens, g_array_unref);
  g_clear_pointer (&self->problem, lab_problem_free);
  g_free (self->title);
  g_free (self->story);
  g_free (self);
}

const LabToken *
lab_syntax_get_token (const LabSyntax *self, int token)
{
  return &g_array_index (self->tokens, LabToken, token);
}

char *
lab_syntax_dup_name (const LabSyntax *self, int token)
{
  const LabToken *t = lab_syntax_get_token (self, token);

  return g_strndup (self->text + t->start, t->end - t->start);
}

const LabSymbol *
lab_syntax_look_up (const LabSyntax *self, int token)
{
  g_autofree char *name = lab_syntax_dup_name (self, token);

  return g_hash_table_lookup (self->symbols, name);
}

void
lab_syntax_fail (LabSyntax *self, int token, const char *message, const char *hint)
{
  const LabToken *t = lab_syntax_get_token (self, token);
  g_autofree char *name = NULL;
  GString *text;

  if (self->problem != NULL)
    return;
  /* A name may have a megabyte; a message has not. */
  name = t->kind == LAB_TOKEN_END ? g_strdup (_ ("the end of the file")) : NULL;
  if (name == NULL)
    {
      g_autofree char *whole = lab_syntax_dup_name (self, token);

      name = g_utf8_strlen (whole, -1) <= 40 ? g_strdup_printf ("“%s”", whole) : NULL;
      if (name == NULL)
        {
          g_autofree char *begin = g_utf8_substring (whole, 0, 40);

          name = g_strdup_printf ("“%s…”", begin);
        }
    }
  text = g_string_new (message);
  g_string_replace (text, "%s", name, 1);
  self->problem = lab_problem_new (t->line, t->column, text->str, hint);
  g_string_free (text, TRUE);
}

bool
lab_parse_is_sign (const LabSyntax *self, int sign)
{
  const LabToken *token = lab_syntax_get_token (self, self->at);

  return token->kind == LAB_TOKEN_SIGN && token->code == sign;
}

bool
lab_parse_is_word (const LabSyntax *self, LabWord word)
{
  const LabToken *token = lab_syntax_get_token (self, self->at);

  return token->kind == LAB_TOKEN_WORD && token->code == (int) word;
}

void
lab_parse_sign (LabSyntax *self, int sign)
{
  g_autofree char *message = NULL;

  if (self->problem != NULL)
    return;
  if (lab_parse_is_sign (self, sign))
    {
      self->at++;
      return;
    }
  /* Translators: %c is the sign that is missing; %%s becomes what stands there instead */
  message = g_strdup_printf (_ ("expected “%c” before %%s"), sign);
  lab_syntax_fail (self, self->at, message, NULL);
}

int
lab_parse_name (LabSyntax *self)
{
  const LabToken *token = lab_syntax_get_token (self, self->at);

  if (self->problem != NULL)
    return self->at;
  if (token->kind == LAB_TOKEN_NAME)
    return self->at++;
  if (token->kind == LAB_TOKEN_WORD)
    lab_syntax_fail (self, self->at, _ ("%s is a word of the language and cannot be a name"),
                     _ ("choose another name"));
  else
    lab_syntax_fail (self, self->at, _ ("expected a name, found %s"), NULL);
  return self->at;
}

gint64
lab_parse_literal (LabSyntax *self)
{
  const LabToken *token;
  bool negative;

  if (self->problem != NULL)
    return 0;
  negative = lab_parse_is_sign (self, '-');
  self->at += negative;
  token = lab_syntax_get_token (self, self->at);
  if (token->kind != LAB_TOKEN_NUMBER)
    {
      lab_syntax_fail (self, self->at, _ ("expected a number, found %s"), NULL);
      return 0;
    }
  if (!negative && token->value > G_MAXINT64)
    {
      lab_syntax_fail (self, self->at, _ ("this number is too large"),
                       _ ("numbers have 64 bits and a sign"));
      return 0;
    }
  self->at++;
  return negative ? (gint64) -token->value : (gint64) token->value;
}

void
lab_parse_enter (LabSyntax *self)
{
  if (++self->depth > LAB_PROGRAM_MOST_NESTING)
    lab_syntax_fail (self, self->at, _ ("this is nested too deeply"),
                     _ ("blocks and expressions nest at most 200 levels deep"));
}

void
lab_parse_leave (LabSyntax *self)
{
  self->depth--;
}

/* The outermost level of a race program: declarations, threads, claims. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/language/syntax.h"

#include <glib/gi18n.h>

static void
declare (LabSyntax *self, int name, int kind, int index)
{
  const LabSymbol *known = lab_syntax_look_up (self, name);
  LabSymbol *symbol;

  if (self->problem != NULL)
    return;
  if (known != NULL)
    {
      /* Translators: %d is a line's number */
      g_autofree char *hint =
          g_strdup_printf (_ ("it is declared in line %d already"), known->line);

      lab_syntax_fail (self, name, _ ("%s is declared twice"), hint);
      return;
    }
  symbol = g_new (LabSymbol, 1);
  *symbol = (LabSymbol){ kind, index, lab_syntax_get_token (self, name)->line };
  g_hash_table_insert (self->symbols, lab_syntax_dup_name (self, name), symbol);
}

static void
parse_contents (LabSyntax *self, LabItem *item)
{
  g_autoptr (GArray) contents = g_array_new (FALSE, FALSE, sizeof (gint64));

  do
    {
      int number = ++self->at;
      gint64 value = lab_parse_literal (self);

      g_array_append_val (contents, value);
      if (item->capacity > 0 && contents->len > item->capacity)
        lab_syntax_fail (self, number, _ ("the queue has no room for this at the start"), NULL);
    }
  while (self->problem == NULL && lab_parse_is_sign (self, ','));
  item->n_contents = contents->len;
  item->contents = (gint64 *) g_array_free (g_steal_pointer (&contents), FALSE);
}

static void
parse_queue (LabSyntax *self, LabItem *item)
{
  if (lab_parse_is_word (self, LAB_WORD_CAPACITY))
    {
      int number = ++self->at;

      item->capacity = lab_parse_literal (self);
      if (item->capacity < 1)
        lab_syntax_fail (self, number, _ ("a queue has room for at least 1"), NULL);
    }
  if (self->problem == NULL && lab_parse_is_sign (self, '='))
    parse_contents (self, item);
}

static void
parse_item (LabSyntax *self, LabItemKind kind)
{
  LabItem item = { 0 };
  int name;

  self->at++;
  name = lab_parse_name (self);
  if (self->problem != NULL)
    return;
  item.name = lab_syntax_dup_name (self, name);
  item.line = lab_syntax_get_token (self, name)->line;
  declare (self, name, kind, self->items[kind]->len);
  if (kind == LAB_ITEM_SHARED)
    {
      lab_parse_sign (self, '=');
      item.initial = lab_parse_literal (self);
    }
  else if (kind == LAB_ITEM_CONDITION && lab_parse_is_word (self, LAB_WORD_SPURIOUS))
    {
      self->at++;
      item.spurious = true;
    }
  else if (kind == LAB_ITEM_QUEUE && self->problem == NULL)
    parse_queue (self, &item);
  lab_parse_sign (self, ';');
  g_array_append_val (self->items[kind], item);
}

static void
parse_thread (LabSyntax *self)
{
  LabThreadGroup group = { .first = self->thread_names->len };

  do
    {
      int name;

      self->at++;
      name = lab_parse_name (self);
      if (self->problem == NULL && self->thread_names->len == LAB_PROGRAM_MOST_THREADS)
        lab_syntax_fail (self, name, _ ("this is one thread too many"), _ ("there are at most 64"));
      declare (self, name, LAB_SYMBOL_THREAD, self->thread_names->len);
      g_array_append_val (self->thread_names, name);
    }
  while (self->problem == NULL && lab_parse_is_sign (self, ','));
  group.n = self->thread_names->len - group.first;
  group.block = lab_parse_block (self);
  g_array_append_val (self->groups, group);
}

static void
parse_claim (LabSyntax *self, GArray *claims)
{
  LabExpr claim;

  self->at++;
  claim = lab_parse_expression (self);
  g_array_append_val (claims, claim);
  lab_parse_sign (self, ';');
}

static void
fail_if_again (LabSyntax *self, bool again)
{
  if (again)
    lab_syntax_fail (self, self->at, _ ("there can be only one %s"), NULL);
}

static void
parse_show (LabSyntax *self)
{
  fail_if_again (self, self->has_show);
  self->has_show = true;
  do
    {
      LabShownName shown = { .field = -1 };

      self->at++;
      shown.name = lab_parse_name (self);
      if (self->problem == NULL && lab_parse_is_sign (self, '.'))
        {
          self->at++;
          shown.field = lab_parse_name (self);
        }
      g_array_append_val (self->shown, shown);
    }
  while (self->problem == NULL && lab_parse_is_sign (self, ','));
  lab_parse_sign (self, ';');
}

static void
parse_string (LabSyntax *self, char **string)
{
  const LabToken *token;

  fail_if_again (self, *string != NULL);
  token = lab_syntax_get_token (self, ++self->at);
  if (token->kind == LAB_TOKEN_STRING && self->problem == NULL)
    {
      *string = lab_token_dup_string (token, self->text);
      self->at++;
    }
  else
    lab_syntax_fail (self, self->at, _ ("expected a text in quotation marks, found %s"), NULL);
  lab_parse_sign (self, ';');
}

static void
parse_kind (LabSyntax *self)
{
  fail_if_again (self, self->kind != LAB_PROGRAM_KIND_NONE);
  self->at++;
  if (lab_parse_is_word (self, LAB_WORD_BROKEN))
    self->kind = LAB_PROGRAM_KIND_BROKEN;
  else if (lab_parse_is_word (self, LAB_WORD_WRONG_FIX))
    self->kind = LAB_PROGRAM_KIND_WRONG_FIX;
  else if (lab_parse_is_word (self, LAB_WORD_FIX))
    self->kind = LAB_PROGRAM_KIND_FIX;
  else
    lab_syntax_fail (self, self->at, _ ("expected “broken”, “wrong_fix” or “fix”, found %s"), NULL);
  self->at++;
  lab_parse_sign (self, ';');
}

static void
parse_memory (LabSyntax *self)
{
  fail_if_again (self, self->has_memory);
  self->has_memory = true;
  self->at++;
  if (!lab_parse_is_word (self, LAB_WORD_TSO))
    lab_syntax_fail (self, self->at, _ ("expected “tso”, found %s"),
                     _ ("without “memory tso;” memory is sequentially consistent"));
  self->at++;
  lab_parse_sign (self, ';');
}

static void
parse_declaration (LabSyntax *self)
{
  const LabToken *token = lab_syntax_get_token (self, self->at);

  switch (token->kind == LAB_TOKEN_WORD ? token->code : -1)
    {
    case LAB_WORD_SHARED:
      parse_item (self, LAB_ITEM_SHARED);
      break;
    case LAB_WORD_LOCK:
      parse_item (self, LAB_ITEM_LOCK);
      break;
    case LAB_WORD_CONDITION:
      parse_item (self, LAB_ITEM_CONDITION);
      break;
    case LAB_WORD_QUEUE:
      parse_item (self, LAB_ITEM_QUEUE);
      break;
    case LAB_WORD_THREAD:
      parse_thread (self);
      break;
    case LAB_WORD_ALWAYS:
      parse_claim (self, self->always);
      break;
    case LAB_WORD_FINALLY:
      parse_claim (self, self->finally);
      break;
    case LAB_WORD_SHOW:
      parse_show (self);
      break;
    case LAB_WORD_TITLE:
      parse_string (self, &self->title);
      break;
    case LAB_WORD_STORY:
      parse_string (self, &self->story);
      break;
    case LAB_WORD_KIND:
      parse_kind (self);
      break;
    case LAB_WORD_MEMORY:
      parse_memory (self);
      break;
    default:
      lab_syntax_fail (self, self->at, _ ("expected a declaration, found %s"),
                       _ ("a file declares what is shared, its threads and what must hold"));
    }
}

void
lab_parse_declarations (LabSyntax *self)
{
  while (self->problem == NULL && lab_syntax_get_token (self, self->at)->kind != LAB_TOKEN_END)
    parse_declaration (self);
  if (self->problem == NULL && self->thread_names->len == 0)
    lab_syntax_fail (self, self->at, _ ("there is no thread in this file"),
                     _ ("write “thread A, B { … }”"));
}

/* From text to tokens, with the place of each. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/language/token.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const words[] = {
  "always",    "assert",  "atomic", "await",     "broadcast", "broken", "capacity",  "cas",
  "condition", "else",    "fence",  "fetch_add", "finally",   "fix",    "get",       "if",
  "kind",      "length",  "lock",   "memory",    "put",       "queue",  "repeat",    "self",
  "shared",    "show",    "signal", "skip",      "spurious",  "stop",   "story",     "thread",
  "title",     "trylock", "tso",    "unlock",    "wait",      "while",  "wrong_fix",
};

static const struct
{
  char text[3];
  int code;
} pairs[] = {
  { "==", LAB_SIGN_EQUAL },         { "!=", LAB_SIGN_NOT_EQUAL }, { "<=", LAB_SIGN_LESS_EQUAL },
  { ">=", LAB_SIGN_GREATER_EQUAL }, { "&&", LAB_SIGN_AND },       { "||", LAB_SIGN_OR },
};

typedef struct
{
  const char *text;
  const char *end;
  const char *at;
  int line;
  int column; /* of `at`, in characters */
  GArray *tokens;
  LabProblem *problem; /* the first; then nothing more is read */
} Reader;

static void
fail (Reader *self, const char *message, const char *hint)
{
  if (self->problem == NULL)
    self->problem = lab_problem_new (self->line, self->column, message, hint);
}

/* Moves on by one character of UTF-8. */
static void
pass (Reader *self)
{
  if (*self->at == '\n')
    {
      self->line++;
      self->column = 1;
    }
  else
    self->column++;
  self->at = g_utf8_next_char (self->at);
}

static bool
at_comment (const Reader *self)
{
  return self->end - self->at >= 2 && self->at[0] == '/' && self->at[1] == '/';
}

static void
pass_space (Reader *self)
{
  while (self->at < self->end)
    if (g_ascii_isspace (*self->at))
      pass (self);
    else if (at_comment (self))
      while (self->at < self->end && *self->at != '\n')
        pass (self);
    else
      return;
}

static bool
in_name (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

static void
read_name (Reader *self, LabToken *token)
{
  gsize length;

  while (self->at < self->end && in_name (*self->at))
    pass (self);
  length = self->at - (self->text + token->start);
  token->kind = LAB_TOKEN_NAME;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == length && memcmp (words[i], self->text + token->start, length) == 0)
      {
        token->kind = LAB_TOKEN_WORD;
        token->code = i;
      }
}

static void
read_number (Reader *self, LabToken *token)
{
  const guint64 most = G_GUINT64_CONSTANT (1) << 63;
  Reader start = *self;

  token->kind = LAB_TOKEN_NUMBER;
  for (; self->at < self->end && g_ascii_isdigit (*self->at); pass (self))
    {
      guint digit = *self->at - '0';

      if (token->value > (most - digit) / 10)
        {
          fail (&start, _ ("this number is too large"), _ ("numbers have 64 bits and a sign"));
          self->problem = start.problem;
          return;
        }
      token->value = token->value * 10 + digit;
    }
  if (self->at < self->end && in_name (*self->at))
    {
      fail (&start, _ ("a number runs into a name"), _ ("names begin with a letter or “_”"));
      self->problem = start.problem;
    }
}

static void
read_string (Reader *self, LabToken *token)
{
  Reader start = *self;

  token->kind = LAB_TOKEN_STRING;
  pass (self);
  while (self->at < self->end && *self->at != '"' && *self->at != '\n')
    {
      if (*self->at == '\\')
        {
          if (self->at + 1 >= self->end || (self->at[1] != '"' && self->at[1] != '\\'))
            {
              fail (self, _ ("a backslash in a string stands before “\"” or “\\” only"),
                    _ ("write “\\\\” for one backslash"));
              return;
            }
          pass (self);
        }
      pass (self);
    }
  if (self->at >= self->end || *self->at != '"')
    {
      fail (&start, _ ("this string has no end"),
            _ ("strings are one line, between “\"” and “\"”"));
      self->problem = start.problem;
      return;
    }
  pass (self);
}

static void
read_sign (Reader *self, LabToken *token)
{
  token->kind = LAB_TOKEN_SIGN;
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (self->end - self->at >= 2 && memcmp (self->at, pairs[i].text, 2) == 0)
      {
        token->code = pairs[i].code;
        pass (self);
        pass (self);
        return;
      }
  if (strchr ("{}();,=+-*/%<>!?:.", *self->at) != NULL)
    {
      token->code = *self->at;
      pass (self);
      return;
    }
  {
    g_autofree char *character = g_strndup (self->at, g_utf8_next_char (self->at) - self->at);
    g_autofree char *message = g_strdup_printf (_ ("“%s” has no meaning here"), character);

    fail (self, message,
          _ ("names are of ASCII letters, digits and “_”; comments begin with “//”"));
  }
}

static void
read_token (Reader *self)
{
  LabToken token = { .start = self->at - self->text, .line = self->line, .column = self->column };

  if (self->at >= self->end)
    token.kind = LAB_TOKEN_END;
  else if (g_ascii_isdigit (*self->at))
    read_number (self, &token);
  else if (in_name (*self->at))
    read_name (self, &token);
  else if (*self->at == '"')
    read_string (self, &token);
  else
    read_sign (self, &token);
  token.end = self->at - self->text;
  g_array_append_val (self->tokens, token);
}

/* Its place is where the text goes wrong, so what comes before it is passed. */
static void
check_text (const Reader *start, gsize length, LabProblem **problem)
{
  Reader self = *start;
  const char *wrong = self.end;
  gboolean valid = g_utf8_validate_len (self.text, length, &wrong);
  gboolean long_text = length > LAB_PROGRAM_MOST_BYTES;

  if (valid && !long_text)
    return;
  if (long_text && wrong >= self.text + LAB_PROGRAM_MOST_BYTES)
    {
      while (g_utf8_next_char (self.at) <= self.text + LAB_PROGRAM_MOST_BYTES)
        pass (&self);
      fail (&self, _ ("this file is too long"), _ ("a race program has at most 1 MiB"));
    }
  else
    {
      while (self.at < wrong)
        pass (&self);
      fail (&self, _ ("this is not UTF-8 text"), NULL);
    }
  *problem = self.problem;
}

GArray *
lab_tokens_new (const char *text, gsize length, LabProblem **problem)
{
  Reader self = { .text = text, .at = text, .end = text + length, .line = 1, .column = 1 };
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (LabToken));

  check_text (&self, length, &self.problem);
  if (self.problem == NULL && g_str_has_prefix (text, "\xef\xbb\xbf"))
    self.at += 3;
  self.tokens = tokens;
  while (
      self.problem == NULL &&
      (tokens->len == 0 || g_array_index (tokens, LabToken, tokens->len - 1).kind != LAB_TOKEN_END))
    {
      pass_space (&self);
      read_token (&self);
    }
  if (self.problem == NULL)
    return g_steal_pointer (&tokens);
  *problem = self.problem;
  return NULL;
}

char *
lab_token_dup_string (const LabToken *token, const char *text)
{
  GString *string = g_string_new (NULL);

  for (int i = token->start + 1; i < token->end - 1; i++)
    {
      if (text[i] == '\\')
        i++;
      g_string_append_c (string, text[i]);
    }
  return g_string_free (string, FALSE);
}

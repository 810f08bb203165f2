/* Which letters of a race program are what. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/syntax.h"

#include <string.h>

static const char *const words[] = {
  "shared", "lock",   "condition", "spurious", "queue",     "capacity", "memory",    "tso",
  "title",  "story",  "kind",      "broken",   "wrong_fix", "fix",      "thread",    "self",
  "atomic", "await",  "unlock",    "trylock",  "wait",      "signal",   "broadcast", "put",
  "get",    "length", "fetch_add", "cas",      "assert",    "fence",    "skip",      "if",
  "else",   "while",  "repeat",    "stop",     "always",    "finally",  "show",      NULL,
};

static void
add_run (GArray *runs, UiSyntaxKind kind, const char *text, const char *from, const char *to)
{
  UiSyntaxRun run = { kind, (int) (from - text), (int) (to - text) };

  g_array_append_val (runs, run);
}

static const char *
skip_string (const char *at)
{
  for (at++; *at != '\0' && *at != '"' && *at != '\n'; at++)
    if (*at == '\\' && at[1] != '\0' && at[1] != '\n')
      at++;
  return *at == '"' ? at + 1 : at;
}

static const char *
skip_name (const char *at)
{
  while (g_ascii_isalnum (*at) || *at == '_')
    at++;
  return at;
}

GArray *
ui_syntax_scan (const char *text)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (UiSyntaxRun));
  const char *end;

  for (const char *at = text; *at != '\0'; at = end)
    {
      end = at + 1;
      if (g_str_has_prefix (at, "//"))
        {
          end = at + strcspn (at, "\n");
          add_run (runs, UI_SYNTAX_COMMENT, text, at, end);
        }
      else if (*at == '"')
        {
          end = skip_string (at);
          add_run (runs, UI_SYNTAX_STRING, text, at, end);
        }
      else if (g_ascii_isdigit (*at))
        {
          end = skip_name (at);
          add_run (runs, UI_SYNTAX_NUMBER, text, at, end);
        }
      else if (g_ascii_isalpha (*at) || *at == '_')
        {
          g_autofree char *word = NULL;

          end = skip_name (at);
          word = g_strndup (at, (gsize) (end - at));
          if (g_strv_contains (words, word))
            add_run (runs, UI_SYNTAX_WORD, text, at, end);
        }
    }
  return runs;
}

static const char *
find_comment (const char *line)
{
  for (const char *at = line; *at != '\0';)
    {
      if (*at == '"')
        at = skip_string (at);
      else if (g_str_has_prefix (at, "//"))
        return at;
      else
        at++;
    }
  return NULL;
}

char *
ui_syntax_split_notes (const char *text, char ***notes)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);

  *notes = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    {
      char *comment = (char *) find_comment (lines[i]);
      g_autofree char *before =
          comment == NULL ? NULL : g_strndup (lines[i], (gsize) (comment - lines[i]));

      /* A line that is all comment stays where it is: it explains what follows. */
      if (before == NULL || *g_strchomp (before) == '\0')
        {
          (*notes)[i] = g_strdup ("");
          continue;
        }
      (*notes)[i] = g_strdup (g_strstrip (comment + 2));
      g_free (lines[i]);
      lines[i] = g_steal_pointer (&before);
    }
  return g_strjoinv ("\n", lines);
}

static gboolean
is_for_people (const char *line)
{
  static const char *const heads[] = { "title", "story", "kind" };

  while (g_ascii_isspace (*line))
    line++;
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    if (g_str_has_prefix (line, heads[i]) && g_ascii_isspace (line[strlen (heads[i])]))
      {
        const char *rest = line + strcspn (line, "\"\n");

        /* Whatever else stands on the line would vanish with it. */
        rest = *rest == '"' ? skip_string (rest) : line + strcspn (line, ";");
        while (g_ascii_isspace (*rest) || *rest == ';')
          rest++;
        return *rest == '\0';
      }
  return FALSE;
}

static gboolean
is_blank (const char *line)
{
  return line[strspn (line, " \t\r")] == '\0';
}

char *
ui_syntax_hide_story (const char *text, GArray **lines)
{
  g_auto (GStrv) all = g_strsplit (text, "\n", -1);
  GString *kept = g_string_new (NULL);
  int place = 0;

  *lines = g_array_new (FALSE, FALSE, sizeof (int));
  for (int i = 0; all[i] != NULL; i++)
    {
      gboolean hidden = is_for_people (all[i]) || (place == 0 && is_blank (all[i]));
      int line = hidden ? -1 : place;

      g_array_append_val (*lines, line);
      if (hidden)
        continue;
      if (place++ > 0)
        g_string_append_c (kept, '\n');
      g_string_append (kept, all[i]);
    }
  return g_strchomp (g_string_free (kept, FALSE));
}

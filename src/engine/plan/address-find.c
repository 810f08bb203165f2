/* Finding addresses in what a person typed or pasted, and expanding batch patterns. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/address.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "engine/plan/error.h"

#define MOST_ADDRESSES 10000

/* Patterns in one address: each is a level of recursion, and a copy of the rest. */
#define MOST_PATTERNS 8

void
engine_found_free (EngineFound *found)
{
  g_free (found->address);
  g_free (found->suggestion);
  g_clear_error (&found->error);
  g_free (found);
}

/* A range such as [001-120], or NULL where the bracket is something else (an IPv6 host). */
static gboolean
parse_range (const char *bracket, int *low, int *high, int *width, const char **behind)
{
  char *end;
  const char *dash;

  if (!g_ascii_isdigit (bracket[1]))
    return FALSE;
  *low = strtol (bracket + 1, &end, 10);
  dash = end;
  if (*dash != '-' || !g_ascii_isdigit (dash[1]))
    return FALSE;
  *high = strtol (dash + 1, &end, 10);
  if (*end != ']' || dash - bracket > 9 || end - dash > 9)
    return FALSE;
  *width = dash - bracket - 1;
  *behind = end + 1;
  return TRUE;
}

static gboolean
parse_letters (const char *bracket, const char **behind)
{
  if (!g_ascii_isalpha (bracket[1]) || bracket[2] != '-' || !g_ascii_isalpha (bracket[3]) ||
      bracket[4] != ']' || g_ascii_isupper (bracket[1]) != g_ascii_isupper (bracket[3]))
    return FALSE;
  *behind = bracket + 5;
  return TRUE;
}

/* What an address with patterns stands for, while it is being written out. */
typedef struct
{
  GPtrArray *out;    /* owned strings; not owned */
  int depth;         /* patterns written out so far in this one */
  gboolean too_many; /* patterns in it */
} Expansion;

static void expand (const char *text, gsize from, Expansion *into);

static void
expand_one (const char *text, gsize at, const char *middle, const char *behind, Expansion *into)
{
  g_autofree char *whole = g_strdup_printf ("%.*s%s%s", (int) at, text, middle, behind);

  into->depth++;
  expand (whole, at + strlen (middle), into);
  into->depth--;
}

static gboolean
has_room (Expansion *into)
{
  return into->out->len < MOST_ADDRESSES && !into->too_many;
}

static void
expand_numbers (
    const char *text, gsize at, int low, int high, int width, const char *behind, Expansion *into)
{
  int step = low <= high ? 1 : -1;

  for (int n = low; has_room (into); n += step)
    {
      g_autofree char *number = g_strdup_printf ("%0*d", width, n);

      expand_one (text, at, number, behind, into);
      if (n == high)
        break;
    }
}

static void
expand_letters (const char *text, gsize at, const char *behind, Expansion *into)
{
  char low = text[at + 1];
  char high = text[at + 3];
  int step = low <= high ? 1 : -1;

  for (char c = low; has_room (into); c += step)
    {
      const char letter[2] = { c, '\0' };

      expand_one (text, at, letter, behind, into);
      if (c == high)
        break;
    }
}

/* A list has no braces within, so that what looks like many of them is read once. */
static gboolean
expand_list (const char *text, gsize at, Expansion *into)
{
  const char *close = text + at + 1 + strcspn (text + at + 1, "{}");
  g_autofree char *inside = NULL;
  g_auto (GStrv) words = NULL;

  if (*close != '}' || memchr (text + at, ',', close - text - at) == NULL)
    return FALSE;
  inside = g_strndup (text + at + 1, close - text - at - 1);
  words = g_strsplit (inside, ",", -1);
  for (int i = 0; words[i] != NULL && has_room (into); i++)
    expand_one (text, at, words[i], close + 1, into);
  return TRUE;
}

/* Expands the first pattern from @from on, and by recursion the rest. */
static void
expand (const char *text, gsize from, Expansion *into)
{
  const char *behind;
  int low, high, width;

  if (into->depth > MOST_PATTERNS)
    {
      into->too_many = TRUE;
      return;
    }
  for (gsize i = from; text[i] != '\0'; i++)
    {
      if (text[i] == '[' && parse_range (text + i, &low, &high, &width, &behind))
        {
          expand_numbers (text, i, low, high, width, behind, into);
          return;
        }
      if (text[i] == '[' && parse_letters (text + i, &behind))
        {
          expand_letters (text, i, behind, into);
          return;
        }
      if (text[i] == '{' && expand_list (text, i, into))
        return;
    }
  if (has_room (into))
    g_ptr_array_add (into->out, g_strdup (text));
}

static void
add_understood (GPtrArray *found, int line, int start, int length, char *address)
{
  EngineFound *entry = g_new0 (EngineFound, 1);

  entry->line = line;
  entry->start = start;
  entry->length = length;
  entry->address = address;
  g_ptr_array_add (found, entry);
}

static void
add_refused (GPtrArray *found, int line, int start, const char *text, int length, GError *error)
{
  EngineFound *entry = g_new0 (EngineFound, 1);
  g_autofree char *part = g_strndup (text, length);

  entry->line = line;
  entry->start = start;
  entry->length = length;
  entry->error = error;
  entry->suggestion = engine_address_suggest (part);
  g_ptr_array_add (found, entry);
}

/* One address, perhaps a pattern, at @text. */
static void
take_address (GPtrArray *found, int line, int start, const char *text, int length)
{
  g_autofree char *part = g_strndup (text, length);
  g_autoptr (GPtrArray) expanded = g_ptr_array_new_with_free_func (g_free);
  Expansion into = { .out = expanded };

  expand (part, 0, &into);
  if (into.too_many)
    {
      GError *error =
          g_error_new (ENGINE_ERROR, ENGINE_ERROR_ADDRESS,
                       ngettext ("the address has more than %d pattern",
                                 "the address has more than %d patterns", MOST_PATTERNS),
                       MOST_PATTERNS);

      add_refused (found, line, start, text, length, error);
      return;
    }
  for (guint i = 0; i < expanded->len && found->len < MOST_ADDRESSES; i++)
    {
      GError *error = NULL;
      char *address = engine_address_normalize (g_ptr_array_index (expanded, i), &error);

      if (address != NULL)
        add_understood (found, line, start, length, address);
      else
        {
          add_refused (found, line, start, text, length, error);
          return;
        }
    }
}

static const char *
next_scheme (const char *p, const char *end)
{
  for (; p < end; p++)
    if (g_ascii_strncasecmp (p, "http://", 7) == 0 || g_ascii_strncasecmp (p, "https://", 8) == 0)
      return p;
  return NULL;
}

/* How much of [@p, @end) is the address that begins there: up to white space or a quote, less the
 * punctuation of the sentence around it. */
static int
measure_address (const char *p, const char *end)
{
  int length = 0;
  int round = 0;

  while (p + length < end && !g_ascii_isspace (p[length]) && strchr ("\"<>", p[length]) == NULL)
    length++;
  for (int i = 0; i < length; i++)
    round += (p[i] == '(') - (p[i] == ')');
  while (length > 0 &&
         (strchr (".,;:!?'*", p[length - 1]) != NULL || (p[length - 1] == ')' && round < 0)))
    {
      round += p[length - 1] == ')';
      length--;
    }
  return length;
}

static gboolean
take_amid_text (GPtrArray *found, int line, const char *text, const char *begin, const char *end)
{
  const char *p = begin;
  gboolean any = FALSE;

  while ((p = next_scheme (p, end)) != NULL)
    {
      int length = measure_address (p, end);

      take_address (found, line, p - text, p, length);
      any = TRUE;
      p += MAX (length, 1);
    }
  return any;
}

/* A whole line that is one address, spaces and all; more than one word is a sentence. */
static gboolean
is_one_word (const char *begin, const char *end)
{
  for (const char *p = begin; p < end; p++)
    if (g_ascii_isspace (*p))
      return FALSE;
  return TRUE;
}

static void
take_line (GPtrArray *found,
           GPtrArray *prose,
           int line,
           const char *text,
           const char *begin,
           const char *end)
{
  GError *error = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *address = NULL;

  while (begin < end && g_ascii_isspace (*begin))
    begin++;
  while (end > begin && g_ascii_isspace (end[-1]))
    end--;
  if (begin == end || *begin == '#')
    return;
  if (take_amid_text (found, line, text, begin, end))
    return;
  whole = g_strndup (begin, end - begin);
  address = engine_address_normalize (whole, &error);
  if (address == NULL)
    add_refused (is_one_word (begin, end) ? found : prose, line, begin - text, begin, end - begin,
                 error);
}

static int
by_line (gconstpointer a, gconstpointer b)
{
  const EngineFound *left = *(EngineFound *const *) a;
  const EngineFound *right = *(EngineFound *const *) b;

  return left->line - right->line;
}

GPtrArray *
engine_address_find_all (const char *text)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_found_free);
  g_autoptr (GPtrArray) prose = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_found_free);
  const char *p = text;
  guint understood = 0;

  for (int line = 1; *p != '\0'; line++)
    {
      const char *end = p + strcspn (p, "\n");

      take_line (found, prose, line, text, p, end);
      p = *end == '\n' ? end + 1 : end;
    }
  for (guint i = 0; i < found->len; i++)
    understood += ((EngineFound *) g_ptr_array_index (found, i))->address != NULL;
  /* Sentences around addresses are no mistake; sentences alone are. */
  if (understood == 0)
    while (prose->len > 0)
      g_ptr_array_add (found, g_ptr_array_steal_index (prose, 0));
  g_ptr_array_sort (found, by_line);
  return found;
}

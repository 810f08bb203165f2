/* Netrc files. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/netrc.h"

#include <glib/gi18n.h>
#include <stdatomic.h>
#include <string.h>

#include "engine/plan/error.h"

typedef struct
{
  char *host;     /* owned; NULL: any other */
  char *user;     /* owned, nullable */
  char *password; /* owned, nullable */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->host);
  g_free (entry->user);
  g_free (entry->password);
  g_free (entry);
}

struct _EngineNetrc
{
  _Atomic int references; /* release on the way down, acquire at zero */
  GPtrArray *entries;     /* owned; never changed once parsed */
};

/* Goes through a text word by word. */
typedef struct
{
  const char *p;
  int line;
} Words;

static void
skip_blank (Words *words)
{
  for (;;)
    {
      if (*words->p == '#')
        words->p += strcspn (words->p, "\n");
      if (!g_ascii_isspace (*words->p))
        return;
      words->line += *words->p++ == '\n';
    }
}

static char *
take_quoted (Words *words)
{
  GString *word = g_string_new (NULL);

  for (words->p++; *words->p != '\0' && *words->p != '"' && *words->p != '\n'; words->p++)
    {
      if (*words->p == '\\' && words->p[1] != '\0')
        words->p++;
      g_string_append_c (word, *words->p);
    }
  words->p += *words->p == '"';
  return g_string_free (word, FALSE);
}

/* The next word, NULL at the end. */
static char *
take_word (Words *words)
{
  gsize length;
  char *word;

  skip_blank (words);
  if (*words->p == '\0')
    return NULL;
  if (*words->p == '"')
    return take_quoted (words);
  length = strcspn (words->p, " \t\r\n");
  word = g_strndup (words->p, length);
  words->p += length;
  return word;
}

/* A password may begin with `#`, so what follows a key is no comment. */
static char *
take_value (Words *words)
{
  gsize length;
  char *value;

  while (*words->p == ' ' || *words->p == '\t')
    words->p++;
  if (*words->p != '#')
    return take_word (words);
  length = strcspn (words->p, " \t\r\n");
  value = g_strndup (words->p, length);
  words->p += length;
  return value;
}

/* A macro goes on up to an empty line. */
static void
skip_macro (Words *words)
{
  const char *end = strstr (words->p, "\n\n");

  words->p = end != NULL ? end : words->p + strlen (words->p);
}

static gboolean
refuse (GError **error, int line)
{
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_ADDRESS,
               _ ("line %d is not what a netrc file has"), line);
  return FALSE;
}

static gboolean
take_entry_key (Words *words, Entry *entry, const char *key, GError **error)
{
  char **place = NULL;
  g_autofree char *value = take_value (words);

  if (strcmp (key, "login") == 0)
    place = &entry->user;
  else if (strcmp (key, "password") == 0)
    place = &entry->password;
  else if (strcmp (key, "account") != 0)
    return refuse (error, words->line);
  if (value == NULL)
    return refuse (error, words->line);
  if (place != NULL)
    {
      g_free (*place);
      *place = g_steal_pointer (&value);
    }
  return TRUE;
}

static gboolean
parse_all (Words *words, GPtrArray *entries, GError **error)
{
  Entry *entry = NULL;

  for (;;)
    {
      g_autofree char *key = take_word (words);

      if (key == NULL)
        return TRUE;
      if (strcmp (key, "machine") == 0 || strcmp (key, "default") == 0)
        {
          entry = g_new0 (Entry, 1);
          g_ptr_array_add (entries, entry);
          if (*key == 'd')
            continue;
          entry->host = take_word (words);
          if (entry->host == NULL)
            return refuse (error, words->line);
        }
      else if (strcmp (key, "macdef") == 0)
        skip_macro (words);
      else if (entry == NULL)
        return refuse (error, words->line);
      else if (!take_entry_key (words, entry, key, error))
        return FALSE;
    }
}

static EngineNetrc *
make (GPtrArray *entries /* transfer full */)
{
  EngineNetrc *self = g_new0 (EngineNetrc, 1);

  atomic_init (&self->references, 1);
  self->entries = entries;
  return self;
}

EngineNetrc *
engine_netrc_parse (const char *text, GError **error)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  Words words = { .p = text, .line = 1 };

  if (parse_all (&words, entries, error))
    return make (entries);
  g_ptr_array_unref (entries);
  return NULL;
}

EngineNetrc *
engine_netrc_ref (EngineNetrc *self)
{
  atomic_fetch_add_explicit (&self->references, 1, memory_order_relaxed);
  return self;
}

void
engine_netrc_unref (EngineNetrc *self)
{
  if (atomic_fetch_sub_explicit (&self->references, 1, memory_order_acq_rel) > 1)
    return;
  g_ptr_array_unref (self->entries);
  g_free (self);
}

gboolean
engine_netrc_find (EngineNetrc *self,
                   const char *host,
                   gboolean allow_default,
                   const char **user,
                   const char **password)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->host != NULL ? g_ascii_strcasecmp (entry->host, host) != 0 : !allow_default)
        continue;
      *user = entry->user;
      *password = entry->password;
      return TRUE;
    }
  return FALSE;
}

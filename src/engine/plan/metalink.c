/* Reading Metalink 4. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/metalink.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/plan/address.h"
#include "engine/plan/checksum.h"
#include "engine/plan/error.h"
#include "engine/plan/file-name.h"

/* RFC 5854, 4.2.16.2: without a priority a mirror comes last. */
#define LAST_PRIORITY 999999

#define DEEPEST 32

typedef struct
{
  char *address; /* owned */
  gint64 priority;
  guint order; /* in the file */
} Mirror;

typedef struct
{
  GPtrArray *files;         /* owned */
  EngineMetalinkFile *file; /* owned; being read */
  GArray *mirrors;          /* owned (element-type Mirror); of `file` */
  GPtrArray *digests;       /* owned; of `file`'s pieces */
  GChecksumType pieces_kind;
  gint64 pieces_length; /* 0: of a kind that we do not know */
  GChecksumType kind;   /* of the hash being read */
  GChecksumType best_kind;
  gboolean known; /* the kind of the hash being read */
  gint64 priority;
  char *unusable; /* owned, nullable; of `file`: an address of a kind that we do not fetch */
  GString *text;  /* owned; of the element being read */
} Reader;

void
engine_metalink_file_free (EngineMetalinkFile *self)
{
  g_free (self->name);
  g_free (self->checksum);
  g_ptr_array_unref (self->addresses);
  g_clear_pointer (&self->pieces, engine_pieces_unref);
  g_free (self);
}

/* Names without the prefix of their namespace. */
static const char *
local (const char *name)
{
  const char *colon = strchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error_literal (error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, why);
  return FALSE;
}

static const char *
find_attribute (const char **names, const char **values, const char *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return values[i];
  return NULL;
}

static void
start_file (Reader *reader, const char *name)
{
  g_autofree char *path = g_strdup (name != NULL ? name : "");
  const char *slash = strrchr (path, '/');

  reader->file = g_new0 (EngineMetalinkFile, 1);
  reader->file->name = engine_file_name_make_safe (slash != NULL ? slash + 1 : path);
  reader->file->size = -1;
  reader->file->addresses = g_ptr_array_new_with_free_func (g_free);
  g_array_set_size (reader->mirrors, 0);
  g_ptr_array_set_size (reader->digests, 0);
  reader->pieces_length = 0;
}

static gboolean
read_kind (Reader *reader, const char *name)
{
  reader->known =
      name != NULL && engine_checksum_kind_from_name (name, strlen (name), &reader->kind);
  return reader->known;
}

static void
start_pieces (Reader *reader, const char *type, const char *length)
{
  g_ptr_array_set_size (reader->digests, 0);
  reader->pieces_length = 0;
  if (!read_kind (reader, type) || length == NULL)
    return;
  reader->pieces_kind = reader->kind;
  if (!g_ascii_string_to_signed (length, 10, 1, G_MAXINT64, &reader->pieces_length, NULL))
    reader->pieces_length = 0;
}

static void
start_cb (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer user_data,
          GError **error)
{
  Reader *reader = user_data;
  const char *name = local (element);
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  const char *parent = stack->next != NULL ? local (stack->next->data) : NULL;
  guint depth = g_slist_length ((GSList *) stack);

  g_string_truncate (reader->text, 0);
  if (depth > DEEPEST)
    refuse (error, _ ("it is nested too deeply"));
  else if (parent == NULL && strcmp (name, "metalink") != 0)
    refuse (error, _ ("it does not begin as a Metalink file does"));
  else if (depth == 2 && strcmp (name, "files") == 0)
    refuse (error, _ ("it is of an older version than 4"));
  else if (depth == 2 && strcmp (name, "file") == 0)
    start_file (reader, find_attribute (names, values, "name"));
  else if (reader->file == NULL)
    return;
  else if (depth == 3 && strcmp (name, "hash") == 0)
    read_kind (reader, find_attribute (names, values, "type"));
  else if (depth == 3 && strcmp (name, "pieces") == 0)
    start_pieces (reader, find_attribute (names, values, "type"),
                  find_attribute (names, values, "length"));
  else if (depth == 3 && strcmp (name, "url") == 0)
    {
      const char *priority = find_attribute (names, values, "priority");

      reader->priority = LAST_PRIORITY;
      if (priority != NULL)
        g_ascii_string_to_signed (priority, 10, 1, LAST_PRIORITY, &reader->priority, NULL);
    }
}

static void
text_cb (GMarkupParseContext *context,
         const char *text,
         gsize length,
         gpointer user_data,
         GError **error)
{
  Reader *reader = user_data;

  g_string_append_len (reader->text, text, length);
}

static void
end_hash (Reader *reader, const char *digest)
{
  EngineMetalinkFile *file = reader->file;

  if (!reader->known || !engine_checksum_is_digest (reader->kind, digest))
    return;
  if (file->checksum != NULL &&
      engine_checksum_strength (reader->kind) <= engine_checksum_strength (reader->best_kind))
    return;
  g_free (file->checksum);
  file->checksum = g_strdup_printf ("%s=%s", engine_checksum_kind_get_name (reader->kind), digest);
  reader->best_kind = reader->kind;
}

static void
end_url (Reader *reader, const char *text)
{
  Mirror mirror = { .priority = reader->priority, .order = reader->mirrors->len };

  mirror.address = engine_address_normalize (text, NULL);
  if (mirror.address != NULL)
    g_array_append_val (reader->mirrors, mirror);
  else if (reader->unusable == NULL)
    reader->unusable = g_strdup (text);
}

static int
preferred_first (gconstpointer a, gconstpointer b)
{
  const Mirror *left = a;
  const Mirror *right = b;

  if (left->priority != right->priority)
    return left->priority < right->priority ? -1 : 1;
  return left->order < right->order ? -1 : 1;
}

static void
end_file (Reader *reader)
{
  EngineMetalinkFile *file = reader->file;
  gint64 n = reader->digests->len;

  g_array_sort (reader->mirrors, preferred_first);
  for (guint i = 0; i < reader->mirrors->len; i++)
    g_ptr_array_add (file->addresses,
                     g_strdup (g_array_index (reader->mirrors, Mirror, i).address));
  /* The download fails with the reason, and the other files go on. */
  if (file->addresses->len == 0)
    g_ptr_array_add (file->addresses, g_strdup (reader->unusable != NULL ? reader->unusable : ""));
  g_clear_pointer (&reader->unusable, g_free);
  /* Pieces that do not cover the file exactly say nothing about it. */
  if (reader->pieces_length > 0 && n > 0 && file->size > 0 &&
      (file->size - 1) / reader->pieces_length == n - 1)
    {
      file->pieces = engine_pieces_new (reader->pieces_kind, reader->pieces_length,
                                        g_steal_pointer (&reader->digests));
      reader->digests = g_ptr_array_new_with_free_func (g_free);
    }
  g_ptr_array_add (reader->files, g_steal_pointer (&reader->file));
}

static void
end_cb (GMarkupParseContext *context, const char *element, gpointer user_data, GError **error)
{
  Reader *reader = user_data;
  const char *name = local (element);
  const GSList *stack = g_markup_parse_context_get_element_stack (context);
  const char *parent = stack->next != NULL ? local (stack->next->data) : NULL;
  guint depth = g_slist_length ((GSList *) stack);
  g_autofree char *text = g_strstrip (g_strdup (reader->text->str));
  g_autofree char *lower = g_ascii_strdown (text, -1);

  g_string_truncate (reader->text, 0);
  if (reader->file == NULL)
    return;
  if (depth == 2 && strcmp (name, "file") == 0)
    end_file (reader);
  else if (depth == 3 && strcmp (name, "size") == 0)
    {
      if (!g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &reader->file->size, NULL))
        reader->file->size = -1;
    }
  else if (depth == 3 && strcmp (name, "hash") == 0)
    end_hash (reader, lower);
  else if (depth == 3 && strcmp (name, "url") == 0)
    end_url (reader, text);
  else if (depth == 4 && strcmp (name, "hash") == 0 && g_strcmp0 (parent, "pieces") == 0)
    {
      if (reader->pieces_length > 0 && engine_checksum_is_digest (reader->pieces_kind, lower))
        g_ptr_array_add (reader->digests, g_steal_pointer (&lower));
      else
        reader->pieces_length = 0;
    }
}

gboolean
engine_metalink_is (const char *text, gsize length)
{
  g_autofree char *start = g_strndup (text, MIN (length, 4096));
  const char *root = strstr (start, "metalink");

  return strchr (start, '<') == start + strspn (start, "\xef\xbb\xbf \t\r\n") && root != NULL &&
         root > start && (root[-1] == '<' || root[-1] == ':') &&
         strstr (start, "urn:ietf:params:xml:ns:metalink") != NULL;
}

gboolean
engine_metalink_is_type (const char *content_type)
{
  return g_strcmp0 (content_type, "application/metalink4+xml") == 0 ||
         g_strcmp0 (content_type, "application/metalink+xml") == 0;
}

static void
clear_mirror (gpointer data)
{
  g_free (((Mirror *) data)->address);
}

static gboolean
read_all (Reader *reader, const char *text, gsize length, GError **error)
{
  static const GMarkupParser parser = { .start_element = start_cb,
                                        .end_element = end_cb,
                                        .text = text_cb };
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, reader, NULL);
  gsize mark = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  if (length > ENGINE_MOST_METALINK)
    return refuse (error, _ ("it is longer than 16 MiB"));
  if (!g_markup_parse_context_parse (context, text + mark, length - mark, error) ||
      !g_markup_parse_context_end_parse (context, error))
    return FALSE;
  return reader->files->len > 0 || refuse (error, _ ("it has no files"));
}

GPtrArray *
engine_metalink_parse (const char *text, gsize length, GError **error)
{
  Reader reader = { 0 };
  g_autoptr (GError) why = NULL;
  gboolean read;

  reader.files = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_metalink_file_free);
  reader.mirrors = g_array_new (FALSE, FALSE, sizeof (Mirror));
  g_array_set_clear_func (reader.mirrors, clear_mirror);
  reader.digests = g_ptr_array_new_with_free_func (g_free);
  reader.text = g_string_new (NULL);
  read = read_all (&reader, text, length, &why);
  g_clear_pointer (&reader.file, engine_metalink_file_free);
  g_array_unref (reader.mirrors);
  g_ptr_array_unref (reader.digests);
  g_free (reader.unusable);
  g_string_free (reader.text, TRUE);
  if (read)
    return reader.files;
  g_ptr_array_unref (reader.files);
  g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_PROTOCOL,
               /* Translators: why, such as “it has no files” */
               _ ("the Metalink file cannot be read: %s"), why->message);
  return NULL;
}

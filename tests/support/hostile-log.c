/* What the hostile server remembers: its log, its counts, its documents. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "support/hostile-private.h"

static guint
count (GHashTable *table, const char *key, int step)
{
  int n = GPOINTER_TO_INT (g_hash_table_lookup (table, key)) + step;

  g_hash_table_replace (table, g_strdup (key), GINT_TO_POINTER (n));
  return n;
}

guint
hostile_server_number (HostileServer *self, const char *key)
{
  guint n;

  pthread_mutex_lock (&self->lock);
  n = count (self->counts, key, 1);
  pthread_mutex_unlock (&self->lock);
  return n;
}

guint
hostile_server_enter (HostileServer *self, const char *key)
{
  guint n;

  pthread_mutex_lock (&self->lock);
  n = count (self->busy, key, 1);
  pthread_mutex_unlock (&self->lock);
  return n;
}

void
hostile_server_leave (HostileServer *self, const char *key)
{
  pthread_mutex_lock (&self->lock);
  count (self->busy, key, -1);
  pthread_mutex_unlock (&self->lock);
}

void
hostile_server_put (HostileServer *self,
                    const char *path,
                    const char *content_type,
                    const char *text)
{
  HostileDocument *document = g_new0 (HostileDocument, 1);

  document->content_type = g_strdup (content_type);
  document->bytes = g_bytes_new (text, strlen (text));
  pthread_mutex_lock (&self->lock);
  g_hash_table_replace (self->documents, g_strdup (path), document);
  pthread_mutex_unlock (&self->lock);
}

HostileDocument *
hostile_server_dup_document (HostileServer *self, const char *path)
{
  HostileDocument *copy = NULL;
  HostileDocument *document;

  pthread_mutex_lock (&self->lock);
  document = g_hash_table_lookup (self->documents, path);
  if (document != NULL)
    {
      copy = g_new0 (HostileDocument, 1);
      copy->content_type = g_strdup (document->content_type);
      copy->bytes = g_bytes_ref (document->bytes);
    }
  pthread_mutex_unlock (&self->lock);
  return copy;
}

static void
free_copy (gpointer data)
{
  HostileEntry *entry = data;

  g_free (entry->method);
  g_free (entry->target);
  g_free (entry->path);
  g_free (entry->head);
  g_free (entry);
}

GPtrArray *
hostile_server_dup_log (HostileServer *self)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func (free_copy);

  pthread_mutex_lock (&self->lock);
  for (guint i = 0; i < self->log->len; i++)
    {
      const HostileEntry *entry = g_ptr_array_index (self->log, i);
      HostileEntry *copy = g_memdup2 (entry, sizeof *entry);

      copy->method = g_strdup (entry->method);
      copy->target = g_strdup (entry->target);
      copy->path = g_strdup (entry->path);
      copy->head = g_strdup (entry->head);
      g_ptr_array_add (copies, copy);
    }
  pthread_mutex_unlock (&self->lock);
  return copies;
}

guint
hostile_server_count (HostileServer *self, const char *path)
{
  guint n = 0;

  pthread_mutex_lock (&self->lock);
  for (guint i = 0; i < self->log->len; i++)
    {
      const HostileEntry *entry = g_ptr_array_index (self->log, i);

      n += path == NULL || strcmp (entry->path, path) == 0;
    }
  pthread_mutex_unlock (&self->lock);
  return n;
}

guint
hostile_server_get_most_at_once (HostileServer *self)
{
  guint n;

  pthread_mutex_lock (&self->lock);
  n = self->most_answering;
  pthread_mutex_unlock (&self->lock);
  return n;
}

void
hostile_server_forget (HostileServer *self)
{
  pthread_mutex_lock (&self->lock);
  g_ptr_array_set_size (self->log, 0);
  g_hash_table_remove_all (self->counts);
  self->most_answering = self->answering;
  pthread_mutex_unlock (&self->lock);
}

char *
hostile_entry_dup_header (const HostileEntry *entry, const char *name)
{
  g_autoptr (HostileRequest) request = hostile_request_parse (entry->head);

  return request != NULL ? g_strdup (hostile_request_get_header (request, name)) : NULL;
}

static void
append_json (GString *out, const char *key, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  g_string_append_printf (out, "\"%s\":\"", key);
  for (const char *p = valid; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (out, "\\%c", *p);
    else if ((guint8) *p < 0x20 || *p == 0x7f)
      g_string_append_printf (out, "\\u%04x", (guint8) *p);
    else
      g_string_append_c (out, *p);
  g_string_append (out, "\",");
}

char *
hostile_server_dup_log_json (HostileServer *self)
{
  g_autoptr (GPtrArray) entries = hostile_server_dup_log (self);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const HostileEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (out, "{\"connection\":%" G_GUINT64_FORMAT ",\"seconds\":%.6f,",
                              entry->connection, entry->time_us / 1e6);
      append_json (out, "method", entry->method);
      append_json (out, "target", entry->target);
      append_json (out, "path", entry->path);
      append_json (out, "head", entry->head);
      g_string_append_printf (out,
                              "\"start\":%" G_GINT64_FORMAT ",\"end\":%" G_GINT64_FORMAT
                              ",\"status\":%d,\"sent\":%" G_GINT64_FORMAT ",\"ended\":%.6f}\n",
                              entry->start, entry->end, entry->status, entry->sent,
                              entry->ended_us < 0 ? -1 : entry->ended_us / 1e6);
    }
  return g_string_free (out, FALSE);
}

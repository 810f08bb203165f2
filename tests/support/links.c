/* Writing Metalinks. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/links.h"

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

Links
links_begin (gint64 size)
{
  Links self = { .text = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metalink "
                                       "xmlns=\"urn:ietf:params:xml:ns:metalink\">"
                                       "<file name=\"f.bin\">") };

  if (size >= 0)
    g_string_append_printf (self.text, "<size>%" G_GINT64_FORMAT "</size>", size);
  return self;
}

void
links_add_digest (Links *self, gint64 size)
{
  g_autofree char *digest = hostile_payload_dup_digest (&plain, size, G_CHECKSUM_SHA256);

  g_string_append_printf (self->text, "<hash type=\"sha-256\">%s</hash>", digest);
}

void
links_add_pieces (Links *self, gint64 size, gint64 length)
{
  g_autofree guint8 *piece = g_malloc (length);

  g_string_append_printf (self->text, "<pieces type=\"sha-256\" length=\"%d\">", (int) length);
  for (gint64 at = 0; at < size; at += length)
    {
      gsize n = MIN (length, size - at);
      g_autofree char *hex = NULL;

      hostile_payload_fill (&plain, at, piece, n);
      hex = g_compute_checksum_for_data (G_CHECKSUM_SHA256, piece, n);
      g_string_append_printf (self->text, "<hash>%s</hash>", hex);
    }
  g_string_append (self->text, "</pieces>");
}

void
links_add_url (Links *self, const char *url)
{
  g_autofree char *escaped = g_markup_escape_text (url, -1);

  g_string_append_printf (self->text, "<url priority=\"%d\">%s</url>", ++self->urls, escaped);
}

void
links_add_file (Links *self, HostileServer *server, gint64 size, const char *query)
{
  g_autofree char *url = hostile_server_dup_address (server, "/bytes/%d/f?%s", (int) size, query);

  links_add_url (self, url);
}

void
links_add_dead (Links *self)
{
  /* Its port has just been closed. */
  HostileServer *gone = hostile_server_start (NULL, NULL);
  g_autofree char *url = hostile_server_dup_address (gone, "/bytes/1/f");

  hostile_server_stop (gone);
  links_add_url (self, url);
}

char *
links_end (Links *self, CliRun *run)
{
  char *path = g_build_filename (run->root, "list.meta4", NULL);

  g_string_append (self->text, "</file></metalink>\n");
  g_assert_true (g_file_set_contents (path, self->text->str, -1, NULL));
  g_string_free (self->text, TRUE);
  return path;
}

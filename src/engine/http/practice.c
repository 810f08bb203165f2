/* The practice server: a SoupServer whose loop runs in a thread of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/http/practice.h"

#include <libsoup/soup.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/thread.h"
#include "engine/plan/content-range.h"

#define BLOCK 32768
#define TICK_MS 20

/* A page or file is never larger: what is asked for comes from an address. */
#define LARGEST (G_GINT64_CONSTANT (1) << 32)

typedef struct
{
  const char *name;
  gint64 size;            /* bytes */
  gint64 bytes_per_second;
} PracticeFile;

static const PracticeFile files[ENGINE_PRACTICE_FILES] = {
  { "practice-film.mkv", 36000000, 2600000 },
  { "practice-music.flac", 18000000, 2200000 },
  { "practice-book.epub", 4200000, 900000 },
  { "practice-pictures.zip", 24000000, 3000000 },
  { "practice-disk.iso", 48000000, 4800000 },
};

struct _EnginePractice
{
  /* Written before the thread starts, or by it before `start` is passed. */
  pthread_t thread;
  pthread_barrier_t start;
  GMainContext *context; /* owned */
  GMainLoop *loop;       /* owned */
  int port;              /* 0: could not listen */
  GError *error;         /* owned; why */
};

/* One body on its way out. Freed with its message. */
typedef struct
{
  SoupServerMessage *message; /* not owned: it owns us */
  gint64 position;
  gint64 end;
  gint64 per_tick; /* bytes; 0: all at once */
  gint64 allowed;  /* bytes that may go before the next tick */
  GSource *timer;  /* owned, nullable */
} Body;

static void
stop_timer (Body *body)
{
  if (body->timer != NULL)
    g_source_destroy (body->timer);
  g_clear_pointer (&body->timer, g_source_unref);
}

static void
body_free (gpointer data)
{
  Body *body = data;

  stop_timer (body);
  g_free (body);
}

/* The byte at each position is a function of the position alone. */
static void
fill (guint8 *data, gsize length, gint64 position)
{
  for (gsize i = 0; i < length; i++)
    {
      guint64 x = (guint64) (position + i) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

      data[i] = x >> 56;
    }
}

static void
append_block (Body *body)
{
  gsize length = MIN (BLOCK, body->end - body->position);
  guint8 *data = g_malloc (length);

  if (body->per_tick > 0)
    body->allowed -= length;
  fill (data, length, body->position);
  body->position += length;
  soup_message_body_append_take (
      soup_server_message_get_response_body (body->message), data, length);
  if (body->position == body->end)
    soup_message_body_complete (soup_server_message_get_response_body (body->message));
  soup_server_message_unpause (body->message);
}

static gboolean
tick_cb (gpointer user_data)
{
  Body *body = user_data;

  body->allowed += body->per_tick;
  if (body->allowed <= 0)
    return G_SOURCE_CONTINUE;
  stop_timer (body);
  append_block (body);
  return G_SOURCE_REMOVE;
}

static void
start_timer (Body *body, int after_ms)
{
  stop_timer (body);
  body->timer = g_timeout_source_new (after_ms);
  g_source_set_callback (body->timer, tick_cb, body, NULL);
  g_source_attach (body->timer, g_main_context_get_thread_default ());
}

static void
wrote_chunk_cb (SoupServerMessage *message, gpointer user_data)
{
  Body *body = user_data;

  if (body->position == body->end)
    return;
  if (body->per_tick == 0 || body->allowed > 0)
    append_block (body);
  else
    start_timer (body, TICK_MS);
}

static void
begin_body (SoupServerMessage *message, gint64 start, gint64 end, gint64 per_tick, int latency_ms)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  Body *body = g_new0 (Body, 1);

  body->message = message;
  body->position = start;
  body->end = end;
  body->per_tick = per_tick;
  g_object_set_data_full (G_OBJECT (message), "bobbin-body", body, body_free);
  soup_message_headers_set_encoding (headers, SOUP_ENCODING_CONTENT_LENGTH);
  soup_message_headers_set_content_length (headers, end - start);
  if (start == end)
    return;
  soup_message_body_set_accumulate (soup_server_message_get_response_body (message), FALSE);
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (wrote_chunk_cb), body);
  body->allowed = per_tick > 0 ? 0 : 1;
  soup_server_message_pause (message);
  start_timer (body, latency_ms);
}

static void
page_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  int n;
  int latency_ms;
  gint64 size;
  char rest;

  if (sscanf (path, "/page/%d/%d/%" SCNd64 "%c", &n, &latency_ms, &size, &rest) != 3 ||
      latency_ms < 0 || latency_ms > 60000 || size < 0 || size > LARGEST)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_set_content_type (
      soup_server_message_get_response_headers (message), "application/octet-stream", NULL);
  begin_body (message, 0, size, 0, latency_ms);
}

/* The bytes asked for, where the request names one range that is there. */
static gboolean
asked_range (SoupServerMessage *message, gint64 size, gint64 *start, gint64 *end)
{
  SoupRange *ranges;
  int n;
  gboolean one;

  if (!soup_message_headers_get_ranges (
          soup_server_message_get_request_headers (message), size, &ranges, &n))
    return FALSE;
  one = n == 1;
  if (one)
    {
      *start = ranges[0].start;
      *end = ranges[0].end + 1;
    }
  soup_message_headers_free_ranges (soup_server_message_get_request_headers (message), ranges);
  return one;
}

static void
file_cb (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  const PracticeFile *file = NULL;
  gint64 start = 0;
  gint64 end;

  for (int i = 0; i < ENGINE_PRACTICE_FILES; i++)
    if (g_str_has_prefix (path, "/file/") && strcmp (path + strlen ("/file/"), files[i].name) == 0)
      file = &files[i];
  if (file == NULL)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  end = file->size;
  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  soup_message_headers_replace (headers, "ETag", "\"practice-1\"");
  if (asked_range (message, file->size, &start, &end))
    {
      soup_server_message_set_status (message, SOUP_STATUS_PARTIAL_CONTENT, NULL);
      soup_message_headers_set_content_range (headers, start, end - 1, file->size);
    }
  else
    soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  begin_body (message, start, end, file->bytes_per_second * TICK_MS / 1000, TICK_MS);
}

static void *
serve (void *data)
{
  EnginePractice *self = data;
  SoupServer *server;

  base_thread_set_name ("practice-server");
  g_main_context_push_thread_default (self->context);
  server = soup_server_new ("server-header", "Bobbin practice", NULL);
  soup_server_add_handler (server, "/page", page_cb, NULL, NULL);
  soup_server_add_handler (server, "/file", file_cb, NULL, NULL);
  if (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &self->error))
    {
      GSList *uris = soup_server_get_uris (server);

      self->port = g_uri_get_port (uris->data);
      g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
    }
  pthread_barrier_wait (&self->start);

  if (self->port != 0)
    g_main_loop_run (self->loop);
  soup_server_disconnect (server);
  g_object_unref (server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
practice_free (EnginePractice *self)
{
  pthread_barrier_destroy (&self->start);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_clear_error (&self->error);
  g_free (self);
}

EnginePractice *
engine_practice_start (GError **error)
{
  EnginePractice *self = g_new0 (EnginePractice, 1);
  int failed;

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  pthread_barrier_init (&self->start, NULL, 2);
  failed = pthread_create (&self->thread, NULL, serve, self);
  if (failed != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (failed), g_strerror (failed));
      practice_free (self);
      return NULL;
    }
  pthread_barrier_wait (&self->start);
  if (self->port != 0)
    return self;

  g_propagate_error (error, g_steal_pointer (&self->error));
  engine_practice_stop (self);
  return NULL;
}

void
engine_practice_stop (EnginePractice *self)
{
  /* A source, not g_main_context_invoke(): that one would quit the loop at once where
   * it does not run yet, and be forgotten. */
  g_autoptr (GSource) quit = g_idle_source_new ();

  g_source_set_callback (quit, quit_cb, self->loop, NULL);
  g_source_attach (quit, self->context);
  pthread_join (self->thread, NULL);
  practice_free (self);
}

char *
engine_practice_dup_page (EnginePractice *self, int n, int latency_ms, gint64 size)
{
  return g_strdup_printf ("http://127.0.0.1:%d/page/%d/%d/%" G_GINT64_FORMAT,
                          self->port,
                          n,
                          latency_ms,
                          size);
}

char *
engine_practice_dup_file (EnginePractice *self, int n)
{
  g_return_val_if_fail (n >= 0 && n < ENGINE_PRACTICE_FILES, NULL);

  return g_strdup_printf ("http://127.0.0.1:%d/file/%s", self->port, files[n].name);
}

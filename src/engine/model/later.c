/* The engine's calls that answer later, from a thread of GLib's. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/engine.h"

#include "engine/disk/part-file.h"
#include "engine/model/engine-private.h"

static void
look_at_space (GTask *task, gpointer source, gpointer folder, GCancellable *cancellable)
{
  g_task_return_int (task, engine_disk_get_free (folder));
}

void
engine_get_free_space_async (const char *folder, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, look_at_space);
}

gint64
engine_get_free_space_finish (GAsyncResult *result)
{
  return g_task_propagate_int (G_TASK (result), NULL);
}

/* What a call for pages needs in its thread. */
typedef struct
{
  GStrv addresses;
  int workers;
  char *user_agent;
} PagesCall;

static void
pages_call_free (gpointer data)
{
  PagesCall *call = data;

  g_strfreev (call->addresses);
  g_free (call->user_agent);
  g_free (call);
}

static void
fetch_pages (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PagesCall *call = data;
  GPtrArray *results = engine_pages_fetch ((const char *const *) call->addresses, call->workers,
                                           call->user_agent, cancellable);

  g_task_return_pointer (task, results, (GDestroyNotify) g_ptr_array_unref);
}

void
engine_fetch_pages_async (Engine *self,
                          const char *const *addresses,
                          int workers,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  PagesCall *call = g_new0 (PagesCall, 1);

  call->addresses = g_strdupv ((GStrv) addresses);
  call->workers = CLAMP (workers, 1, 64);
  call->user_agent = g_strdup (self->user_agent);
  g_task_set_task_data (task, call, pages_call_free);
  g_task_run_in_thread (task, fetch_pages);
}

GPtrArray *
engine_fetch_pages_finish (Engine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

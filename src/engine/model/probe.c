/* What a server says of a file before it is downloaded. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/thread.h"
#include "engine/model/engine-private.h"

static void
ask (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Engine *self = source;
  GError *error = NULL;
  EngineProbe *probe = engine_probe_ask (data, self->user_agent, cancellable, &error);

  if (probe != NULL)
    g_task_return_pointer (task, probe, (GDestroyNotify) engine_probe_free);
  else
    g_task_return_error (task, error);
}

void
engine_probe_async (Engine *self,
                    const EngineSpec *spec,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  BASE_ASSERT_MAIN ();
  g_task_set_task_data (task, engine_spec_copy (spec), (GDestroyNotify) engine_spec_free);
  g_task_run_in_thread (task, ask);
}

EngineProbe *
engine_probe_finish (Engine *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* probe.h: what a server says of a file before anybody downloads it: one HEAD. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/plan/spec.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 length;       /* bytes, -1 not said */
  gboolean can_resume; /* the server says that it sends parts */
  char *name;          /* owned; the safe name that the download would take */
  gboolean is_taken;   /* a file of that name is in the folder */
} EngineProbe;

void engine_probe_free (EngineProbe *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineProbe, engine_probe_free)

/**
 * engine_probe_ask:
 *
 * Waits for the answer, a few seconds at most. In a thread that nobody waits for.
 *
 * Returns: (transfer full): what was said; an ENGINE_ERROR where nothing of use was
 */
EngineProbe *engine_probe_ask (const EngineSpec *spec,
                               const char *user_agent,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS

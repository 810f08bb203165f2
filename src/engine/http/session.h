/* session.h: one worker's HTTP: a libsoup session that nobody else touches.
 *
 * A session is made, used and freed in one thread, inside which it keeps a main
 * context of its own that is never iterated: libsoup's timers then never run
 * beside a worker (its idle timer would disconnect a connection under one).
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _EngineSession EngineSession;

/**
 * engine_session_new:
 * @user_agent: sent with each request
 *
 * Returns: (transfer full): a session that belongs to the calling worker
 */
EngineSession *engine_session_new (const char *user_agent);

/** engine_session_free: in the worker that made it, outside of enter and leave */
void engine_session_free (EngineSession *self);

/**
 * engine_session_enter:
 *
 * Makes the session's context the thread's default; around each use of the session. Not for the
 * thread's whole life: GLib takes its own stack of contexts down first when a thread ends.
 */
void engine_session_enter (EngineSession *self);
void engine_session_leave (EngineSession *self);

/**
 * engine_session_set_timeout:
 * @seconds: give up on an operation of the socket that takes longer
 */
void engine_session_set_timeout (EngineSession *self, int seconds);

/** engine_session_drop_idle: closes the connections that are kept open for the next request */
void engine_session_drop_idle (EngineSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineSession, engine_session_free)

G_END_DECLS

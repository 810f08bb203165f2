/* crew.h: threads that take tasks, the one that rested last first.
 *
 * A GThreadPool wakes whichever thread has waited longest, so that a few tasks at a time pass
 * through all its threads, each with a connection and a buffer of its own, all gone cold. Here as
 * few threads work as can, the others end.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _EngineCrew EngineCrew;

typedef void (*EngineCrewWork) (gpointer task, gpointer user_data);

/**
 * engine_crew_new:
 * @work: called for each task in a thread of the crew
 * @most: threads, at least 1; they are made when there is work for them
 *
 * Any thread.
 */
EngineCrew *engine_crew_new (EngineCrewWork work, gpointer user_data, int most);

/** engine_crew_free: waits for all tasks to be done and all threads to end. Never the main thread
 */
void engine_crew_free (EngineCrew *self);

/** engine_crew_set_most: takes effect at once; a thread that is busy ends its task first. Any
 * thread */
void engine_crew_set_most (EngineCrew *self, int most);

/** engine_crew_push: @task waits only where all threads are busy. Any thread; does not block */
void engine_crew_push (EngineCrew *self, gpointer task);

G_END_DECLS

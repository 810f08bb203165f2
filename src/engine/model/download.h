/* download.h: one row of the list: what a person sees of a download and asks of it.
 *
 * A GObject of the main thread. The engine changes it from messages; others
 * only look. `notify::state` comes for each change of state; progress changes
 * without a signal: compare engine_download_get_serial() at one's own pace.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/plan/error.h"
#include "engine/plan/lane.h"
#include "engine/plan/log.h"
#include "engine/plan/segments.h"
#include "engine/plan/spec.h"
#include "engine/plan/state.h"
#include "engine/plan/validator.h"

G_BEGIN_DECLS

#define ENGINE_TYPE_DOWNLOAD (engine_download_get_type ())
G_DECLARE_FINAL_TYPE (EngineDownload, engine_download, ENGINE, DOWNLOAD, GObject)

/* All: main thread. Strings belong to the download and change with it. */
gint64 engine_download_get_id (EngineDownload *self);

/** engine_download_get_serial: Returns: a number that grows with each change, of progress too */
guint engine_download_get_serial (EngineDownload *self);

/** engine_download_get_name: Returns: the file's name; from the address until the server has said
 * it */
const char *engine_download_get_name (EngineDownload *self);

/** engine_download_get_address: Returns: the address without credentials */
const char *engine_download_get_address (EngineDownload *self);

/** engine_download_get_final_address: Returns: (nullable): after redirects, without credentials */
const char *engine_download_get_final_address (EngineDownload *self);
const char *engine_download_get_folder (EngineDownload *self);

/** engine_download_dup_path: Returns: (transfer full): folder and name */
char *engine_download_dup_path (EngineDownload *self);

/** engine_download_get_content_type: Returns: a GIO content type guessed from name and reply */
const char *engine_download_get_content_type (EngineDownload *self);

/** engine_download_get_validator: Returns: (transfer none): what the server said of the version that
 * we have */
const EngineValidator *engine_download_get_validator (EngineDownload *self);

/** engine_download_get_checksum: Returns: (nullable): `sha256=…` where one was asked to be checked
 */
const char *engine_download_get_checksum (EngineDownload *self);

EngineState engine_download_get_state (EngineDownload *self);

/** engine_download_get_reason: Returns: why it waits */
EngineReason engine_download_get_reason (EngineDownload *self);

/** engine_download_get_error: Returns: (nullable): why it failed or waits; its message is a
 * translated clause */
const GError *engine_download_get_error (EngineDownload *self);

/** engine_download_get_received: Returns: bytes on the disk */
gint64 engine_download_get_received (EngineDownload *self);

/** engine_download_get_total: Returns: bytes, -1 unknown */
gint64 engine_download_get_total (EngineDownload *self);

/** engine_download_get_rate: Returns: bytes per second over the last few seconds, 0 where not
 * running */
double engine_download_get_rate (EngineDownload *self);

/** engine_download_get_seconds_left: Returns: -1 unknown */
gint64 engine_download_get_seconds_left (EngineDownload *self);

/** engine_download_get_connections: Returns: how many connections fetch it now */
int engine_download_get_connections (EngineDownload *self);

/** engine_download_get_most_connections: Returns: how many connections fetched it at once, at most,
 * in its last run */
int engine_download_get_most_connections (EngineDownload *self);

/** engine_download_get_queue_position: Returns: from 1, its place among those queued; 0 where it is
 * not queued */
int engine_download_get_queue_position (EngineDownload *self);

/** engine_download_get_attempt: Returns: how many tries in a row have failed */
int engine_download_get_attempt (EngineDownload *self);
int engine_download_get_max_attempts (EngineDownload *self);

/** engine_download_get_retry_at_us: Returns: (monotonic microseconds) when it tries again, 0 where
 * it does not wait for that */
gint64 engine_download_get_retry_at_us (EngineDownload *self);

/** engine_download_get_added_us: Returns: (wall clock microseconds) */
gint64 engine_download_get_added_us (EngineDownload *self);

/** engine_download_get_finished_us: Returns: (wall clock microseconds) 0 where not finished */
gint64 engine_download_get_finished_us (EngineDownload *self);

/** engine_download_get_started_us: Returns: (monotonic microseconds) when its last run began, 0:
 * never in this process */
gint64 engine_download_get_started_us (EngineDownload *self);

/** engine_download_get_ended_us: Returns: (monotonic microseconds) when its last run ended, 0 while
 * running or never */
gint64 engine_download_get_ended_us (EngineDownload *self);

/** engine_download_get_resumed_from: Returns: bytes that were on the disk when its last run began
 */
gint64 engine_download_get_resumed_from (EngineDownload *self);

/** engine_download_get_http_status: Returns: of the last reply, 0 where none */
int engine_download_get_http_status (EngineDownload *self);

/** engine_download_is_length_unproven: Returns: whether it is finished though the server never said
 * how long it is */
gboolean engine_download_is_length_unproven (EngineDownload *self);

/** engine_download_was_skipped: Returns: whether the name was taken and the policy was to leave it
 */
gboolean engine_download_was_skipped (EngineDownload *self);

/** engine_download_get_done: Returns: (transfer none) (element-type EngineRange): byte ranges on
 * the disk, in order */
GArray *engine_download_get_done (EngineDownload *self);

/** engine_download_get_fetching: Returns: (transfer none) (element-type EngineRange): what each
 * connection has yet to fetch; its start is the moving edge */
GArray *engine_download_get_fetching (EngineDownload *self);

/** engine_download_is_for_command: Returns: whether it is the command line's, not the window's */
gboolean engine_download_is_for_command (EngineDownload *self);

/** engine_download_get_lanes: Returns: (transfer none) (element-type EngineLaneView): its
 * connections, by position; empty while none is on */
GArray *engine_download_get_lanes (EngineDownload *self);

/** engine_download_get_log: Returns: (transfer none) (nullable) (element-type EngineLogEntry): what
 * happened in this run of the program, oldest first; engine_log_entry_describe() */
GArray *engine_download_get_log (EngineDownload *self);

G_END_DECLS

/* A download as the window sees it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/model/download.h"

#include "base/clock.h"
#include "base/thread.h"
#include "engine/model/download-private.h"
#include "engine/plan/address.h"
#include "engine/plan/file-name.h"

G_DEFINE_TYPE (EngineDownload, engine_download, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
engine_download_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EngineDownload *self = ENGINE_DOWNLOAD (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
engine_download_finalize (GObject *object)
{
  EngineDownload *self = ENGINE_DOWNLOAD (object);

  g_assert (self->transfer == NULL);
  g_clear_handle_id (&self->retry_source, g_source_remove);
  engine_record_free (self->record);
  g_free (self->old_address);
  g_free (self->shown_address);
  g_free (self->moved_from);
  g_free (self->name);
  g_free (self->host);
  g_free (self->content_type);
  g_free (self->server_type);
  g_clear_error (&self->error);
  g_clear_error (&self->sync_error);
  g_clear_pointer (&self->sources, engine_sources_free);
  g_clear_pointer (&self->brought, g_array_unref);
  g_free (self->wrong);
  g_array_unref (self->fetching);
  g_array_unref (self->lanes);
  g_clear_pointer (&self->log, g_array_unref);
  G_OBJECT_CLASS (engine_download_parent_class)->finalize (object);
}

static void
engine_download_class_init (EngineDownloadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = engine_download_get_property;
  object_class->finalize = engine_download_finalize;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, ENGINE_N_STATES - 1, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] =
      g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
engine_download_init (EngineDownload *self)
{
  self->fetching = g_array_new (FALSE, FALSE, sizeof (EngineRange));
  self->lanes = g_array_new (FALSE, FALSE, sizeof (EngineLaneView));
  self->wanted = ENGINE_STATE_ACTIVE;
}

static char *
name_before_reply (const EngineRecord *record)
{
  if (record->name != NULL)
    return g_strdup (record->name);
  return engine_file_name_choose (record->spec->name, NULL, record->spec->address,
                                  record->spec->address, NULL);
}

EngineDownload *
engine_download_new (EngineRecord *record)
{
  EngineDownload *self = g_object_new (ENGINE_TYPE_DOWNLOAD, NULL);

  self->record = record;
  self->state = record->state;
  self->shown_address = engine_address_dup_shown (record->spec->address);
  self->host = engine_address_dup_host (record->spec->address);
  self->name = name_before_reply (record);
  if (record->error_message != NULL)
    {
      EngineErrorCode code = ENGINE_ERROR_PROTOCOL;

      engine_error_from_nick (record->error_nick, &code);
      self->error = g_error_new_literal (ENGINE_ERROR, code, record->error_message);
    }
  return self;
}

void
engine_download_set_address (EngineDownload *self, char *address)
{
  g_free (self->record->spec->address);
  g_free (self->shown_address);
  g_free (self->host);
  engine_download_drop_sources (self);
  self->record->spec->address = address;
  self->shown_address = engine_address_dup_shown (address);
  self->host = engine_address_dup_host (address);
}

EngineSources *
engine_download_get_sources (EngineDownload *self)
{
  const EngineSpec *spec = self->record->spec;

  if (self->sources == NULL)
    {
      gboolean listed = spec->via_metalink && spec->mirrors != NULL && spec->mirrors[0] != NULL;

      self->sources = engine_sources_new (listed ? NULL : spec->address, spec->mirrors);
      self->home = engine_sources_get_count (self->sources) == 1 ? 0 : -1;
    }
  return self->sources;
}

void
engine_download_drop_sources (EngineDownload *self)
{
  g_clear_pointer (&self->sources, engine_sources_free);
  g_clear_pointer (&self->brought, g_array_unref);
  g_clear_pointer (&self->wrong, g_free);
  self->restarts = 0;
}

gboolean
engine_download_has_mirrors (EngineDownload *self)
{
  return engine_sources_get_count (engine_download_get_sources (self)) > 1;
}

void
engine_download_touch (EngineDownload *self)
{
  self->serial++;
}

void
engine_download_move (EngineDownload *self, EngineState state, EngineReason reason, GError *error)
{
  BASE_ASSERT_MAIN ();
  g_assert (state == self->state || engine_state_can_move (self->state, state));

  g_clear_error (&self->error);
  self->error = error;
  self->reason = reason;
  self->state = state;
  engine_download_touch (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
engine_download_begin_run (EngineDownload *self, EngineTransfer *transfer)
{
  self->transfer = transfer;
  self->wanted = ENGINE_STATE_ACTIVE;
  self->started_us = base_clock_now_us ();
  self->ended_us = 0;
  self->samples = 0;
  self->syncing = FALSE;
  g_clear_error (&self->sync_error);
  self->retry_at_us = 0;
  self->resumed_from = 0;
  self->most_connections = 0;
  self->left_failures = 0;
  self->next_join_us = 0;
  engine_ramp_begin (&self->ramp);
}

static void
take_sample (EngineDownload *self)
{
  gint64 now_us = base_clock_now_us ();
  int last = (self->samples - 1) % ENGINE_RATE_SAMPLES;

  if (self->samples > 0 && now_us - self->sample_us[last] < ENGINE_RATE_STEP_US)
    return;
  self->sample_us[self->samples % ENGINE_RATE_SAMPLES] = now_us;
  self->sample_bytes[self->samples % ENGINE_RATE_SAMPLES] = self->record->received;
  self->samples++;
}

int
engine_download_get_allowed_connections (EngineDownload *self, int most)
{
  int own = self->record->spec->max_connections;

  return MAX (1, own > 0 ? own : most);
}

static void
take_log (EngineDownload *self, GArray *fresh)
{
  if (fresh->len == 0)
    return;
  if (self->log == NULL)
    self->log = engine_log_new ();
  engine_log_move (self->log, fresh, ENGINE_MOST_LOGGED);
}

void
engine_download_log (EngineDownload *self, EngineLogKind kind, gint64 a, const char *detail)
{
  EngineLogEntry entry = {
    .at_us = base_clock_wall_us (), .kind = kind, .worker = -1, .a = a, .detail = (char *) detail
  };

  if (self->log == NULL)
    self->log = engine_log_new ();
  engine_log_add (self->log, &entry, ENGINE_MOST_LOGGED);
}

void
engine_download_take_snapshot (EngineDownload *self, EngineSnapshot *snapshot)
{
  /* A file that starts over has less than before: the rate begins anew too. */
  if (snapshot->received < self->record->received)
    self->samples = 0;
  self->record->received = snapshot->received;
  self->record->total = snapshot->total;
  g_clear_pointer (&self->record->done, g_array_unref);
  self->record->done = g_steal_pointer (&snapshot->done);
  g_array_unref (self->fetching);
  self->fetching = g_steal_pointer (&snapshot->fetching);
  g_array_unref (self->lanes);
  self->lanes = g_steal_pointer (&snapshot->lanes);
  take_log (self, snapshot->log);
  self->connections = self->lanes->len;
  self->most_connections = MAX (self->most_connections, self->connections);
  self->dirty = TRUE;
  take_sample (self);
  engine_download_touch (self);
}

void
engine_download_take_name (EngineDownload *self, char *name)
{
  g_autofree char *given = name;

  if (given == NULL || g_strcmp0 (given, self->record->name) == 0)
    return;
  g_free (self->record->name);
  self->record->name = g_strdup (given);
  g_clear_pointer (&self->content_type, g_free);
  g_free (self->name);
  self->name = g_steal_pointer (&given);
  engine_download_touch (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

void
engine_download_end_run (EngineDownload *self)
{
  g_clear_pointer (&self->transfer, engine_transfer_unref);
  g_array_set_size (self->fetching, 0);
  g_array_set_size (self->lanes, 0);
  self->connections = 0;
  self->samples = 0;
  self->ended_us = base_clock_now_us ();
  engine_download_touch (self);
}

double
engine_download_get_rate (EngineDownload *self)
{
  int newest = self->samples - 1;
  int oldest = MAX (0, self->samples - ENGINE_RATE_SAMPLES);
  gint64 us;
  gint64 bytes;

  if (self->state != ENGINE_STATE_ACTIVE || self->samples < 1)
    return 0;
  /* Up to now, not up to the newest sample: a stall shows as a falling rate. */
  us = base_clock_now_us () - self->sample_us[oldest % ENGINE_RATE_SAMPLES];
  bytes = self->record->received - self->sample_bytes[oldest % ENGINE_RATE_SAMPLES];
  if (newest == oldest && us < ENGINE_RATE_STEP_US)
    return 0;
  return us > 0 ? MAX (0, bytes) * (double) BASE_SECOND_US / us : 0;
}

gint64
engine_download_get_seconds_left (EngineDownload *self)
{
  double rate = engine_download_get_rate (self);
  gint64 left = self->record->total - self->record->received;

  if (self->record->total < 0 || rate < 1)
    return -1;
  return (gint64) (left / rate + 0.999);
}

const char *
engine_download_get_content_type (EngineDownload *self)
{
  if (self->content_type == NULL)
    self->content_type = g_content_type_guess (self->name, NULL, 0, NULL);
  return self->content_type;
}

char *
engine_download_dup_path (EngineDownload *self)
{
  return g_build_filename (self->record->spec->folder, self->name, NULL);
}

int
engine_download_get_queue_position (EngineDownload *self)
{
  return self->queue_place != NULL ? g_sequence_iter_get_position (self->queue_place) + 1 : 0;
}

/* clang-format off */
gint64 engine_download_get_id (EngineDownload *self) { return self->record->id; }
guint engine_download_get_serial (EngineDownload *self) { return self->serial; }
const char *engine_download_get_name (EngineDownload *self) { return self->name; }
const char *engine_download_get_address (EngineDownload *self) { return self->shown_address; }
const char *engine_download_get_final_address (EngineDownload *self) { return self->record->final_address; }
const char *engine_download_get_folder (EngineDownload *self) { return self->record->spec->folder; }
const EngineValidator *engine_download_get_validator (EngineDownload *self) { return &self->record->validator; }
const char *engine_download_get_checksum (EngineDownload *self) { return self->record->spec->checksum; }
EngineState engine_download_get_state (EngineDownload *self) { return self->state; }
EngineReason engine_download_get_reason (EngineDownload *self) { return self->reason; }
const GError *engine_download_get_error (EngineDownload *self) { return self->error; }
gint64 engine_download_get_received (EngineDownload *self) { return self->record->received; }
gint64 engine_download_get_total (EngineDownload *self) { return self->record->total; }
int engine_download_get_connections (EngineDownload *self) { return self->connections; }
int engine_download_get_attempt (EngineDownload *self) { return self->attempt; }
int engine_download_get_max_attempts (EngineDownload *self) { return self->max_attempts; }
int engine_download_get_most_connections (EngineDownload *self) { return self->most_connections; }
gint64 engine_download_get_retry_at_us (EngineDownload *self) { return self->retry_at_us; }
gint64 engine_download_get_added_us (EngineDownload *self) { return self->record->added_us; }
gint64 engine_download_get_finished_us (EngineDownload *self) { return self->record->finished_us; }
gint64 engine_download_get_started_us (EngineDownload *self) { return self->started_us; }
gint64 engine_download_get_ended_us (EngineDownload *self) { return self->ended_us; }
gint64 engine_download_get_resumed_from (EngineDownload *self) { return self->resumed_from; }
int engine_download_get_http_status (EngineDownload *self) { return self->record->http_status; }
gboolean engine_download_is_length_unproven (EngineDownload *self) { return self->record->length_unproven; }
gboolean engine_download_is_for_command (EngineDownload *self) { return self->record->for_command; }
gboolean engine_download_was_skipped (EngineDownload *self) { return self->skipped; }
GArray *engine_download_get_done (EngineDownload *self) { return self->record->done; }
GArray *engine_download_get_fetching (EngineDownload *self) { return self->fetching; }
GArray *engine_download_get_lanes (EngineDownload *self) { return self->lanes; }
GArray *engine_download_get_log (EngineDownload *self) { return self->log; }
/* clang-format on */

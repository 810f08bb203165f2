/* The log of a download. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/log.h"

#include <glib/gi18n.h>

#include "base/human.h"

static void
entry_clear (gpointer data)
{
  EngineLogEntry *entry = data;

  g_free (entry->detail);
}

GArray *
engine_log_new (void)
{
  GArray *log = g_array_new (FALSE, FALSE, sizeof (EngineLogEntry));

  g_array_set_clear_func (log, entry_clear);
  return log;
}

static void
drop_oldest (GArray *log, guint most)
{
  if (log->len > most)
    g_array_remove_range (log, 0, log->len - most);
}

void
engine_log_add (GArray *log, const EngineLogEntry *entry, guint most)
{
  EngineLogEntry copy = *entry;

  copy.detail = g_strdup (entry->detail);
  g_array_append_val (log, copy);
  drop_oldest (log, most);
}

void
engine_log_move (GArray *to, GArray *from, guint most)
{
  if (from->len == 0)
    return;
  g_array_append_vals (to, from->data, from->len);
  /* The details are `to`'s now. */
  for (guint i = 0; i < from->len; i++)
    g_array_index (from, EngineLogEntry, i).detail = NULL;
  g_array_set_size (from, 0);
  drop_oldest (to, most);
}

static char *
describe_bytes (const char *format_to_end, const char *format, const EngineLogEntry *entry)
{
  g_autofree char *from = base_human_size (entry->a);
  g_autofree char *to = entry->b >= 0 ? base_human_size (entry->b) : NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return to != NULL ? g_strdup_printf (format, from, to) : g_strdup_printf (format_to_end, from);
#pragma GCC diagnostic pop
}

static char *
describe_connection (const EngineLogEntry *entry)
{
  switch (entry->kind)
    {
    case ENGINE_LOG_ASKED:
      /* Translators: %s are sizes, such as "4.0 MiB": places in the file */
      return describe_bytes (_ ("asks for all from %s on"), _ ("asks for %s to %s"), entry);
    case ENGINE_LOG_ANSWERED:
      if (entry->detail != NULL)
        /* Translators: an HTTP status such as 206, and a type such as "image/png" */
        return g_strdup_printf (_ ("the server answers %d, %s"), (int) entry->a, entry->detail);
      return g_strdup_printf (_ ("the server answers %d"), (int) entry->a);
    case ENGINE_LOG_SPLIT:
      return describe_bytes (_ ("takes over all from %s on"),
                             _ ("takes over %s to %s from another"), entry);
    case ENGINE_LOG_HEDGED:
      return describe_bytes (_ ("fetches all from %s on beside a silent connection"),
                             _ ("fetches %s to %s beside a silent connection"), entry);
    case ENGINE_LOG_READ_ON:
      return describe_bytes (_ ("reads on from %s"), _ ("reads on from %s to %s"), entry);
    case ENGINE_LOG_DROPPED:
      return g_strdup (_ ("is let go: another fetches its piece"));
    case ENGINE_LOG_LEFT:
    default:
      return g_strdup_printf (_ ("ends: %s"), entry->detail);
    }
}

char *
engine_log_entry_describe (const EngineLogEntry *entry)
{
  g_autofree char *size = NULL;

  switch (entry->kind)
    {
    case ENGINE_LOG_STALLED:
      return g_strdup_printf (ngettext ("%d connection is slow or silent",
                                        "%d connections are slow or silent", entry->a),
                              (int) entry->a);
    case ENGINE_LOG_COMPARED:
      return g_strdup (entry->a ? _ ("what is on the disk is what the server has")
                                : _ ("what is on the disk is not what the server has"));
    case ENGINE_LOG_STARTED_OVER:
      return g_strdup (_ ("the file on the server has changed: it starts over"));
    case ENGINE_LOG_RETRY:
      /* Translators: seconds, and a reason such as "503 Service Unavailable" */
      return g_strdup_printf (_ ("tries again in %.1f s: %s"), entry->a / 1000.0, entry->detail);
    case ENGINE_LOG_WHOLE:
      size = base_human_size (entry->a);
      return g_strdup_printf (_ ("all %s are there"), size);
    case ENGINE_LOG_COMPLETED:
      return g_strdup_printf (_ ("is complete: %s"), entry->detail);
    case ENGINE_LOG_FAILED:
      return g_strdup_printf (_ ("has failed: %s"), entry->detail);
    case ENGINE_LOG_ASIDE:
      /* Translators: one of several addresses of a file, and why */
      return g_strdup_printf (_ ("one address is put aside: %s"), entry->detail);
    default:
      return describe_connection (entry);
    }
}

/* What replies are held against. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/standard.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/plan/error.h"

static gboolean
is_page (const char *content_type)
{
  return g_strcmp0 (content_type, "text/html") == 0 ||
         g_strcmp0 (content_type, "application/xhtml+xml") == 0;
}

/* By its ending, or because it has none to go by. */
static gboolean
is_page_name (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, strcspn (name, "?#"));
  const char *slash = strrchr (lower, '/');
  const char *last = slash != NULL ? slash + 1 : lower;

  return strchr (last, '.') == NULL || g_str_has_suffix (last, ".html") ||
         g_str_has_suffix (last, ".htm") || g_str_has_suffix (last, ".xhtml") ||
         g_str_has_suffix (last, ".php");
}

static gboolean
is_unexpected_page (EngineTransfer *transfer, const EngineReply *reply)
{
  const EngineSpec *spec = transfer->order->spec;
  const char *name = spec->name != NULL ? spec->name : spec->suggested_name;

  return transfer->order->addresses->len > 1 && is_page (reply->content_type) &&
         !is_page_name (name != NULL ? name : spec->address);
}

gboolean
engine_standard_is_met (EngineTransfer *transfer, const EngineReply *reply, GError **error)
{
  gint64 size = transfer->order->spec->size;

  if (size >= 0 && reply->validator.length >= 0 && reply->validator.length != size)
    g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHANGED,
                 _ ("the server's file is not as long as the Metalink says"));
  else if (is_unexpected_page (transfer, reply))
    g_set_error (error, ENGINE_ERROR, ENGINE_ERROR_CHANGED,
                 _ ("this address sends a web page in place of the file"));
  else
    return TRUE;
  return FALSE;
}

const EngineValidator *
engine_standard_get (EngineLane *lane)
{
  return engine_standard_is_elsewhere (lane) && lane->mirror->known ? &lane->mirror->validator
                                                                    : &lane->transfer->validator;
}

gboolean
engine_standard_is_elsewhere (EngineLane *lane)
{
  return lane->transfer->home != lane->source;
}

/* Retrying. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/retry.h"

#include "engine/plan/error.h"

#define LONGEST_MS 60000

static gboolean
status_may_pass (int status)
{
  switch (status)
    {
    case 408:
    case 425:
    case 429:
      return TRUE;
    case 501:
    case 505:
      return FALSE;
    default:
      return status >= 500 && status < 600;
    }
}

gboolean
engine_retry_may_pass (const GError *error)
{
  g_return_val_if_fail (error->domain == ENGINE_ERROR, FALSE);

  switch (error->code)
    {
    case ENGINE_ERROR_RESOLVE:
    case ENGINE_ERROR_CONNECT:
    case ENGINE_ERROR_TIMEOUT:
    case ENGINE_ERROR_CLOSED_EARLY:
    case ENGINE_ERROR_DAMAGED:
      return TRUE;
    case ENGINE_ERROR_HTTP:
      return status_may_pass (engine_error_get_http_status (error));
    default:
      return FALSE;
    }
}

gint64
engine_retry_delay_ms (int attempt, gint64 base_ms, gint64 retry_after_s, double chance)
{
  gint64 bound = base_ms;

  if (retry_after_s >= 0)
    return retry_after_s * 1000;
  for (int i = 1; i < attempt && bound < LONGEST_MS; i++)
    bound *= 2;
  return (gint64) (MIN (bound, LONGEST_MS) * CLAMP (chance, 0.0, 1.0));
}

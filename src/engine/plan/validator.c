/* Comparing validators. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/validator.h"

#include <string.h>

void
engine_validator_clear (EngineValidator *self)
{
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->last_modified, g_free);
  g_clear_pointer (&self->content_type, g_free);
  self->length = -1;
}

void
engine_validator_copy (EngineValidator *to, const EngineValidator *from)
{
  to->etag = g_strdup (from->etag);
  to->last_modified = g_strdup (from->last_modified);
  to->content_type = g_strdup (from->content_type);
  to->length = from->length;
}

static gboolean
is_weak (const char *etag)
{
  return g_str_has_prefix (etag, "W/") || g_str_has_prefix (etag, "w/");
}

gboolean
engine_validator_is_strong (const EngineValidator *self)
{
  return self->etag != NULL && *self->etag != '\0' && !is_weak (self->etag);
}

static gboolean
is_page (const char *content_type)
{
  return content_type != NULL && (strcmp (content_type, "text/html") == 0 ||
                                  strcmp (content_type, "application/xhtml+xml") == 0);
}

static gboolean
both_equal (const char *a, const char *b)
{
  return a != NULL && b != NULL && strcmp (a, b) == 0;
}

EngineVerdict
engine_validator_compare (const EngineValidator *ours, const EngineValidator *theirs)
{
  gboolean lengths_known = ours->length >= 0 && theirs->length >= 0;
  gboolean same_date = both_equal (ours->last_modified, theirs->last_modified);

  if (lengths_known && ours->length != theirs->length)
    return ENGINE_CHANGED;
  if (is_page (theirs->content_type) && !is_page (ours->content_type))
    return ENGINE_CHANGED;

  if (engine_validator_is_strong (ours) && engine_validator_is_strong (theirs))
    {
      if (strcmp (ours->etag, theirs->etag) == 0)
        return ENGINE_SAME;
      return lengths_known && same_date ? ENGINE_SAME_IF_SAMPLED : ENGINE_CHANGED;
    }
  /* A date that differs outweighs a weak tag that does not: weak tags leave small
   * changes out on purpose. */
  if (ours->last_modified != NULL && theirs->last_modified != NULL && !same_date)
    return ENGINE_CHANGED;
  if (lengths_known && (same_date || both_equal (ours->etag, theirs->etag)))
    return ENGINE_SAME_IF_OVERLAP;
  if (ours->etag != NULL && theirs->etag != NULL && !both_equal (ours->etag, theirs->etag))
    return ENGINE_CHANGED;
  return ENGINE_UNPROVEN;
}

char *
engine_validator_dup_if_range (const EngineValidator *self)
{
  return engine_validator_is_strong (self) ? g_strdup (self->etag) : NULL;
}

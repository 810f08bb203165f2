/* What has been found out about each variant. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/known.h"

#include <glib/gi18n.h>

typedef enum
{
  FOUND_NOTHING,
  FOUND_LOST,
  FOUND_STUCK,
  FOUND_FAILED,
  FOUND_ENDLESS,
  FOUND_PROVED,
} Found;

struct _UiKnown
{
  GHashTable *found; /* (element-type utf8 Found) owned */
};

UiKnown *
ui_known_new (void)
{
  UiKnown *self = g_new0 (UiKnown, 1);

  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
ui_known_free (UiKnown *self)
{
  g_hash_table_unref (self->found);
  g_free (self);
}

static void
note (UiKnown *self, const char *id, Found found)
{
  Found before = GPOINTER_TO_INT (g_hash_table_lookup (self->found, id));

  /* What holds for few threads does not unmake what was seen with more. */
  if (found == FOUND_NOTHING || (found == FOUND_PROVED && before != FOUND_NOTHING))
    return;
  g_hash_table_insert (self->found, g_strdup (id), GINT_TO_POINTER (found));
}

static void
note_of (UiKnown *self, UiExperiment *experiment, Found found)
{
  g_autofree char *id = ui_experiment_dup_id (experiment);

  if (!ui_experiment_is_edited (experiment))
    note (self, id, found);
}

void
ui_known_note_run (UiKnown *self, UiExperiment *experiment)
{
  const LabRunResult *result = ui_experiment_get_result (experiment);

  Found found = result != NULL && result->bad_runs > 0 ? FOUND_LOST : FOUND_NOTHING;

  for (guint i = 0; result != NULL && i < result->outcomes->len; i++)
    {
      const LabOutcome *outcome = &g_array_index (result->outcomes, LabOutcome, i);

      if (outcome->bad && outcome->kind == LAB_ENDING_DEADLOCK)
        found = FOUND_STUCK;
      else if (outcome->bad && outcome->kind == LAB_ENDING_FAILED)
        found = FOUND_FAILED;
    }
  note_of (self, experiment, found);
}

static Found
judge (const LabExploration *exploration)
{
  Found found = exploration->livelock ? FOUND_ENDLESS : FOUND_NOTHING;

  if (!exploration->bad)
    return exploration->complete ? FOUND_PROVED : FOUND_NOTHING;
  for (guint i = 0; i < exploration->endings->len; i++)
    {
      const LabEnding *ending = g_ptr_array_index (exploration->endings, i);

      if (ending->bad)
        found = ending->kind == LAB_ENDING_DEADLOCK ? FOUND_STUCK
                : ending->kind == LAB_ENDING_FAILED ? FOUND_FAILED
                                                    : FOUND_LOST;
    }
  return found;
}

void
ui_known_note_exploration (UiKnown *self, UiExperiment *experiment)
{
  const LabExploration *exploration = ui_experiment_get_exploration (experiment);

  note_of (self, experiment, exploration != NULL ? judge (exploration) : FOUND_NOTHING);
}

void
ui_known_note (UiKnown *self, const char *id, const LabExploration *exploration)
{
  note (self, id, judge (exploration));
}

const char *
ui_known_get_word (UiKnown *self, const char *id, UiTone *tone)
{
  Found found = GPOINTER_TO_INT (g_hash_table_lookup (self->found, id));

  *tone = found == FOUND_NOTHING  ? UI_TONE_PLAIN
          : found == FOUND_PROVED ? UI_TONE_GOOD
                                  : UI_TONE_BAD;
  switch (found)
    {
    case FOUND_LOST:
      return C_ ("badge", "lost");
    case FOUND_STUCK:
      return C_ ("badge", "stuck");
    case FOUND_FAILED:
      return C_ ("badge", "failed");
    case FOUND_ENDLESS:
      return C_ ("badge", "endless");
    case FOUND_PROVED:
      return C_ ("badge", "proved");
    case FOUND_NOTHING:
    default:
      return NULL;
    }
}

static const char *
get_title (Found found)
{
  switch (found)
    {
    case FOUND_LOST:
      return C_ ("badge", "Lost");
    case FOUND_STUCK:
      return C_ ("badge", "Stuck");
    case FOUND_FAILED:
      return C_ ("badge", "Failed");
    case FOUND_ENDLESS:
      return C_ ("badge", "Endless");
    case FOUND_PROVED:
      return C_ ("badge", "Proved");
    case FOUND_NOTHING:
    default:
      return NULL;
    }
}

char *
ui_known_dup_summary (UiKnown *self, const LabScenario *scenario, UiTone *tone)
{
  int bad = 0, known = 0;
  Found worst = FOUND_NOTHING;

  for (int i = 0; i < scenario->n_variants; i++)
    {
      g_autofree char *id = g_strconcat (scenario->id, "/", scenario->variants[i].id, NULL);
      Found found = GPOINTER_TO_INT (g_hash_table_lookup (self->found, id));

      known += found != FOUND_NOTHING;
      bad += found != FOUND_NOTHING && found != FOUND_PROVED;
      if (found != FOUND_NOTHING && (worst == FOUND_NOTHING || worst == FOUND_PROVED))
        worst = found;
    }
  *tone = known == 0 ? UI_TONE_PLAIN : bad > 0 ? UI_TONE_BAD : UI_TONE_GOOD;
  if (bad > 0 && bad < known)
    /* Translators: so many of so many variants end badly */
    return g_strdup_printf (C_ ("badge", "%d of %d"), bad, known);
  return g_strdup (get_title (worst));
}

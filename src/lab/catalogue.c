/* The scenarios and their variants. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "lab/catalogue.h"
#include "lab/lab.h"
#include "lab/programs.h"

static LabVariant lost_update[] = {
  { "racy", NC_ ("variant", "Racy"), LAB_KIND_BROKEN, NULL, TRUE },
  { "yield-between", NC_ ("variant", "Yield between"), LAB_KIND_WRONG_FIX, NULL, TRUE },
  { "mutex", NC_ ("variant", "Mutex"), LAB_KIND_FIX, NULL, TRUE },
  { "fetch-add", NC_ ("variant", "Atomic add"), LAB_KIND_FIX, NULL, TRUE },
  { "compare-and-swap", NC_ ("variant", "Compare and swap"), LAB_KIND_FIX, NULL, TRUE },
};

static LabVariant queue_owner[] = {
  { "queue", NC_ ("variant", "Queue"), LAB_KIND_FIX, NULL, TRUE },
};

static LabScenario scenarios[] = {
  { "lost-update",
    N_ ("Lost update"),
    N_ ("count = count + 1 is three steps"),
    N_ ("Threads add to one counter. Each addition is three steps: read, add, write. Where two "
        "threads read the same number, one of their additions is lost."),
    lost_update,
    G_N_ELEMENTS (lost_update) },
  { "queue-owner",
    N_ ("One owner and a queue"),
    N_ ("Nobody shares; one thread counts"),
    N_ ("Threads send what they have to add to a queue. One owner takes it out and alone touches "
        "the total: there is nothing left to race for."),
    queue_owner,
    G_N_ELEMENTS (queue_owner) },
};

static const LabMechanism lost_update_mechanisms[] = {
  LAB_MECHANISM_RACY, LAB_MECHANISM_YIELD, LAB_MECHANISM_MUTEX,
  LAB_MECHANISM_FETCH_ADD, LAB_MECHANISM_CAS,
};

static const char *
find_program (const char *scenario, const char *variant)
{
  g_autofree char *id = g_strconcat (scenario, "/", variant, NULL);

  for (int i = 0; lab_program_texts[i].id != NULL; i++)
    if (strcmp (lab_program_texts[i].id, id) == 0)
      return lab_program_texts[i].text;
  g_assert_not_reached ();
}

static gpointer
fill_programs (gpointer unused)
{
  for (gsize s = 0; s < G_N_ELEMENTS (scenarios); s++)
    for (int v = 0; v < scenarios[s].n_variants; v++)
      ((LabVariant *) scenarios[s].variants)[v].program =
          find_program (scenarios[s].id, scenarios[s].variants[v].id);
  return NULL;
}

const LabScenario *
lab_get_scenarios (int *n)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, fill_programs, NULL);
  *n = G_N_ELEMENTS (scenarios);
  return scenarios;
}

static const LabVariant *
find_in (const LabScenario *scenario, const char *variant)
{
  for (int v = 0; v < scenario->n_variants; v++)
    if (variant == NULL || strcmp (scenario->variants[v].id, variant) == 0)
      return &scenario->variants[v];
  return NULL;
}

const LabVariant *
lab_find_variant (const char *id, const LabScenario **scenario)
{
  g_auto (GStrv) parts = g_strsplit (id, "/", 2);
  const LabScenario *all;
  int n;

  all = lab_get_scenarios (&n);
  for (int s = 0; parts[0] != NULL && s < n; s++)
    if (strcmp (all[s].id, parts[0]) == 0)
      {
        if (scenario != NULL)
          *scenario = &all[s];
        return find_in (&all[s], parts[1]);
      }
  return NULL;
}

LabMechanism
lab_catalogue_get_mechanism (const LabVariant *variant)
{
  if (variant >= lost_update && variant < lost_update + G_N_ELEMENTS (lost_update))
    return lost_update_mechanisms[variant - lost_update];
  return LAB_MECHANISM_QUEUE;
}

/* `A, B, C` and so on: after Z come T27, T28… */
static char *
name_threads (int threads)
{
  GString *names = g_string_new (NULL);

  for (int i = 0; i < threads; i++)
    {
      g_string_append (names, i > 0 ? ", " : "");
      if (i < 26)
        g_string_append_c (names, 'A' + i);
      else
        g_string_append_printf (names, "T%d", i + 1);
    }
  return g_string_free (names, FALSE);
}

static void
replace (GString *text, const char *from, char *to /* transfer full */)
{
  g_autofree char *with = to;

  g_string_replace (text, from, with, 0);
}

char *
lab_dup_program (const LabVariant *variant, int threads, int increments)
{
  GString *text = g_string_new (variant->program);
  gint64 expected = (gint64) threads * increments;
  g_autofree char *names = NULL;

  if (!variant->takes_numbers)
    return g_string_free (text, FALSE);
  names = name_threads (threads);
  replace (text, "repeat 20 {", g_strdup_printf ("repeat %" G_GINT64_FORMAT " {", expected));
  replace (text, "repeat 10 {", g_strdup_printf ("repeat %d {", increments));
  replace (text, "== 20;", g_strdup_printf ("== %" G_GINT64_FORMAT ";", expected));
  replace (text, "thread A, B {", g_strdup_printf ("thread %s {", names));
  return g_string_free (text, FALSE);
}

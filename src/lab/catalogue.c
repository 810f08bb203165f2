/* The scenarios and their variants: what the embedded programs say of themselves. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/catalogue.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lab/programs.h"

/* The variants whose threads and increments can be chosen, and the body that counts for each. */
static const struct
{
  const char *id;
  LabMechanism mechanism;
} counting[] = {
  { "lost-update/racy", LAB_MECHANISM_RACY },
  { "lost-update/yield-between", LAB_MECHANISM_YIELD },
  { "lost-update/mutex", LAB_MECHANISM_MUTEX },
  { "lost-update/fetch-add", LAB_MECHANISM_FETCH_ADD },
  { "lost-update/compare-and-swap", LAB_MECHANISM_CAS },
  { "queue-owner/queue", LAB_MECHANISM_QUEUE },
};

typedef struct
{
  LabScenario *scenarios; /* owned */
  int n;
} Catalogue;

static gboolean
find_mechanism (const char *id, LabMechanism *mechanism)
{
  for (gsize i = 0; i < G_N_ELEMENTS (counting); i++)
    if (strcmp (counting[i].id, id) == 0)
      {
        *mechanism = counting[i].mechanism;
        return TRUE;
      }
  return FALSE;
}

/* `Lost update` of `Lost update: mutex`; a language may put a space before the colon. */
static char *
dup_scenario_title (const char *title)
{
  const char *colon = strstr (title, ": ");

  return g_strchomp (colon != NULL ? g_strndup (title, colon - title) : g_strdup (title));
}

/* `Mutex` of it, as the beginning of a line. */
static char *
dup_variant_title (const char *title)
{
  const char *colon = strstr (title, ": ");
  const char *variant = colon != NULL ? colon + 2 : title;
  char first[7] = { 0 };

  g_unichar_to_utf8 (g_unichar_toupper (g_utf8_get_char (variant)), first);
  return g_strconcat (first, g_utf8_next_char (variant), NULL);
}

/* The first sentence, without its full stop; that of Chinese is another, with no space after it. */
static char *
dup_summary (const char *story)
{
  const char *end = strstr (story, ". ");

  if (end == NULL)
    end = strstr (story, "。");
  return end != NULL ? g_strndup (story, end - story) : g_strdup (story);
}

static void
fill_variant (LabVariant *variant, const LabProgramText *program)
{
  LabMechanism unused;

  variant->id = strchr (program->id, '/') + 1;
  variant->title = dup_variant_title (_ (program->title));
  variant->story = _ (program->story);
  variant->kind = program->kind;
  variant->program = program->text;
  variant->takes_numbers = find_mechanism (program->id, &unused);
}

static gsize
get_scenario_length (const LabProgramText *program)
{
  return strchr (program->id, '/') - program->id;
}

/* Returns: how many programs from @program on belong to its scenario. */
static int
count_variants (const LabProgramText *program)
{
  gsize length = get_scenario_length (program) + 1;
  int n = 1;

  while (program[n].id != NULL && strncmp (program[n].id, program->id, length) == 0)
    n++;
  return n;
}

static void
fill_scenario (LabScenario *scenario, const LabProgramText *programs)
{
  int n = count_variants (programs);
  LabVariant *variants = g_new0 (LabVariant, n);

  for (int i = 0; i < n; i++)
    fill_variant (&variants[i], &programs[i]);
  scenario->id = g_strndup (programs->id, get_scenario_length (programs));
  scenario->title = dup_scenario_title (_ (programs->title));
  scenario->story = _ (programs->story);
  scenario->summary = dup_summary (scenario->story);
  scenario->variants = variants;
  scenario->n_variants = n;
}

/* Made once, in the language of the process, and kept. */
static gpointer
make_catalogue (gpointer unused)
{
  Catalogue *catalogue = g_new0 (Catalogue, 1);
  GArray *scenarios = g_array_new (FALSE, TRUE, sizeof (LabScenario));

  for (const LabProgramText *program = lab_program_texts; program->id != NULL;
       program += count_variants (program))
    {
      LabScenario scenario;

      fill_scenario (&scenario, program);
      g_array_append_val (scenarios, scenario);
    }
  catalogue->n = scenarios->len;
  catalogue->scenarios = (LabScenario *) (void *) g_array_free (scenarios, FALSE);
  return catalogue;
}

const LabScenario *
lab_get_scenarios (int *n)
{
  static GOnce once = G_ONCE_INIT;
  const Catalogue *catalogue = g_once (&once, make_catalogue, NULL);

  *n = catalogue->n;
  return catalogue->scenarios;
}

/* @variant: NULL: the first broken one, or where nothing is broken the first. */
static const LabVariant *
find_in (const LabScenario *scenario, const char *variant)
{
  for (int v = 0; v < scenario->n_variants; v++)
    if (variant == NULL ? scenario->variants[v].kind == LAB_KIND_BROKEN
                        : strcmp (scenario->variants[v].id, variant) == 0)
      return &scenario->variants[v];
  return variant == NULL ? &scenario->variants[0] : NULL;
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

gboolean
lab_catalogue_get_mechanism (const char *id, LabMechanism *mechanism)
{
  return find_mechanism (id, mechanism);
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

/* The programs are written for two threads of ten. */
char *
lab_dup_program (const LabVariant *variant, int threads, int increments)
{
  GString *text = g_string_new (variant->program);
  g_autofree char *names = NULL;
  g_autofree char *n = NULL;
  g_autofree char *all = NULL;

  if (!variant->takes_numbers)
    return g_string_free (text, FALSE);
  names = name_threads (threads);
  n = g_strdup_printf ("%d", increments);
  all = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) threads * increments);
  g_string_replace (text, "thread A, B {", "thread @names {", 0);
  g_string_replace (text, "repeat 10 {", "repeat @n {", 0);
  g_string_replace (text, "repeat 20 {", "repeat @all {", 0);
  g_string_replace (text, "== 20;", "== @all;", 0);
  g_string_replace (text, "@names", names, 0);
  g_string_replace (text, "@n", n, 0);
  g_string_replace (text, "@all", all, 0);
  return g_string_free (text, FALSE);
}

/* Finding a race program. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/race-program.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "cli/get.h"

int
cli_race_fail (const char *why)
{
  fprintf (stderr, "bobbin-cli race: %s\n", why);
  return CLI_WRONG;
}

static LabProgram *
parse (const char *text, gssize length, const char *name)
{
  g_autoptr (LabProblem) problem = NULL;
  g_autofree char *message = NULL;
  LabProgram *program = lab_program_new (text, length, &problem);

  if (program != NULL)
    return program;
  message = lab_problem_format (problem, name);
  fprintf (stderr, "%s\n", message);
  return NULL;
}

/* No more than a program may have and one byte, which is too many: the file may be endless. */
static LabProgram *
load_file (const char *path)
{
  g_autofree char *text = g_malloc (LAB_PROGRAM_MOST_BYTES + 1);
  g_autofree char *why = NULL;
  FILE *file = fopen (path, "rbe");
  gsize length = 0;
  int error = errno;

  if (file != NULL)
    {
      length = fread (text, 1, LAB_PROGRAM_MOST_BYTES + 1, file);
      error = ferror (file) ? errno : 0;
      fclose (file);
    }
  if (file != NULL && error == 0)
    return parse (text, length, path);
  /* Translators: a file or scenario, and the reason */
  why = g_strdup_printf (_ ("%s is no scenario, and no file that can be read: %s"), path,
                         g_strerror (error));
  cli_race_fail (why);
  return NULL;
}

static LabProgram *
load_variant (const LabVariant *variant, int threads, int increments, const char *id)
{
  g_autofree char *text = NULL;

  /* That many is fewer than a program may have; a queue's owner may be one too many. */
  if (threads < 0 || threads > LAB_PROGRAM_MOST_THREADS || increments < 0 || increments > 1000000)
    {
      cli_race_fail (_ ("1 to 64 threads and 1 to 1,000,000 increments are possible"));
      return NULL;
    }
  text = lab_dup_program (variant, threads > 0 ? threads : LAB_DEFAULT_THREADS,
                          increments > 0 ? increments : LAB_DEFAULT_INCREMENTS);
  return parse (text, -1, id);
}

LabProgram *
cli_race_load (const char *name, int threads, int increments, char **id)
{
  const LabScenario *scenario = NULL;
  const LabVariant *variant = lab_find_variant (name, &scenario);

  if ((threads != 0 || increments != 0) && (variant == NULL || !variant->takes_numbers))
    {
      g_autofree char *why =
          g_strdup_printf (_ ("%s takes no --threads and no --increments: its text says how many"),
                           name);

      cli_race_fail (why);
      return NULL;
    }
  *id = variant != NULL ? g_strdup_printf ("%s/%s", scenario->id, variant->id) : g_strdup (name);
  return variant != NULL ? load_variant (variant, threads, increments, *id) : load_file (name);
}

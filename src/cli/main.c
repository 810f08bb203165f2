/* bobbin-cli: the engine and the lab with no display. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "base/streams.h"
#include "base/thread.h"
#include "base/translations.h"
#include "cli/get.h"
#include "cli/race.h"
#include "engine/engine.h"

static int
usage (FILE *stream)
{
  fputs (_ ("Usage:\n"
            "  bobbin-cli get [OPTION…] URL…    download every URL and wait\n"
            "  bobbin-cli race list             the Race Lab's scenarios\n"
            "  bobbin-cli race explore ID|FILE  try every order of its steps\n"
            "  bobbin-cli race run ID           run one on real threads\n"
            "\n"
            "“bobbin-cli get --help” lists the options.\n"),
         stream);
  return stream == stdout ? CLI_OK : CLI_WRONG;
}

int
main (int argc, char **argv)
{
  base_streams_hold ();
  base_translations_bind ();
  base_thread_claim_main ();
  engine_prepare_process ();

  if (argc < 2)
    return usage (stderr);
  if (strcmp (argv[1], "get") == 0)
    return cli_get_main (argc - 1, argv + 1);
  if (strcmp (argv[1], "race") == 0)
    return cli_race_main (argc - 1, argv + 1);
  if (strcmp (argv[1], "--version") == 0)
    {
      printf ("bobbin-cli %s\n", BOBBIN_VERSION);
      return CLI_OK;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    return usage (stdout);
  fprintf (stderr, _ ("bobbin-cli: unknown command “%s”\n"), argv[1]);
  return usage (stderr);
}

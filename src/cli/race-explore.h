/* race-explore.h: `bobbin-cli race explore`. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

/** cli_race_explore: Returns: the exit status: 0 whatever was found, 2 wrong program or command
 * line, 3 incomplete */
int cli_race_explore (int argc, char **argv);

/* What a person may ask for besides a program. */
typedef struct
{
  int threads;    /* 0: as it stands */
  int increments; /* 0: as it stands */
} CliRaceNumbers;

/**
 * cli_race_load:
 * @name: a variant's id, a scenario's, or a file
 * @id: (out) (transfer full): the full id, or the file's name as given
 *
 * Returns: (transfer full) (nullable): the program; %NULL where the reason is on standard error
 */
LabProgram *cli_race_load (const char *name, const CliRaceNumbers *numbers, char **id);

G_END_DECLS

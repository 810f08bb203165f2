/* cli-run.h: runs the real bobbin-cli in a folder of its own, and keeps what it said.
 *
 * The program is the one that BOBBIN_CLI names; its home, state and downloads are in
 * a fresh temporary folder. One thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "support/hostile-payload.h"

G_BEGIN_DECLS

typedef struct
{
  char *root;     /* owned; the temporary folder */
  char *folder;   /* owned; where downloads go */
  GPtrArray *env; /* owned; NAME=VALUE beside the usual */

  /* Of the last run. */
  int status; /* exit status; -1 where a signal ended it */
  char *out;  /* owned */
  char *err;  /* owned */
} CliRun;

CliRun *cli_run_new (void);

/** cli_run_free: removes its folder too */
void cli_run_free (CliRun *self);

/**
 * cli_run_get:
 * @argument: first of the arguments after `get -d FOLDER --retry-wait 0`, the last followed by
 * %NULL
 *
 * Returns: the exit status
 */
int cli_run_get (CliRun *self, const char *argument, ...) G_GNUC_NULL_TERMINATED;

/** cli_run_any: Returns: the exit status of bobbin-cli with these arguments and @input on standard
 * input */
int cli_run_any (CliRun *self, const char *const *arguments, const char *input);

/** cli_run_start: the program under way, its streams to be read; for signals */
GSubprocess *cli_run_start (CliRun *self, const char *const *arguments);

/** cli_run_wait: collects what cli_run_start() began. Returns: the exit status */
int cli_run_wait (CliRun *self, GSubprocess *process);

/** cli_run_has: Returns: whether the folder of downloads has a file of that name */
gboolean cli_run_has (CliRun *self, const char *name);

/** cli_run_wait_for_byte: waits until the file @name has byte @at, written and not 0 */
void cli_run_wait_for_byte (CliRun *self, const char *name, gint64 at);

/** cli_run_dup_names: Returns: (transfer full): all names in the folder of downloads, sorted, by
 * `|` */
char *cli_run_dup_names (CliRun *self);

/** cli_run_dup_text: Returns: (transfer full) (nullable): a downloaded file's content */
char *cli_run_dup_text (CliRun *self, const char *name);

/** cli_run_assert_payload: the file is there and is exactly the first @size bytes of @payload */
void
cli_run_assert_payload (CliRun *self, const char *name, const HostilePayload *payload, gint64 size);

/** cli_run_assert_line: line @line (from 0) of what the last run printed is @expected */
void cli_run_assert_line (CliRun *self, int line, const char *expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliRun, cli_run_free)

G_END_DECLS

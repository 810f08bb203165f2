/* raw-options.h: the words of `get`'s command line, before they are checked. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What GOption fills in; strings are owned. */
typedef struct
{
  GStrv rest;
  GStrv headers;
  char *directory;
  char *output;
  char *input;
  char *checksum;
  char *referrer;
  char *user;
  char *user_agent;
  char *state_dir;
  char *on_conflict;
  char *limit_rate;
  char *min_segment;
  char *limit_rate_each;
  char *proxy;
  char *cacert;
  char *cookies;
  char *metalink;
  double retry_wait;
  int jobs;
  int segments;
  int per_host;
  int timeout;
  int retries;
  gboolean no_resume;
  gboolean insecure;
  gboolean netrc;
  gboolean find_checksum;
  gboolean json;
  gboolean quiet;
} CliRaw;

void cli_raw_clear (CliRaw *raw);

/**
 * cli_raw_parse:
 * @raw: with the defaults in it
 * @help: (out): help was asked for and printed
 *
 * Returns: whether every word is an option of ours with a value of its kind
 */
gboolean cli_raw_parse (CliRaw *raw, int argc, char **argv, gboolean *help, GError **error);

G_END_DECLS

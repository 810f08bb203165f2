/* get-options.h: what the command line of `get` says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/item.h"
#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *items;       /* owned (element-type CliItem): in the order given */
  char *directory;        /* owned; absolute */
  char *output;           /* owned, nullable */
  char *checksum;         /* owned, nullable */
  char *referrer;         /* owned, nullable */
  char *user;             /* owned, nullable */
  char *password;         /* owned, nullable */
  char *user_agent;       /* owned, nullable */
  char *state_dir;        /* owned, nullable */
  GStrv headers;          /* owned, nullable */
  EngineCookies *cookies; /* owned reference, nullable */
  EngineNetrc *netrc;     /* owned reference, nullable */
  gboolean find_checksum;
  EngineOnConflict on_conflict;
  EngineLimits limits;
  gboolean no_resume;
  gboolean json;
  gboolean quiet;
} CliGetOptions;

void cli_get_options_clear (CliGetOptions *self);

/**
 * cli_get_options_parse:
 * @help: (out): help was asked for and printed
 *
 * Returns: whether the command line is right; else @error says what is wrong with it
 */
gboolean
cli_get_options_parse (CliGetOptions *self, int argc, char **argv, gboolean *help, GError **error);

/**
 * cli_parse_size:
 * @text: such as `1M`; the suffixes K, M and G are powers of 1024
 *
 * Returns: bytes, -1 where it is no size
 */
gint64 cli_parse_size (const char *text);

G_END_DECLS

/* cli-site.h: a misbehaving server and a bobbin-cli to try on it, new for each case. One thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "support/cli-run.h"
#include "support/hostile-server.h"

G_BEGIN_DECLS

/* What g_test_add() calls a fixture. */
typedef struct
{
  HostileServer *server; /* owned */
  CliRun *run;           /* owned */
} CliSite;

void cli_site_set_up (CliSite *self, gconstpointer data);
void cli_site_tear_down (CliSite *self, gconstpointer data);

G_END_DECLS

/* item.h: one thing to download, as the command line, an input file or a Metalink named it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

typedef struct
{
  char *address;            /* owned; as given */
  EngineMetalinkFile *file; /* owned, nullable: what a Metalink says of it */
} CliItem;

/** cli_item_new: Returns: (transfer full) */
CliItem *cli_item_new (const char *address);

/** cli_item_new_for_file: @file: (transfer full). Returns: (transfer full) */
CliItem *cli_item_new_for_file (EngineMetalinkFile *file);
void cli_item_free (CliItem *self);

G_END_DECLS

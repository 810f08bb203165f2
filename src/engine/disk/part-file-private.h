/* part-file-private.h: what a part file is made of. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>

#include "engine/disk/folder.h"
#include "engine/disk/part-file.h"

G_BEGIN_DECLS

/* Tells our part files from those of others that use the same ending. */
#define ENGINE_PART_MARK "user.bobbin.part"

struct _EnginePartFile
{
  _Atomic int references; /* release on the way down, acquire at zero */

  /* Written once, before any other thread can see it. */
  char *name;         /* owned; the final one */
  char *part_name;    /* owned */
  char *folder_path;  /* owned; for messages */
  EngineFolder *held; /* owned reference */
  int folder;         /* its descriptor */
  int fd;             /* descriptor, owned */
  EngineFileId id;
  EngineFileId ours; /* what a fresh one may replace though it has no mark */

  /* Relaxed: whoever is first to sync the data syncs the name too. */
  _Atomic bool name_synced;
};

/** engine_part_file_is_still_named: Returns: whether NAME.part in the folder still is this file */
gboolean engine_part_file_is_still_named (EnginePartFile *self);

G_END_DECLS

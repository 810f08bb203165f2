/* disk-model.h: a disk to which recorded calls are done again, and what it might hold when the
 * power goes.
 *
 * A file's bytes are sure when it was synced; any part of what was written after may be lost, or
 * come before what was written earlier, torn at 512 bytes. Names are sure when their folder was
 * synced; those after may be lost, the latest first, as file systems with a journal do it.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "recorder.h"

G_BEGIN_DECLS

/* One recorded call. */
typedef struct
{
  RecordHead head;
  char *path; /* owned */
  const guint8 *data;
} Op;

/* How kind the disk was: all of what is unsure is there, none, or some of it; or each file has its
 * own luck, so that a row may be there and what it speaks of may not. */
typedef enum
{
  KIND_ALL,
  KIND_NONE,
  KIND_SOME,
  KIND_SOME_SHUFFLED,
  KIND_MIXED,
  N_KINDS,
} Kindness;

typedef struct _Disk Disk;

/** disk_new: @dice: what decides; not owned */
Disk *disk_new (GRand *dice);
void disk_free (Disk *disk);

/** disk_do: @op: must outlive @disk */
void disk_do (Disk *disk, const Op *op);

/** disk_put_together: writes the files as they might be found, below @root, whose folders are there
 */
void disk_put_together (Disk *disk, Kindness kindness, const char *root);

G_END_DECLS

/* recorder.h: the log that recorder.c writes and test-power-cut.c replays.
 *
 * Records follow each other in the file, each a head, then `path_length` bytes of a path (below the
 * recorded root, without it), then `data_length` bytes: what was written, or the path it was
 * renamed to.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

typedef enum
{
  RECORD_CREATE,  /* the path leads to a new file from now on */
  RECORD_WRITE,   /* data at offset */
  RECORD_RESIZE,  /* to offset */
  RECORD_RESERVE, /* grows to offset, never shrinks */
  RECORD_SYNC,
  RECORD_SYNC_FOLDER,
  RECORD_RENAME,
  RECORD_UNLINK,
} RecordKind;

typedef struct
{
  uint32_t kind;
  uint32_t path_length;
  uint32_t data_length;
  uint32_t reserved;
  uint64_t inode;
  int64_t offset;
} RecordHead;

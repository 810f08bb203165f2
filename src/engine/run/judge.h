/* judge.h: what to do with a reply before the first of its bytes is written.
 *
 * Pure; any thread. No file is ever spliced from two versions: that rule is
 * engine_validator_compare(); what follows from it for each status is here.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/http/reply.h"

G_BEGIN_DECLS

typedef enum
{
  ENGINE_JUDGED_WRITE,           /* write the body at the position asked for */
  ENGINE_JUDGED_PROVE,           /* go on only if bytes that we hold prove equal */
  ENGINE_JUDGED_PROVE_SAMPLED,   /* the same, with random blocks too */
  ENGINE_JUDGED_START_OVER_HERE, /* this body is the whole new file */
  ENGINE_JUDGED_START_OVER,      /* ask again for the whole */
  ENGINE_JUDGED_ASK_PLAIN,       /* If-Range was in the way: ask again without it */
  ENGINE_JUDGED_ASK_WHOLE,       /* the file is empty: ask without a range */
  ENGINE_JUDGED_COMPLETE,        /* there is nothing more */
  ENGINE_JUDGED_FAIL,            /* with an error */
} EngineJudgement;

/* What the one who asked knows. */
typedef struct
{
  gint64 start; /* first byte asked for; -1: the whole */
  gint64 held;  /* bytes on the disk, whose validator is `ours` */
  gint64 total; /* bytes of the file, -1 unknown */
  const EngineValidator *ours;
  gboolean begun;    /* a reply of this run has been taken for the file, be it with no byte yet */
  gboolean if_range; /* the request had an If-Range */
  gboolean moved;    /* at a new address: nothing that we hold is given up for it */
  gboolean compares; /* all pieces of this run will be compared, before it ends */
  gboolean at_end;   /* what was fetched last ended at @start by its own account */
  gboolean proven;   /* bytes that we hold were proven equal in this run, whatever the ETag */
} EngineAsked;

/**
 * engine_judge_reply:
 *
 * Returns: what to do; %ENGINE_JUDGED_FAIL sets @error
 */
EngineJudgement
engine_judge_reply (const EngineAsked *asked, const EngineReply *reply, GError **error);

/** engine_judge_said_length: Returns: how long the file is by @reply, whatever was asked for; -1
 * where it does not say */
gint64 engine_judge_said_length (const EngineReply *reply);

G_END_DECLS

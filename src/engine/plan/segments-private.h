/* segments-private.h: what segments.c keeps and split.c chooses from. This folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>

#include "engine/plan/segments.h"

G_BEGIN_DECLS

struct _EngineClaim
{
  gint64 start;
  gint64 position;
  /* -1 unknown. Changed under the caller's lock. Relaxed: a worker that reads an old end before a
   * read writes a few equal bytes more, which do not count. */
  _Atomic gint64 end;

  gpointer owner;     /* not owned */
  EngineClaim *rival; /* fetches the same bytes; NULL: none */
  EnginePace pace;
  gint64 opened_us;
  gint64 heard_us;      /* the last byte, or when it was opened */
  gint64 slow_since_us; /* 0: not under 0.3 of the median */
  gboolean resting;
  gboolean overshot; /* its connection has delivered more than was counted */
};

struct _EngineSegments
{
  gint64 total; /* -1 unknown */
  gint64 n_done;
  GArray *done;      /* owned (element-type EngineRange) */
  GPtrArray *claims; /* owned, and so are they; by position */
  GPtrArray
      *spent; /* owned, and so are they: nothing is left of them, their owners do not know yet */
};

/* What a wish would get. */
typedef enum
{
  ENGINE_CHOICE_NONE,
  ENGINE_CHOICE_FREE,  /* [start, end) */
  ENGINE_CHOICE_RIVAL, /* beside `victim` */
  ENGINE_CHOICE_SPLIT, /* [start, end) of `victim`; all of it where start is its position */
} EngineChoiceKind;

typedef struct
{
  EngineChoiceKind kind;
  gint64 start;
  gint64 end; /* -1 unknown */
  EngineClaim *victim;
} EngineChoice;

static inline gint64
engine_claim_end (const EngineClaim *claim)
{
  return atomic_load_explicit (&claim->end, memory_order_relaxed);
}

/** engine_segments_find_free: the first byte that is neither done nor claimed, and where that ends
 */
gboolean engine_segments_find_free (EngineSegments *self, gint64 *start, gint64 *end);

/** engine_split_shorten: Returns: where @wish's piece of the free bytes of @choice ends */
gint64
engine_split_shorten (EngineSegments *self, const EngineWish *wish, const EngineChoice *choice);

/** engine_split_choose: what @wish gets, without giving it */
EngineChoice engine_split_choose (EngineSegments *self, const EngineWish *wish);

G_END_DECLS

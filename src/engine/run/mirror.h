/* mirror.h: one of the addresses of a transfer's file, as its workers see it.
 *
 * A plain struct of the transfer's, under its lock.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/plan/segments.h"
#include "engine/plan/spec.h"
#include "engine/plan/validator.h"

G_BEGIN_DECLS

/* Bytes that must be there before another address is compared with them. */
#define ENGINE_MIRROR_ENOUGH 65536

typedef struct
{
  EngineSpec *spec; /* owned, written once: what is asked, with this address */

  /* Guarded by the transfer's lock. */
  gboolean aside;            /* not asked any more */
  GError *why;               /* owned; of `aside` */
  gboolean checked;          /* in this run it was found to have what we hold */
  gboolean known;            /* `validator` is what it said then */
  EngineValidator validator; /* its own: those of two servers say nothing of each other */
  gboolean proven;     /* as the one we began with: what we hold was compared, and is its own */
  gboolean rotating;   /* equal bytes come with ever new ETags: If-Range is of no use */
  gboolean whole_only; /* it does not send parts */
} EngineMirror;

/* Which address gave which bytes. */
typedef struct
{
  EngineRange range;
  int source;
} EngineBrought;

/**
 * engine_mirror_new:
 * @spec: what the person asked for
 *
 * What belongs to the origin of @spec's address (name, password, headers, referrer) is left out
 * where @address has another.
 */
EngineMirror *engine_mirror_new (const EngineSpec *spec, const char *address);
void engine_mirror_free (EngineMirror *self);

G_END_DECLS

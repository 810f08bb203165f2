/* The checksums of pieces. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/pieces.h"

#include <stdatomic.h>

struct _EnginePieces
{
  _Atomic int references; /* release on the way down, acquire at zero */
  GChecksumType kind;
  gint64 length;      /* bytes */
  GPtrArray *digests; /* owned */
};

EnginePieces *
engine_pieces_new (GChecksumType kind, gint64 length, GPtrArray *digests)
{
  EnginePieces *self = g_new0 (EnginePieces, 1);

  atomic_init (&self->references, 1);
  self->kind = kind;
  self->length = length;
  self->digests = digests;
  return self;
}

EnginePieces *
engine_pieces_ref (EnginePieces *self)
{
  atomic_fetch_add_explicit (&self->references, 1, memory_order_relaxed);
  return self;
}

void
engine_pieces_unref (EnginePieces *self)
{
  if (atomic_fetch_sub_explicit (&self->references, 1, memory_order_acq_rel) > 1)
    return;
  g_ptr_array_unref (self->digests);
  g_free (self);
}

gint64
engine_pieces_get_length (EnginePieces *self)
{
  return self->length;
}

guint
engine_pieces_get_count (EnginePieces *self)
{
  return self->digests->len;
}

GChecksumType
engine_pieces_get_kind (EnginePieces *self)
{
  return self->kind;
}

const char *
engine_pieces_get_digest (EnginePieces *self, guint n)
{
  return g_ptr_array_index (self->digests, n);
}

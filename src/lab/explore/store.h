/* store.h: a set of states, each packed into a few bytes and numbered in the order of coming. The
 * folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/machine/machine.h"

G_BEGIN_DECLS

typedef struct
{
  guint8 *bytes; /* all states, one behind the other */
  gsize n_bytes;
  gsize n_bytes_allocated;
  guint32 *ends; /* where each state's bytes end */
  guint n;
  guint n_allocated;
  guint64 *table; /* open addressing: the hash's upper half and the state's number + 1; 0 is free */
  guint table_bits;
} LabStore;

/* A state on its way into the store: @length bytes from @start of a buffer. */
typedef struct
{
  guint64 hash;
  gsize start;
  gsize length;
} LabPacked;

void lab_store_init (LabStore *self);
void lab_store_clear (LabStore *self);

#define LAB_STORE_NONE G_MAXUINT32

/** lab_store_pack: appends a state to @buffer */
LabPacked lab_store_pack (const LabState *state, GByteArray *buffer);

/* What is sought next is fetched from memory ahead: first its place in the table, then where the
 * state that is there lies, then its bytes. Each wants the one before to have arrived. */
void lab_store_fetch_place (const LabStore *self, const LabPacked *packed);
void lab_store_fetch_end (const LabStore *self, const LabPacked *packed);
void lab_store_fetch_bytes (const LabStore *self, const LabPacked *packed);

/**
 * lab_store_add:
 * @most: how many states there may be
 *
 * Returns: the number of a state, new or known, or LAB_STORE_NONE where it is new and there is no
 * room for it
 */
guint lab_store_add (LabStore *self, const LabPacked *packed, const guint8 *buffer, guint64 most);

/** lab_store_find: Returns: its number, or LAB_STORE_NONE */
guint lab_store_find (const LabStore *self, const LabState *state);

/** lab_store_get: @state: (inout): inited or zeroed */
void lab_store_get (const LabStore *self, guint index, LabState *state);

/** lab_store_get_size: Returns: (bytes) of memory in use */
guint64 lab_store_get_size (const LabStore *self);

G_END_DECLS

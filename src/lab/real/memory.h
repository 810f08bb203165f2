/* memory.h: the shared word of a real run, which says who wrote it.
 *
 * Value, writer and sequence number share one 64-bit word, so that a load tells
 * which store it read. Order between threads then comes from the data, not from
 * clocks: by time stamps, up to a third of the loads would seem to read what was
 * not the newest.
 *
 * Any thread; functions on values alone.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef guint64 LabWord;

#define LAB_VALUE_BITS 32
#define LAB_SEQUENCE_BITS 24
#define LAB_NOBODY 0xff /* the writer of the first value */

/* @sequence: which of the writer's stores, from 1 on. */
static inline LabWord
lab_word_pack (gint64 value, int writer, guint sequence)
{
  return ((LabWord) (guint32) value) | ((LabWord) sequence << LAB_VALUE_BITS) |
         ((LabWord) writer << (LAB_VALUE_BITS + LAB_SEQUENCE_BITS));
}

static inline gint64
lab_word_get_value (LabWord word)
{
  return (gint32) (guint32) word;
}

static inline guint
lab_word_get_sequence (LabWord word)
{
  return (word >> LAB_VALUE_BITS) & ((1u << LAB_SEQUENCE_BITS) - 1);
}

static inline int
lab_word_get_writer (LabWord word)
{
  return (int) (word >> (LAB_VALUE_BITS + LAB_SEQUENCE_BITS));
}

G_END_DECLS

/* evaluate.h: what expressions and control flow mean, on the words of a state.
 *
 * Pure; any thread. A state's words are laid out as LabProgram says.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/language/program.h"

G_BEGIN_DECLS

typedef enum
{
  LAB_FAULT_NONE,
  LAB_FAULT_OVERFLOW,
  LAB_FAULT_DIVISION, /* by zero */
} LabFault;

/* The view of claims and of `show`: memory, and nobody's store buffer. */
#define LAB_VIEW_MEMORY (-1)

/**
 * lab_evaluate:
 * @thread: whose own variables, `self` and store buffer are meant, or LAB_VIEW_MEMORY
 * @value: (out): undefined after a fault
 */
LabFault lab_evaluate (
    const LabProgram *program, LabExpr expr, const gint64 *words, int thread, gint64 *value);

/* A read of what is shared. */
typedef struct
{
  bool length; /* of a queue; else a shared variable's value */
  int item;
  gint64 value;
  bool buffered; /* out of the thread's own store buffer */
} LabRead;

/** lab_evaluate_noting: @reads: (element-type LabRead) (nullable): what was read is appended */
LabFault lab_evaluate_noting (const LabProgram *program,
                              LabExpr expr,
                              const gint64 *words,
                              int thread,
                              gint64 *value,
                              GArray *reads);

/**
 * lab_settle:
 *
 * Decides conditions: moves @thread on from its place, over control flow, to its next step or its
 * end.
 */
LabFault lab_settle (const LabProgram *program, gint64 *words, int thread);

/** lab_holds: Returns: whether all of @claims hold; one that faults does not */
bool lab_holds (const LabProgram *program, const LabExpr *claims, int n, const gint64 *words);

/** lab_sequence: Returns: where the length (in words) of a queue or store buffer stands; its words
 * follow */
gint64 *lab_sequence (const LabProgram *program, const gint64 *words, int sequence);

/** lab_buffer: the store buffer of @thread, pairs of variable and value, oldest first; only under
 * TSO */
gint64 *lab_buffer (const LabProgram *program, const gint64 *words, int thread);

/** lab_first_words: Returns: (transfer full): the state before any condition is decided */
gint64 *lab_first_words (const LabProgram *program, int *n);

G_END_DECLS

/* machine.h: states of a race program, and its steps: the one implementation that the explorer, the
 * stepper and the gated replay share.
 *
 * Pure; a state belongs to its caller. Which steps are enabled comes in a fixed order: by thread,
 * its own statement's choices before a drain of its store buffer.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/language/evaluate.h"
#include "lab/language/program.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 *words; /* owned; laid out as LabProgram says */
  int n_words;
  int n_allocated;
} LabState;

/** lab_state_init: the state before the first step. Free it with lab_state_clear() */
void lab_state_init (LabState *state, const LabProgram *program);
void lab_state_clear (LabState *state);
void lab_state_copy (LabState *to /* inited or zeroed */, const LabState *from);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LabState, lab_state_clear)

/** lab_state_drop_dead: sets to 0 what @thread can no longer read, so that states which differ in
 * nothing else are one */
void lab_state_drop_dead (LabState *state, const LabProgram *program, int thread);

typedef enum
{
  LAB_CHOICE_NONE,
  LAB_CHOICE_WAKE,     /* a signal's: which waiter wakes */
  LAB_CHOICE_SPURIOUS, /* a waiter wakes by itself */
  LAB_CHOICE_DRAIN,    /* the oldest store leaves the thread's buffer */
} LabChoice;

typedef struct
{
  guint8 thread; /* from 0 */
  guint8 choice; /* LabChoice */
  guint8 woken;  /* of WAKE: the thread that wakes, from 0; else 0 */
} LabMove;

/* k waiters and 64 - k that signal, 64 steps and 64 drains: never more. */
#define LAB_MOST_MOVES (LAB_PROGRAM_MOST_THREADS * (LAB_PROGRAM_MOST_THREADS + 2))

/** lab_machine_list: @moves: (out): room for LAB_MOST_MOVES. Returns: how many are enabled */
int lab_machine_list (const LabProgram *program, const LabState *state, LabMove *moves);

/** lab_machine_list_thread: the same of one thread */
int lab_machine_list_thread (const LabProgram *program,
                             const LabState *state,
                             int thread,
                             LabMove *moves);

typedef enum
{
  LAB_FAILURE_NONE,
  LAB_FAILURE_ASSERT,
  LAB_FAILURE_ALWAYS,
  LAB_FAILURE_OVERFLOW,
  LAB_FAILURE_DIVISION,
  LAB_FAILURE_NOT_HELD, /* unlock or wait without the lock */
  LAB_FAILURE_EMPTY,    /* get in a block */
  LAB_FAILURE_FULL,     /* put in a block */
} LabFailure;

typedef enum
{
  LAB_ACCESS_READ,   /* shared variable: value; `buffered` where the thread's own buffer gave it */
  LAB_ACCESS_WRITE,  /* shared variable: value over before */
  LAB_ACCESS_BUFFER, /* shared variable: value into the store buffer */
  LAB_ACCESS_DRAIN,  /* shared variable: value over before, out of the store buffer */
  LAB_ACCESS_ADD,    /* fetch_add: value over before */
  LAB_ACCESS_CAS,    /* cas: value over before, or where it did not match value == before */
  LAB_ACCESS_LENGTH, /* queue: value */
  LAB_ACCESS_PUT,    /* queue: value */
  LAB_ACCESS_GET,    /* queue: value */
  LAB_ACCESS_LOCK,   /* lock taken (also by the second half of wait) */
  LAB_ACCESS_TRY_FAILED, /* lock: trylock that gave 0 */
  LAB_ACCESS_UNLOCK,     /* lock released (also by the first half of wait) */
  LAB_ACCESS_SLEEP,      /* condition */
  LAB_ACCESS_WAKE,       /* condition: value 1 where the wake-up was spurious */
  LAB_ACCESS_SIGNAL,     /* condition: value: the thread woken, from 0, or -1 */
  LAB_ACCESS_BROADCAST,  /* condition: value: how many woke */
  LAB_ACCESS_OWN,        /* own variable (item is its slot): value over before */
} LabAccessKind;

typedef struct
{
  LabAccessKind kind;
  int item; /* index among its kind in the program */
  gint64 value;
  gint64 before;
  bool buffered;
} LabAccess;

/* What a step did, for the lanes. */
typedef struct
{
  LabMove move;
  int statement; /* index in the program; of a drain: -1 */
  LabFailure failure;
  int claim;        /* of ALWAYS: which, from 0 */
  GArray *accesses; /* (element-type LabAccess) in order */
} LabReport;

void lab_report_init (LabReport *report);
void lab_report_clear (LabReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LabReport, lab_report_clear)

/**
 * lab_machine_apply:
 * @move: an enabled step
 * @report: (inout) (nullable): inited; what was in it is forgotten
 *
 * Takes the step. After a failure the schedule is over and @state only good to be looked at.
 */
LabFailure
lab_machine_apply (const LabProgram *program, LabState *state, LabMove move, LabReport *report);

typedef enum
{
  LAB_STATUS_RUNNING,
  LAB_STATUS_END,      /* all threads have ended, all buffers are empty */
  LAB_STATUS_DEADLOCK, /* not so, and nothing is enabled */
} LabStatus;

LabStatus lab_machine_get_status (const LabProgram *program, const LabState *state);

/** lab_machine_is_good_end: Returns: whether every `finally` holds in this end */
bool lab_machine_is_good_end (const LabProgram *program, const LabState *state);

/* What a thread that can take no step waits for. */
typedef enum
{
  LAB_BLOCK_NONE,   /* it is enabled, or has ended */
  LAB_BLOCK_LOCK,   /* item: the lock; owner: who holds it, maybe itself */
  LAB_BLOCK_WAKE,   /* item: the condition that it sleeps on */
  LAB_BLOCK_EMPTY,  /* item: the queue */
  LAB_BLOCK_FULL,   /* item: the queue */
  LAB_BLOCK_AWAIT,  /* its condition is false */
  LAB_BLOCK_BUFFER, /* its own store buffer is not empty: a drain is enabled */
} LabBlockKind;

typedef struct
{
  LabBlockKind kind;
  int item;
  int owner; /* of LOCK: thread from 0; else -1 */
} LabBlock;

LabBlock lab_machine_get_block (const LabProgram *program, const LabState *state, int thread);

bool lab_state_has_ended (const LabState *state, const LabProgram *program, int thread);

/** lab_state_get_statement: Returns: the thread's next statement, or -1 where it has ended */
int lab_state_get_statement (const LabState *state, const LabProgram *program, int thread);

/** lab_state_get_line: Returns: the line of the thread's next statement, or 0 where it has ended */
int lab_state_get_line (const LabState *state, const LabProgram *program, int thread);
gint64 lab_state_get_shared (const LabState *state, const LabProgram *program, int shared);
gint64 lab_state_get_own (const LabState *state, const LabProgram *program, int thread, int slot);

/** lab_state_get_owner: Returns: the thread that holds @lock, from 0, or -1 */
int lab_state_get_owner (const LabState *state, const LabProgram *program, int lock);

/** lab_state_get_queue: Returns: (transfer none): its values, oldest first; valid until the state
 * changes */
const gint64 *
lab_state_get_queue (const LabState *state, const LabProgram *program, int queue, int *n);

/** lab_state_get_buffer: Returns: (transfer none): @n pairs of shared variable and value, oldest
 * first */
const gint64 *
lab_state_get_buffer (const LabState *state, const LabProgram *program, int thread, int *n);

/** lab_state_is_waiting: whether @thread sleeps on a condition (@condition, optional) and is not
 * yet woken */
bool
lab_state_is_waiting (const LabState *state, const LabProgram *program, int thread, int *condition);

/* In words. */

/** lab_move_dup_text: Returns: (transfer full): the statement that @move takes in @state, or `drain
 * count = 1` */
char *lab_move_dup_text (LabMove move, const LabProgram *program, const LabState *state);

/** lab_move_dup_choice: Returns: (transfer full): empty, the woken thread's name, `spurious` or
 * `drain` */
char *lab_move_dup_choice (LabMove move, const LabProgram *program);

/** lab_access_dup_text: Returns: (transfer full): translated: `read 0`, `wrote 1 over 0` */
char *lab_access_dup_text (const LabAccess *access, const LabProgram *program);

/** lab_failure_dup_text: Returns: (transfer full): translated, why a step failed */
char *lab_failure_dup_text (LabFailure failure);

G_END_DECLS

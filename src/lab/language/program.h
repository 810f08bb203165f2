/* program.h: a race program, parsed, checked and compiled; what all engines of the lab stand on.
 *
 * A program is immutable and counted; any thread may read it. Its fields are public to be read.
 * A thread's code is a flat list of instructions: those up to LAB_DO_SKIP are steps, the others are
 * control flow and cost none. Threads declared together share one body.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <stdbool.h>

#include "lab/language/problem.h"

G_BEGIN_DECLS

#define LAB_PROGRAM_MOST_THREADS 64
#define LAB_PROGRAM_MOST_BYTES (1024 * 1024)
#define LAB_PROGRAM_MOST_NESTING 200

typedef enum
{
  LAB_ITEM_SHARED,
  LAB_ITEM_LOCK,
  LAB_ITEM_CONDITION,
  LAB_ITEM_QUEUE,
  LAB_N_ITEM_KINDS,
} LabItemKind;

/* Something declared that threads share. */
typedef struct
{
  char *name;
  int line;
  gint64 initial;   /* of a shared variable */
  bool spurious;    /* of a condition */
  gint64 capacity;  /* of a queue; 0: without bound */
  gint64 *contents; /* first contents of a queue, in order */
  int n_contents;
} LabItem;

/* Postfix code of an expression. */
typedef enum
{
  LAB_EXPR_CONSTANT, /* value */
  LAB_EXPR_OWN,      /* arg: slot of the thread */
  LAB_EXPR_SHARED,   /* arg: shared variable */
  LAB_EXPR_LENGTH,   /* arg: queue */
  LAB_EXPR_SELF,
  LAB_EXPR_OF_THREAD, /* thread, arg: its slot; in claims */
  LAB_EXPR_NEGATE,
  LAB_EXPR_NOT,
  LAB_EXPR_TRUTH, /* 1 for all but 0 */
  LAB_EXPR_ADD,
  LAB_EXPR_SUBTRACT,
  LAB_EXPR_MULTIPLY,
  LAB_EXPR_DIVIDE,
  LAB_EXPR_REMAINDER,
  LAB_EXPR_EQUAL,
  LAB_EXPR_NOT_EQUAL,
  LAB_EXPR_LESS,
  LAB_EXPR_LESS_EQUAL,
  LAB_EXPR_GREATER,
  LAB_EXPR_GREATER_EQUAL,
  LAB_EXPR_AND,    /* 0 on top: stays, go to arg; else drop it */
  LAB_EXPR_OR,     /* not 0 on top: becomes 1, go to arg; else drop it */
  LAB_EXPR_CHOOSE, /* drop the top; where it is 0 go to arg */
  LAB_EXPR_JUMP,   /* go to arg */
  /* Of the parser alone; resolved before anybody sees the program. */
  LAB_EXPR_NAME,
  LAB_EXPR_FIELD,
} LabExprOp;

typedef struct
{
  guint8 op;     /* LabExprOp */
  guint8 thread; /* from 0 */
  int arg;       /* jumps are to absolute places in the program's codes */
  gint64 value;
} LabExprCode;

/* codes [first, end) of the program; empty: no expression. */
typedef struct
{
  int first;
  int end;
  int line;
  int column;
} LabExpr;

typedef enum
{
  /* Steps. */
  LAB_DO_ASSIGN,    /* own or shared target = value */
  LAB_DO_ATOMIC,    /* what follows, up to target, in one step */
  LAB_DO_AWAIT,     /* value; with a block, what follows, up to target, in the same step */
  LAB_DO_LOCK,      /* item */
  LAB_DO_UNLOCK,    /* item */
  LAB_DO_TRYLOCK,   /* own = item taken */
  LAB_DO_SLEEP,     /* the first half of wait: item: the condition, lock */
  LAB_DO_WAKE,      /* the second half; always the next instruction */
  LAB_DO_SIGNAL,    /* item */
  LAB_DO_BROADCAST, /* item */
  LAB_DO_PUT,       /* item, value */
  LAB_DO_GET,       /* own or (in a block) shared target = first of item */
  LAB_DO_FETCH_ADD, /* own (or none) = item's old value; value is added */
  LAB_DO_CAS,       /* own = item was value and became other */
  LAB_DO_ASSERT,    /* value */
  LAB_DO_FENCE,
  LAB_DO_SKIP,
  /* Control flow. */
  LAB_DO_BRANCH, /* where value is 0 go to target */
  LAB_DO_JUMP,   /* go to target */
  LAB_DO_REPEAT, /* counter own = count */
  LAB_DO_AGAIN,  /* take 1 from counter own; while it is not 0 go to target */
  LAB_DO_END,    /* the thread has ended */
} LabDo;

typedef struct
{
  LabDo op;
  bool has_block; /* of AWAIT */
  int item;       /* index among its kind, or -1 */
  int lock;       /* of SLEEP and WAKE, or -1 */
  int to_shared;  /* shared target, or -1 */
  int to_own;     /* slot of the thread: own target or counter, or -1 */
  LabExpr value;
  LabExpr other;
  int target;
  gint64 count;
  int statement; /* index of its statement, or -1 */
} LabInstruction;

/* A statement as it stands in the text; `wait` is one statement of two instructions. */
typedef struct
{
  int line;
  int column;
  int end_line;
  int n_accesses; /* to what is shared, as counted in the text */
  char *text;     /* in one line, without comments: `count = r;` */
} LabStatement;

typedef struct
{
  int first;        /* its first instruction; a thread begins there */
  int end;          /* its LAB_DO_END */
  int n_own;        /* own variables: slots 0 to n_own - 1 */
  int n_slots;      /* with the counters of `repeat` behind them */
  char **own_names; /* n_own */
} LabBody;

typedef struct
{
  char *name;
  int line;
  int body;
  int own;             /* where its slots begin in a state's words */
  const guint64 *live; /* for each instruction of the body, live_words of a bit set of live slots;
                          NULL: all are */
  int live_words;
} LabThread;

/* One value that tells endings apart. */
typedef struct
{
  char *name; /* `count` or `A.r` */
  int thread; /* or -1: shared */
  int index;  /* shared variable or slot */
} LabShown;

typedef enum
{
  LAB_PROGRAM_KIND_NONE,
  LAB_PROGRAM_KIND_BROKEN,
  LAB_PROGRAM_KIND_WRONG_FIX,
  LAB_PROGRAM_KIND_FIX,
} LabProgramKind;

typedef struct
{
  /* As the text says; owned. */
  char *title; /* nullable */
  char *story; /* nullable */
  LabProgramKind kind;
  bool tso;

  LabItem *items[LAB_N_ITEM_KINDS];
  int n_items[LAB_N_ITEM_KINDS];

  LabThread *threads;
  int n_threads;
  LabBody *bodies;
  int n_bodies;
  LabInstruction *instructions;
  int n_instructions;
  LabStatement *statements;
  int n_statements;
  LabExprCode *codes;
  int n_codes;

  LabExpr *always;
  int n_always;
  LabExpr *finally;
  int n_finally;
  LabShown *shown;
  int n_shown;

  /* Where a state keeps what, in 64-bit words. A place is an absolute instruction; threads begin at
   * word 0. */
  int at_shared;
  int at_locks;     /* 0: free, else the owner's number from 1 */
  int at_woken;     /* one word a thread, where there are conditions */
  int at_sequences; /* queues, then under TSO each thread's store buffer: a length in words, then
                       its words */
  int n_sequences;

  GPtrArray *live_tables; /* owned guint64 arrays behind LabThread.live */
  int ref_count;
} LabProgram;

/**
 * lab_program_new:
 * @text: the race program, UTF-8
 * @length: in bytes, or -1 for a text that ends with a NUL
 * @problem: (out) (transfer full): what is wrong, where %NULL is returned
 *
 * Returns: (transfer full) (nullable): the program
 */
LabProgram *lab_program_new (const char *text, gssize length, LabProblem **problem);
LabProgram *lab_program_ref (LabProgram *program);
void lab_program_unref (LabProgram *program);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabProgram, lab_program_unref)

/** lab_program_find_thread: Returns: its index from 0, or -1 */
int lab_program_find_thread (const LabProgram *program, const char *name);

G_END_DECLS

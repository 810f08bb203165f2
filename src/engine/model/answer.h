/* answer.h: what the journal's thread answers to the engine, one message each. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/mailbox.h"
#include "engine/engine.h"

G_BEGIN_DECLS

typedef enum
{
  ENGINE_ANSWER_LOADED,
  ENGINE_ANSWER_LISTED, /* some of what was added is kept */
  ENGINE_ANSWER_ADDED,  /* all of it is, or none */
  ENGINE_ANSWER_TROUBLE,
} EngineAnswerKind;

/* Owned by whoever holds it: the engine before it is asked, the journal's thread, the mailbox. */
typedef struct
{
  EngineAnswerKind kind;
  BaseMailbox *mailbox; /* owned */
  GPtrArray *records;   /* LOADED: owned */
  gboolean last;        /* LOADED: no more will come */
  char *notice;         /* LOADED: owned, nullable */
  GPtrArray *specs;     /* ADDED: owned, until they are made downloads */
  gboolean for_command; /* ADDED: by the command line */
  gint64 first_id;      /* ADDED: the first one's, the others follow */
  double position;      /* ADDED: after it the first one stands */
  GPtrArray *downloads; /* LISTED, ADDED: owned; not in the list before the main thread has them */
  EngineAdded added;    /* ADDED: nullable */
  gpointer user_data;
  GError *error; /* owned, nullable */
} EngineAnswer;

/** engine_answer_new: Any thread. Returns: (transfer full): to be posted to @mailbox */
EngineAnswer *engine_answer_new (BaseMailbox *mailbox, EngineAnswerKind kind);

/** engine_answer_free: Any thread */
void engine_answer_free (gpointer answer);

/** engine_answer_post: @answer: (transfer full). Any thread */
void engine_answer_post (EngineAnswer *answer);

G_END_DECLS

/* What the journal's thread answers to the engine. Any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/model/answer.h"

EngineAnswer *
engine_answer_new (BaseMailbox *mailbox, EngineAnswerKind kind)
{
  EngineAnswer *answer = g_new0 (EngineAnswer, 1);

  answer->kind = kind;
  answer->mailbox = base_mailbox_ref (mailbox);
  return answer;
}

void
engine_answer_free (gpointer data)
{
  EngineAnswer *answer = data;

  g_clear_pointer (&answer->records, g_ptr_array_unref);
  g_clear_pointer (&answer->specs, g_ptr_array_unref);
  g_clear_pointer (&answer->downloads, g_ptr_array_unref);
  g_free (answer->notice);
  g_clear_error (&answer->error);
  base_mailbox_unref (answer->mailbox);
  g_free (answer);
}

void
engine_answer_post (EngineAnswer *answer)
{
  base_mailbox_post (answer->mailbox, answer);
}

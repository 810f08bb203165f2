/* Why a thread cannot go on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/machine/machine-private.h"

static LabBlock
blocked_by_lock (const LabState *state, const LabProgram *program, int lock)
{
  return (LabBlock){ LAB_BLOCK_LOCK, lock, lab_state_get_owner (state, program, lock) };
}

LabBlock
lab_machine_get_block (const LabProgram *program, const LabState *state, int thread)
{
  const LabInstruction *at = lab_state_get_instruction (state, program, thread);
  LabMove moves[LAB_MOST_MOVES];
  int n = lab_machine_list_thread (program, state, thread, moves);

  if (lab_state_has_ended (state, program, thread) ||
      (n > 0 && moves[0].choice != LAB_CHOICE_DRAIN))
    return (LabBlock){ LAB_BLOCK_NONE, -1, -1 };
  if (n > 0 && lab_needs_empty_buffer (at))
    return (LabBlock){ LAB_BLOCK_BUFFER, -1, -1 };
  switch (at->op)
    {
    case LAB_DO_LOCK:
      return blocked_by_lock (state, program, at->item);
    case LAB_DO_WAKE:
      if (lab_thread_sleeps_on (state, program, thread, at->item))
        return (LabBlock){ LAB_BLOCK_WAKE, at->item, -1 };
      return blocked_by_lock (state, program, at->lock);
    case LAB_DO_GET:
      return (LabBlock){ LAB_BLOCK_EMPTY, at->item, -1 };
    case LAB_DO_PUT:
      return (LabBlock){ LAB_BLOCK_FULL, at->item, -1 };
    default:
      return (LabBlock){ LAB_BLOCK_AWAIT, -1, -1 };
    }
}

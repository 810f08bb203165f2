/* Steps in words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <inttypes.h>

#include "lab/machine/machine-private.h"

char *
lab_move_dup_text (LabMove move, const LabProgram *program, const LabState *state)
{
  int statement;

  if (move.choice == LAB_CHOICE_DRAIN)
    {
      int n;
      const gint64 *buffer = lab_state_get_buffer (state, program, move.thread, &n);

      return g_strdup_printf ("drain %s = %" PRId64,
                              program->items[LAB_ITEM_SHARED][buffer[0]].name, buffer[1]);
    }
  statement = lab_state_get_statement (state, program, move.thread);
  return g_strdup (program->statements[statement].text);
}

char *
lab_move_dup_choice (LabMove move, const LabProgram *program)
{
  switch ((LabChoice) move.choice)
    {
    case LAB_CHOICE_WAKE:
      return g_strdup (program->threads[move.woken].name);
    case LAB_CHOICE_SPURIOUS:
      return g_strdup ("spurious");
    case LAB_CHOICE_DRAIN:
      return g_strdup ("drain");
    default:
      return g_strdup ("");
    }
}

static char *
describe_signal (const LabAccess *access, const LabProgram *program)
{
  if (access->value < 0)
    return g_strdup (_ ("signalled nobody"));
  /* Translators: %s is a thread */
  return g_strdup_printf (_ ("woke %s"), program->threads[access->value].name);
}

static char *
describe_cas (const LabAccess *access)
{
  if (access->value == access->before)
    /* Translators: a compare-and-swap that found another value than it expected, or swapped it for
     * itself */
    return g_strdup_printf (_ ("found %" PRId64), access->before);
  /* Translators: a compare-and-swap: the old value and the new one */
  return g_strdup_printf (_ ("swapped %" PRId64 " for %" PRId64), access->before, access->value);
}

char *
lab_access_dup_text (const LabAccess *access, const LabProgram *program)
{
  switch (access->kind)
    {
    case LAB_ACCESS_READ:
      if (access->buffered)
        /* Translators: a thread read what it had itself stored and not yet published */
        return g_strdup_printf (_ ("read its own %" PRId64), access->value);
      return g_strdup_printf (_ ("read %" PRId64), access->value);
    case LAB_ACCESS_LENGTH:
      return g_strdup_printf (_ ("saw length %" PRId64), access->value);
    case LAB_ACCESS_WRITE:
    case LAB_ACCESS_DRAIN:
      /* Translators: the new value and the one that was there */
      return g_strdup_printf (_ ("wrote %" PRId64 " over %" PRId64), access->value, access->before);
    case LAB_ACCESS_BUFFER:
      return g_strdup_printf (_ ("buffered %" PRId64), access->value);
    case LAB_ACCESS_ADD:
      /* Translators: the old sum and the new one */
      return g_strdup_printf (_ ("added: %" PRId64 " to %" PRId64), access->before, access->value);
    case LAB_ACCESS_CAS:
      return describe_cas (access);
    case LAB_ACCESS_PUT:
      return g_strdup_printf (_ ("put %" PRId64), access->value);
    case LAB_ACCESS_GET:
      return g_strdup_printf (_ ("got %" PRId64), access->value);
    case LAB_ACCESS_LOCK:
      return g_strdup (_ ("took the lock"));
    case LAB_ACCESS_TRY_FAILED:
      return g_strdup (_ ("did not get the lock"));
    case LAB_ACCESS_UNLOCK:
      return g_strdup (_ ("released the lock"));
    case LAB_ACCESS_SLEEP:
      return g_strdup (_ ("went to sleep"));
    case LAB_ACCESS_WAKE:
      return g_strdup (access->value != 0 ? _ ("woke for no reason") : _ ("woke up"));
    case LAB_ACCESS_SIGNAL:
      return describe_signal (access, program);
    case LAB_ACCESS_BROADCAST:
      return g_strdup_printf (ngettext ("woke %d thread", "woke %d threads", access->value),
                              (int) access->value);
    case LAB_ACCESS_OWN:
      return g_strdup_printf (_ ("now %" PRId64), access->value);
    default:
      g_assert_not_reached ();
    }
}

char *
lab_failure_dup_text (LabFailure failure)
{
  static const char *const texts[] = {
    [LAB_FAILURE_NONE] = N_ ("nothing failed"),
    [LAB_FAILURE_ASSERT] = N_ ("an assertion failed"),
    [LAB_FAILURE_ALWAYS] = N_ ("what must always hold did not"),
    [LAB_FAILURE_OVERFLOW] = N_ ("a number overflowed"),
    [LAB_FAILURE_DIVISION] = N_ ("a division by zero"),
    [LAB_FAILURE_NOT_HELD] = N_ ("the thread does not hold the lock"),
    [LAB_FAILURE_EMPTY] = N_ ("the queue was empty"),
    [LAB_FAILURE_FULL] = N_ ("the queue was full"),
  };

  return g_strdup (_ (texts[failure]));
}

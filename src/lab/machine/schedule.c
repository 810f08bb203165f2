/* Schedules as one word. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/machine/schedule.h"

#include <string.h>

#define MOST_STEPS 10000000

static gboolean
is_same (LabMove a, LabMove b)
{
  return a.thread == b.thread && a.choice == b.choice && a.woken == b.woken;
}

char *
lab_schedule_format (const LabMove *moves, gsize n)
{
  GString *word = g_string_new (NULL);

  for (gsize i = 0; i < n;)
    {
      gsize same = 1;

      while (i + same < n && is_same (moves[i], moves[i + same]))
        same++;
      g_string_append_printf (word, "%s%d", i > 0 ? "." : "", moves[i].thread + 1);
      if (moves[i].choice == LAB_CHOICE_WAKE)
        g_string_append_printf (word, "w%d", moves[i].woken + 1);
      else if (moves[i].choice == LAB_CHOICE_SPURIOUS)
        g_string_append_c (word, 's');
      else if (moves[i].choice == LAB_CHOICE_DRAIN)
        g_string_append_c (word, 'd');
      if (same > 1)
        g_string_append_printf (word, "x%" G_GSIZE_FORMAT, same);
      i += same;
    }
  return g_string_free (word, FALSE);
}

/* A number from 1 to @most, without a sign or leading zeros. */
static gboolean
read_number (const char **at, guint64 most, guint64 *number)
{
  char *end;

  if (**at < '1' || **at > '9')
    return FALSE;
  *number = g_ascii_strtoull (*at, &end, 10);
  *at = end;
  return *number <= most;
}

static gboolean
read_item (const char **at, const LabProgram *program, LabMove *move, guint64 *times)
{
  guint64 number;

  *move = (LabMove){ 0 };
  *times = 1;
  if (!read_number (at, program->n_threads, &number))
    return FALSE;
  move->thread = number - 1;
  if (**at == 's' || **at == 'd')
    move->choice = *(*at)++ == 's' ? LAB_CHOICE_SPURIOUS : LAB_CHOICE_DRAIN;
  else if (**at == 'w')
    {
      ++*at;
      if (!read_number (at, program->n_threads, &number))
        return FALSE;
      move->choice = LAB_CHOICE_WAKE;
      move->woken = number - 1;
    }
  if (**at != 'x')
    return TRUE;
  ++*at;
  return read_number (at, MOST_STEPS, times);
}

GArray *
lab_schedule_parse (const char *word, const LabProgram *program)
{
  g_autoptr (GArray) moves = g_array_new (FALSE, FALSE, sizeof (LabMove));
  const char *at = word;

  while (*at != '\0')
    {
      LabMove move;
      guint64 times;

      if (!read_item (&at, program, &move, &times) || moves->len + times > MOST_STEPS)
        return NULL;
      while (times-- > 0)
        g_array_append_val (moves, move);
      if (*at == '.' && at[1] != '\0')
        at++;
      else if (*at != '\0')
        return NULL;
    }
  return g_steal_pointer (&moves);
}

/* A walk by hand as lanes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/step-timeline.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/lab/state-words.h"
#include "ui/lab/words.h"

/* Pixels of a step: one with marks, one that says its words. */
#define MARK_PIXELS 26
#define WORDS_PIXELS 62

/* Steps that the lanes have room for before they are walked. */
#define LEAST_LENGTH 12

/* Read aloud, more would never be heard to its end. */
#define MOST_SENTENCES 400

typedef struct
{
  UiPath *path;
  LabStepper *stepper;
  LabProgram *program;
  UiTimeline *timeline;
  int n_shared;
  int *reads;     /* [thread * n_shared + variable]: the step that read it since the thread's last
                     write; -1 */
  gint64 *last;   /* likewise: the value that the thread wrote last; G_MININT64: none */
  GArray *writes; /* (element-type Write): so far */
  double *held;   /* by lock: since when; -1: free */
  int *holders;   /* by lock */
  int *asleep;    /* by thread: the condition that it sleeps on, unwoken; -1 */
} Picture;

typedef struct
{
  int variable;
  int thread;
  guint step;
  guint mark; /* index in the timeline */
} Write;

/* Steps stand in the middle of their unit. */
static double
get_at (guint step)
{
  return step + .5;
}

static char *
dup_statement (const Picture *picture, const LabReport *report)
{
  char *text;

  if (report->statement < 0)
    /* Translators: a store leaves a thread's store buffer for memory */
    return g_strdup (C_ ("step", "drain"));
  text = g_strdup (picture->program->statements[report->statement].text);
  if (g_str_has_suffix (text, ";"))
    text[strlen (text) - 1] = '\0';
  return text;
}

static char *
dup_value (gint64 value)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

static const LabAccess *
get_access (const LabReport *report, guint i)
{
  return &g_array_index (report->accesses, LabAccess, i);
}

/* Of what a step did, that which is drawn: the last access to what is shared. */
static const LabAccess *
get_main_access (const LabReport *report)
{
  for (guint i = report->accesses->len; i-- > 0;)
    if (get_access (report, i)->kind != LAB_ACCESS_OWN)
      return get_access (report, i);
  return NULL;
}

static guint
count_shared (const LabReport *report)
{
  guint n = 0;

  for (guint i = 0; i < report->accesses->len; i++)
    n += get_access (report, i)->kind != LAB_ACCESS_OWN;
  return n;
}

static void
add_mark (Picture *picture, UiMarkKind kind, int thread, guint step, char *label, gboolean strong)
{
  ui_timeline_add_mark (picture->timeline, kind, thread, get_at (step), label, strong, FALSE);
}

/* Those that this write replaced unseen are lost. */
static void
undo_unseen (Picture *picture, int variable, int thread, guint step, int read)
{
  for (guint i = 0; i < picture->writes->len; i++)
    {
      Write *write = &g_array_index (picture->writes, Write, i);
      UiMark *mark = &g_array_index (picture->timeline->marks, UiMark, write->mark);

      if (write->variable != variable || write->thread == thread || (int) write->step < read ||
          mark->kind == UI_MARK_LOST)
        continue;
      mark->kind = UI_MARK_LOST;
      mark->bad = TRUE;
      ui_timeline_add_arrow (picture->timeline, thread, get_at (step), write->thread,
                             get_at (write->step));
      for (guint s = 0; s < picture->timeline->spans->len; s++)
        {
          UiSpan *span = &g_array_index (picture->timeline->spans, UiSpan, s);

          if (span->lane == write->thread && span->to == get_at (write->step) &&
              span->kind == UI_SPAN_WORK)
            span->kind = UI_SPAN_STALE;
        }
    }
}

static void
add_write (Picture *picture, const LabAccess *access, int thread, guint step, UiMarkKind kind)
{
  int place = thread * picture->n_shared + access->item;
  int read = picture->reads[place];
  Write write = { access->item, thread, step, picture->timeline->marks->len };

  add_mark (picture, kind, thread, step, dup_value (access->value), TRUE);
  if (kind == UI_MARK_WRITE && read >= 0)
    {
      undo_unseen (picture, access->item, thread, step, read);
      ui_timeline_add_span (picture->timeline, UI_SPAN_WORK, thread, get_at ((guint) read),
                            get_at (step), NULL);
    }
  g_array_append_val (picture->writes, write);
  picture->reads[place] = -1;
  picture->last[place] = access->value;
}

static void
add_read (Picture *picture, const LabAccess *access, int thread, guint step)
{
  int place = thread * picture->n_shared + access->item;

  /* What a thread reads back of its own is no news. */
  add_mark (picture, UI_MARK_READ, thread, step,
            access->value == picture->last[place] ? NULL : dup_value (access->value), FALSE);
  picture->reads[place] = (int) step;
}

static void
take_lock (Picture *picture, const LabReport *report, int thread, guint step)
{
  for (guint i = 0; i < report->accesses->len; i++)
    {
      const LabAccess *access = get_access (report, i);
      int lock = access->item;

      if (access->kind == LAB_ACCESS_LOCK)
        {
          picture->held[lock] = step + 1;
          picture->holders[lock] = thread;
        }
      else if (access->kind == LAB_ACCESS_UNLOCK && picture->held[lock] >= 0)
        {
          ui_timeline_add_span (picture->timeline, UI_SPAN_HOLD, thread, picture->held[lock],
                                step + 1, NULL);
          picture->held[lock] = -1;
        }
    }
}

static void
add_words (Picture *picture, const LabReport *report, int thread, guint step)
{
  ui_timeline_add_span (picture->timeline, UI_SPAN_BOX, thread, step + .04, step + .96,
                        dup_statement (picture, report));
}

static void
add_access (Picture *picture, const LabReport *report, const LabAccess *access, guint step)
{
  int thread = report->move.thread;

  switch (access->kind)
    {
    case LAB_ACCESS_READ:
      add_read (picture, access, thread, step);
      break;
    case LAB_ACCESS_WRITE:
    case LAB_ACCESS_DRAIN:
      add_write (picture, access, thread, step, UI_MARK_WRITE);
      break;
    case LAB_ACCESS_ADD:
      add_write (picture, access, thread, step, UI_MARK_ATOMIC);
      break;
    case LAB_ACCESS_CAS:
      if (access->value != access->before)
        add_write (picture, access, thread, step, UI_MARK_ATOMIC);
      else
        add_mark (picture, UI_MARK_ATOMIC, thread, step, dup_value (access->value), FALSE);
      break;
    case LAB_ACCESS_LENGTH:
      add_mark (picture, UI_MARK_READ, thread, step, dup_value (access->value), FALSE);
      break;
    case LAB_ACCESS_PUT:
    case LAB_ACCESS_BUFFER:
      add_mark (picture, UI_MARK_PUT, thread, step, dup_value (access->value), TRUE);
      break;
    case LAB_ACCESS_GET:
      add_mark (picture, UI_MARK_GET, thread, step, dup_value (access->value), FALSE);
      break;
    case LAB_ACCESS_LOCK:
    case LAB_ACCESS_TRY_FAILED:
    case LAB_ACCESS_UNLOCK:
    case LAB_ACCESS_SLEEP:
    case LAB_ACCESS_WAKE:
    case LAB_ACCESS_SIGNAL:
    case LAB_ACCESS_BROADCAST:
    case LAB_ACCESS_OWN:
    default:
      add_words (picture, report, thread, step);
      break;
    }
}

/* From a signal to each that it woke. A broadcast's are all that slept before and do so no more. */
static void
add_wakes (Picture *picture, const LabReport *report, guint step)
{
  for (guint i = 0; i < report->accesses->len; i++)
    {
      const LabAccess *access = get_access (report, i);

      if (access->kind == LAB_ACCESS_SIGNAL && access->value >= 0)
        ui_timeline_add_wake (picture->timeline, report->move.thread, (int) access->value,
                              get_at (step));
      else if (access->kind == LAB_ACCESS_BROADCAST)
        for (int thread = 0; thread < picture->program->n_threads; thread++)
          if (picture->asleep[thread] == access->item)
            ui_timeline_add_wake (picture->timeline, report->move.thread, thread, get_at (step));
    }
}

static void
note_sleep (Picture *picture, const LabReport *report)
{
  for (guint i = 0; i < report->accesses->len; i++)
    {
      const LabAccess *access = get_access (report, i);

      if (access->kind == LAB_ACCESS_SLEEP)
        picture->asleep[report->move.thread] = access->item;
      else if (access->kind == LAB_ACCESS_WAKE)
        picture->asleep[report->move.thread] = -1;
      else if (access->kind == LAB_ACCESS_SIGNAL && access->value >= 0)
        picture->asleep[access->value] = -1;
      else if (access->kind == LAB_ACCESS_BROADCAST)
        for (int thread = 0; thread < picture->program->n_threads; thread++)
          if (picture->asleep[thread] == access->item)
            picture->asleep[thread] = -1;
    }
}

static void
add_step (Picture *picture, guint step)
{
  const LabReport *report = lab_stepper_get_report (picture->stepper, step);
  const LabAccess *access = get_main_access (report);
  int thread = report->move.thread;

  take_lock (picture, report, thread, step);
  add_wakes (picture, report, step);
  note_sleep (picture, report);
  if (report->failure != LAB_FAILURE_NONE)
    ui_timeline_add_mark (picture->timeline, UI_MARK_FAILED, thread, get_at (step),
                          lab_failure_dup_text (report->failure), TRUE, TRUE);
  else if (access == NULL)
    add_mark (picture, report->accesses->len > 0 ? UI_MARK_ADD : UI_MARK_STEP, thread, step, NULL,
              FALSE);
  else if (count_shared (report) > 1 && access->kind == LAB_ACCESS_WRITE)
    add_write (picture, access, thread, step, UI_MARK_ATOMIC);
  else
    add_access (picture, report, access, step);
}

static void
add_waits (Picture *picture, guint position, double end)
{
  const LabState *state = lab_stepper_get_state (picture->stepper);
  gboolean stuck = lab_machine_get_status (picture->program, state) == LAB_STATUS_DEADLOCK;

  for (int thread = 0; thread < picture->program->n_threads; thread++)
    for (guint from = 0; from <= position; from++)
      {
        guint to = from;

        while (to <= position && ui_path_is_blocked (picture->path, to, thread))
          to++;
        if (to == from)
          continue;
        ui_timeline_add_span (picture->timeline,
                              to > position && stuck ? UI_SPAN_STUCK : UI_SPAN_WAIT, thread, from,
                              to > position ? end : to,
                              to > position ? ui_state_dup_block (picture->program, state, thread)
                                            : NULL);
        from = to;
      }
}

static void
close_locks (Picture *picture, double end)
{
  for (int i = 0; i < picture->program->n_items[LAB_ITEM_LOCK]; i++)
    if (picture->held[i] >= 0)
      ui_timeline_add_span (picture->timeline, UI_SPAN_HOLD, picture->holders[i], picture->held[i],
                            end,
                            /* Translators: a thread holds a lock */
                            g_strdup_printf (_ ("holds %s"),
                                             picture->program->items[LAB_ITEM_LOCK][i].name));
}

/* From each that waits for a lock to the one that holds it. */
static void
add_owners (Picture *picture, double end)
{
  const LabState *state = lab_stepper_get_state (picture->stepper);

  for (int thread = 0; thread < picture->program->n_threads; thread++)
    {
      LabBlock block = lab_machine_get_block (picture->program, state, thread);
      double at = end * (.78 + .12 * (thread % 2));

      if (block.kind == LAB_BLOCK_LOCK && block.owner >= 0 && block.owner != thread)
        ui_timeline_add_arrow (picture->timeline, thread, at, block.owner, at);
    }
}

/* A walk in which somebody may have to wait says what it does in words. */
static gboolean
has_words (const LabProgram *program)
{
  return program->n_items[LAB_ITEM_LOCK] > 0 || program->n_items[LAB_ITEM_CONDITION] > 0;
}

static void
add_lanes (UiTimeline *timeline, const LabProgram *program)
{
  for (int i = 0; i < program->n_threads; i++)
    {
      g_autofree char *letter = ui_words_dup_thread (i);

      ui_timeline_add_lane (timeline, letter, program->threads[i].name, i);
    }
}

UiTimeline *
ui_step_timeline_new (UiPath *path)
{
  LabStepper *stepper = ui_path_get_stepper (path);
  LabProgram *program = lab_stepper_get_program (stepper);
  int n_shared = MAX (1, program->n_items[LAB_ITEM_SHARED]);
  int n_locks = program->n_items[LAB_ITEM_LOCK];
  gsize n = (gsize) program->n_threads * (gsize) n_shared;
  g_autofree int *reads = g_new (int, n);
  g_autofree gint64 *last = g_new (gint64, n);
  g_autofree double *held = g_new (double, n_locks + 1);
  g_autofree int *holders = g_new0 (int, n_locks + 1);
  g_autofree int *asleep = g_new (int, program->n_threads);
  g_autoptr (GArray) writes = g_array_new (FALSE, FALSE, sizeof (Write));
  Picture picture = { path, stepper, program, ui_timeline_new (), n_shared, reads, last, writes,
                      held, holders, asleep };
  guint position = lab_stepper_get_position (stepper);
  double end;

  for (gsize i = 0; i < n; i++)
    {
      reads[i] = -1;
      last[i] = G_MININT64;
    }
  for (int i = 0; i < n_locks; i++)
    held[i] = -1;
  for (int i = 0; i < program->n_threads; i++)
    asleep[i] = -1;
  add_lanes (picture.timeline, program);
  picture.timeline->length = MAX (lab_stepper_get_length (stepper), LEAST_LENGTH);
  picture.timeline->least_pixels = has_words (program) ? WORDS_PIXELS : MARK_PIXELS;
  picture.timeline->two_rows = has_words (program);
  picture.timeline->now = position;
  end = MAX (position + 1,
             lab_machine_get_status (program, lab_stepper_get_state (stepper)) == LAB_STATUS_RUNNING
                 ? position + .4
                 : picture.timeline->length);
  for (guint step = 0; step < position; step++)
    add_step (&picture, step);
  if (has_words (program))
    {
      close_locks (&picture, end);
      add_waits (&picture, position, end);
      add_owners (&picture, end);
    }
  return picture.timeline;
}

char *
ui_step_dup_meaning (UiPath *path)
{
  LabStepper *stepper = ui_path_get_stepper (path);
  LabProgram *program = lab_stepper_get_program (stepper);
  guint position = lab_stepper_get_position (stepper);
  GString *text = g_string_new (position == 0 ? _ ("No step has been taken.") : NULL);
  Picture picture = { .path = path, .stepper = stepper, .program = program };

  for (guint step = position > MOST_SENTENCES ? position - MOST_SENTENCES : 0; step < position;
       step++)
    {
      const LabReport *report = lab_stepper_get_report (stepper, step);
      const LabAccess *access = get_main_access (report);
      g_autofree char *statement = dup_statement (&picture, report);
      g_autofree char *what = access != NULL ? lab_access_dup_text (access, program) : NULL;

      /* Translators: the number of a step, a thread, and its statement */
      g_string_append_printf (text, _ ("%d: %s: %s"), (int) step + 1,
                              program->threads[report->move.thread].name, statement);
      if (what != NULL)
        g_string_append_printf (text, ", %s", what);
      g_string_append (text, ". ");
    }
  return g_strchomp (g_string_free (text, FALSE));
}

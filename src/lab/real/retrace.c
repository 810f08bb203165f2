/* Finding the order of a recorded run: depth first, the clocks' order before any other. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lab/real/retrace.h"

/* So many steps are tried, those taken back included: some hundredths of a second. */
#define MOST_TRIES 60000

typedef struct
{
  LabMove move;
  gint64 time; /* when the clocks would have it */
} Choice;

/* One place on the way that is being tried. */
typedef struct
{
  LabState state;  /* before its step */
  GArray *choices; /* (element-type Choice) owned: by time */
  guint next;      /* which of them is tried next */
} Place;

typedef struct
{
  const LabProgram *program;
  const LabPlay *play;
  int record;
  GArray *places;   /* (element-type Place) owned */
  guint *taken;     /* owned; by thread: how many of its recorded steps are on the way */
  gint64 *stored;   /* owned; by thread: when its last step ended */
  LabMove *moves;   /* owned; room for LAB_MOST_MOVES */
  LabReport report; /* of the step tried last */
  GArray *way;      /* (element-type Choice) owned: the steps taken */
  int tries;
} Search;

static const LabPlayStep *
get_step (const Search *search, int thread, guint i)
{
  return &g_array_index (search->play->steps[thread], LabPlayStep, i);
}

/* Returns: (nullable): what the thread did next */
static const LabPlayStep *
get_next (const Search *search, int thread)
{
  return search->taken[thread] < search->play->steps[thread]->len
             ? get_step (search, thread, search->taken[thread])
             : NULL;
}

static gboolean
is_cut_off (const Search *search, int thread)
{
  return (int) search->play->steps[thread]->len >= search->record;
}

/* With a store buffer, a store takes effect when it has long been over. */
static gboolean
is_too_early (const Search *search, int thread)
{
  gint64 asked_ns = get_next (search, thread)->asked_ns;

  if (search->program->tso)
    return FALSE;
  for (int other = 0; other < search->program->n_threads; other++)
    {
      const LabPlayStep *step = other != thread ? get_next (search, other) : NULL;

      if (step != NULL && step->end_ns < asked_ns)
        return TRUE;
    }
  return FALSE;
}

static int
compare_choices (gconstpointer a, gconstpointer b)
{
  const Choice *one = a;
  const Choice *other = b;

  if (one->time != other->time)
    return one->time < other->time ? -1 : 1;
  return one->move.thread - other->move.thread;
}

static void
add_choices (Search *search, Place *place, int thread)
{
  const LabPlayStep *next = get_next (search, thread);
  gboolean fits = next != NULL && place->state.words[thread] == next->instruction &&
                  !is_too_early (search, thread);
  int n = lab_machine_list_thread (search->program, &place->state, thread, search->moves);

  for (int i = 0; i < n; i++)
    {
      Choice choice = { search->moves[i], 0 };
      gboolean drain = choice.move.choice == LAB_CHOICE_DRAIN;

      /* What leaves a processor's buffer is not recorded; most of it leaves at once. */
      choice.time = drain ? search->stored[thread] : next != NULL ? next->end_ns : 0;
      if (drain || fits)
        g_array_append_val (place->choices, choice);
    }
}

static void
place_clear (gpointer data)
{
  Place *place = data;

  lab_state_clear (&place->state);
  g_array_unref (place->choices);
}

/* The place that @state is; taken over. */
static void
arrive (Search *search, LabState *state)
{
  Place place = { .choices = g_array_new (FALSE, FALSE, sizeof (Choice)) };

  place.state = *state;
  *state = (LabState){ 0 };
  for (int thread = 0; thread < search->program->n_threads; thread++)
    add_choices (search, &place, thread);
  g_array_sort (place.choices, compare_choices);
  g_array_append_val (search->places, place);
}

/* Returns: whether the step as the model takes it did what it had done for real. */
static gboolean
did_the_same (const Search *search, const LabPlayStep *step)
{
  LabDo op = search->program->instructions[step->instruction].op;
  const GArray *accesses = search->report.accesses;

  for (guint i = accesses->len; i-- > 0;)
    {
      const LabAccess *access = &g_array_index (accesses, LabAccess, i);

      switch (op)
        {
        case LAB_DO_ASSIGN:
          return access->value == step->value;
        case LAB_DO_FETCH_ADD:
        case LAB_DO_CAS:
        case LAB_DO_PUT:
        case LAB_DO_GET:
          if (access->kind != LAB_ACCESS_OWN)
            return access->value == step->value;
          break;
        default:
          return TRUE;
        }
    }
  return TRUE;
}

static gboolean
is_over (const Search *search)
{
  for (int thread = 0; thread < search->program->n_threads; thread++)
    if (get_next (search, thread) != NULL)
      return FALSE;
  return TRUE;
}

/* Returns: whether the model stands where the run ended. */
static gboolean
is_the_end (const Search *search, const LabState *state)
{
  const LabProgram *program = search->program;
  LabStatus status = lab_machine_get_status (program, state);

  if (!is_over (search) || search->play->kind == LAB_PLAY_FAILED)
    return FALSE;
  if (search->play->kind == LAB_PLAY_UNFINISHED)
    return TRUE;
  if (status != (search->play->kind == LAB_PLAY_END ? LAB_STATUS_END : LAB_STATUS_DEADLOCK))
    return FALSE;
  for (int i = 0; i < program->n_items[LAB_ITEM_SHARED]; i++)
    if (lab_state_get_shared (state, program, i) !=
        lab_state_get_shared (&search->play->state, program, i))
      return FALSE;
  return TRUE;
}

/* Behind the last recorded step of a thread that took more, nothing is known. */
static gboolean
is_cut (const Search *search)
{
  for (int thread = 0; thread < search->program->n_threads; thread++)
    if (is_cut_off (search, thread) && get_next (search, thread) == NULL)
      return TRUE;
  return FALSE;
}

typedef enum
{
  STEP_FITS,
  STEP_ENDS, /* it failed, as it had for real */
  STEP_DIFFERS,
} Fit;

static Fit
try_choice (Search *search, const Choice *choice, LabState *state)
{
  const LabPlayStep *next = get_next (search, choice->move.thread);
  LabFailure failure = lab_machine_apply (search->program, state, choice->move, &search->report);

  search->tries++;
  if (failure != LAB_FAILURE_NONE)
    return search->play->kind == LAB_PLAY_FAILED && failure == search->play->failure &&
                   choice->move.thread == search->play->failed_thread
               ? STEP_ENDS
               : STEP_DIFFERS;
  if (choice->move.choice == LAB_CHOICE_DRAIN || did_the_same (search, next))
    return STEP_FITS;
  return STEP_DIFFERS;
}

static void
go (Search *search, const Choice *choice)
{
  int thread = choice->move.thread;

  g_array_append_val (search->way, *choice);
  if (choice->move.choice == LAB_CHOICE_DRAIN)
    return;
  search->stored[thread] = get_next (search, thread)->end_ns;
  search->taken[thread]++;
}

static void
go_back (Search *search)
{
  guint last = search->way->len - 1;
  const Choice *choice = &g_array_index (search->way, Choice, last);
  int thread = choice->move.thread;

  if (choice->move.choice != LAB_CHOICE_DRAIN)
    {
      search->taken[thread]--;
      search->stored[thread] = search->taken[thread] > 0
                                   ? get_step (search, thread, search->taken[thread] - 1)->end_ns
                                   : 0;
    }
  g_array_set_size (search->way, last);
}

/* Returns: whether a way was found; it is in `way` then. */
static gboolean
look (Search *search)
{
  g_auto (LabState) first = { 0 };

  lab_state_init (&first, search->program);
  arrive (search, &first);
  while (search->places->len > 0 && search->tries < MOST_TRIES)
    {
      Place *place = &g_array_index (search->places, Place, search->places->len - 1);
      g_auto (LabState) state = { 0 };
      Choice choice;
      Fit fit;

      if (is_the_end (search, &place->state) || is_cut (search))
        return TRUE;
      if (place->next == place->choices->len)
        {
          g_array_set_size (search->places, search->places->len - 1);
          if (search->way->len > 0)
            go_back (search);
          continue;
        }
      choice = g_array_index (place->choices, Choice, place->next++);
      lab_state_copy (&state, &place->state);
      fit = try_choice (search, &choice, &state);
      if (fit == STEP_DIFFERS)
        continue;
      go (search, &choice);
      if (fit == STEP_ENDS)
        return TRUE;
      arrive (search, &state);
    }
  return FALSE;
}

static LabWalk *
make_walk (const Search *search)
{
  LabWalk *walk = g_new0 (LabWalk, 1);
  gint64 latest = G_MININT64;

  walk->moves = g_array_new (FALSE, FALSE, sizeof (LabMove));
  walk->is_part = is_cut (search);
  for (guint i = 0; i < search->way->len; i++)
    {
      const Choice *choice = &g_array_index (search->way, Choice, i);

      g_array_append_val (walk->moves, choice->move);
      walk->n_inferred += choice->time < latest;
      latest = MAX (latest, choice->time);
    }
  return walk;
}

LabWalk *
lab_walk_new (const LabProgram *program, const LabPlay *play, int record)
{
  g_autofree guint *taken = g_new0 (guint, program->n_threads);
  g_autofree gint64 *stored = g_new0 (gint64, program->n_threads);
  g_autofree LabMove *moves = g_new (LabMove, LAB_MOST_MOVES);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (Choice));
  Search search = { .program = program,
                    .play = play,
                    .record = record,
                    .places = places,
                    .taken = taken,
                    .stored = stored,
                    .moves = moves,
                    .way = way };
  LabWalk *walk;

  g_return_val_if_fail (play->steps != NULL, NULL);
  g_array_set_clear_func (places, place_clear);
  lab_report_init (&search.report);
  walk = look (&search) ? make_walk (&search) : NULL;
  lab_report_clear (&search.report);
  return walk;
}

void
lab_walk_free (LabWalk *self)
{
  g_array_unref (self->moves);
  g_free (self);
}

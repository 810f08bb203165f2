/* player.h: one real thread's part in a run: it takes the steps of its body on a scene.
 *
 * Its place and own variables are in words of its own, laid out as a state's; before an expression
 * is evaluated, what it reads of the scene is loaded into them. Only the thread itself touches a
 * player while it runs, but for the atomics, which a watchdog reads.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/real/scene.h"

G_BEGIN_DECLS

typedef enum
{
  LAB_TOOK_STEP,
  LAB_TOOK_NOTHING, /* it is not enabled, or was not while patience lasted */
  LAB_TOOK_TIME,    /* it may be enabled, but chance has it wait: a spurious wake-up */
  LAB_TOOK_FAILURE, /* the step failed: `failure` says how */
} LabTook;

typedef enum
{
  LAB_PLAYER_RUNNING,
  LAB_PLAYER_BLOCKED, /* its last try took nothing */
  LAB_PLAYER_ENDED,
} LabPlayerStatus;

/* Lines of the cache of its own: the threads meet in the scene and nowhere else. */
typedef struct
{
  _Alignas(64) LabScene *scene;
  const LabProgram *program;
  int number;    /* thread, from 0 */
  gint64 *words; /* owned */
  gsize n_allocated;
  guint64 random; /* never 0 */
  LabFailure failure;
  gint64 value;   /* that the last step read, wrote, put or got, for the trace */
  GArray *buffer; /* owned; pairs of variable and value, oldest first; NULL unless scene->buffers */
  bool inside;    /* it holds the scene's `whole` */
  bool in_block;  /* of a step that does many things at once */
  _Atomic int fenced; /* nobody else's; what a fence writes to */

  /* For the watchdog. */
  _Atomic guint64 steps; /* relaxed */
  _Atomic guint64 tries; /* tries that took nothing */
  _Atomic int
      status; /* LabPlayerStatus; sequentially consistent: a blocked thread's steps are seen */
} LabPlayer;

/** lab_players_new: Returns: (transfer full) (array): a player for each thread, at its start */
LabPlayer *lab_players_new (LabScene *scene, guint64 seed);
void lab_players_free (LabPlayer *players, const LabScene *scene);

bool lab_player_has_ended (const LabPlayer *self);

/** lab_player_random: Returns: a number below @n, from the player's own sequence */
guint lab_player_random (LabPlayer *self, guint n);

/**
 * lab_player_take:
 * @move: (nullable): which choice is to be taken; %NULL: any
 * @patience_us: wait so long for it to be enabled; 0: only try
 *
 * Takes the thread's next step and decides the conditions behind it. It has not ended.
 */
LabTook lab_player_take (LabPlayer *self, const LabMove *move, gint64 patience_us);

/** lab_player_holds: Returns: whether it holds any lock of the program */
bool lab_player_holds (const LabPlayer *self);

/** lab_player_let_go: unlocks what it holds. The scene's owners stay as they are, to be looked at
 */
void lab_player_let_go (LabPlayer *self);

/**
 * lab_players_compose:
 * @players: (array): all of the program's threads, which stand still
 *
 * Returns: (transfer full): where the run stands, as a state of the model; clear it
 */
LabState lab_players_compose (LabPlayer *players, LabScene *scene);

G_END_DECLS

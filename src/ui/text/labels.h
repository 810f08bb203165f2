/* labels.h: what the labels of a download say.
 *
 * Pure: facts in, text out, in the current locale. Any thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/* What is known of a download. Plain; strings are borrowed. */
typedef struct
{
  EngineState state;
  EngineReason reason;
  const char *name;
  const char *problem;  /* nullable: why it failed or waits */
  EngineRemedy remedy;  /* for the problem */
  const char *checksum; /* nullable: `sha256=…`, which was or will be checked */
  gint64 received;      /* bytes */
  gint64 total;         /* bytes, -1 unknown */
  double rate;          /* bytes per second */
  gint64 seconds_left;  /* -1 unknown */
  gint64 seconds_ago;   /* since it finished */
  gint64 retry_in_s;    /* until the next try */
  int connections;
  int place_in_line; /* from 1, 0 not in line */
  int attempt;       /* tries that have failed */
  int max_attempts;
  gboolean unproven; /* the server never said how long the file is */
  gboolean skipped;
} UiFacts;

/** ui_facts_take: fills in @facts from @download; borrowed until it changes. Main thread */
void ui_facts_take (UiFacts *facts, EngineDownload *download);

/** ui_label_percent: Returns: (transfer full): `45 %`, empty where it means nothing */
char *ui_label_percent (const UiFacts *facts);

/**
 * ui_label_sizes:
 * @narrow: leave out the number of connections
 *
 * Returns: (transfer full): `1.71 GB of 3.80 GB · 8 connections`, `Paused · 722 MB of 1.24 GB`,
 *   `Failed: the server refused the connection`…
 */
char *ui_label_sizes (const UiFacts *facts, gboolean narrow);

/** ui_label_rate: Returns: (transfer full): `3.0 MB/s`, empty where nothing moves */
char *ui_label_rate (const UiFacts *facts);

/** ui_label_time: Returns: (transfer full): `4 min 3 s left`, `2nd of 5 tries`, or empty */
char *ui_label_time (const UiFacts *facts);

/** ui_label_description: Returns: (transfer full): all of the line in one, for who cannot see it */
char *ui_label_description (const UiFacts *facts);

/** ui_label_accessible: Returns: (transfer full): `NAME, STATE, 45 %` */
char *ui_label_accessible (const UiFacts *facts);

/** ui_label_state: Returns: (transfer none): the state in a word or two */
const char *ui_label_state (EngineState state);

/** ui_facts_get_fraction: Returns: 0 to 1, -1 where it is not known */
double ui_facts_get_fraction (const UiFacts *facts);

/* The likely next thing that a person does with a download. */
typedef enum
{
  UI_NEXT_PAUSE,
  UI_NEXT_RESUME,
  UI_NEXT_RETRY,
  UI_NEXT_OPEN_FOLDER,
} UiNext;

UiNext ui_facts_get_next (const UiFacts *facts);
const char *ui_label_next (UiNext next);

G_END_DECLS

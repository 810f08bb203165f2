/* syntax.h: which letters of a race program are what, for its colours and its side notes. Pure; any
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  UI_SYNTAX_WORD, /* a word of the language */
  UI_SYNTAX_NUMBER,
  UI_SYNTAX_STRING,
  UI_SYNTAX_COMMENT,
  UI_N_SYNTAX,
} UiSyntaxKind;

typedef struct
{
  UiSyntaxKind kind;
  int from; /* bytes from the start */
  int to;
} UiSyntaxRun;

/** ui_syntax_scan: Returns: (transfer full) (element-type UiSyntaxRun): in order; all else is
 * plain. Never fails */
GArray *ui_syntax_scan (const char *text);

/**
 * ui_syntax_split_notes:
 * @notes: (out) (transfer full): the comment at the end of each line, without its slashes; empty
 * where there is none
 *
 * Returns: (transfer full): @text without comments that stand behind a statement; as many lines as
 * before
 */
char *ui_syntax_split_notes (const char *text, char ***notes);

/**
 * ui_syntax_hide_story:
 * @lines: (out) (transfer full) (element-type int): for each line of @text the line in the result,
 * from 0; -1: left out
 *
 * Returns: (transfer full): @text without its `title`, `story` and `kind`, which the page shows
 * elsewhere
 */
char *ui_syntax_hide_story (const char *text, GArray **lines);

G_END_DECLS

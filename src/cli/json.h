/* json.h: writing JSON text, piece by piece.
 *
 * Any thread. The caller opens and closes in order; commas are put by themselves.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  GString *text;  /* owned */
  gboolean comma; /* the next value follows another */
} CliJson;

void cli_json_init (CliJson *self);

/** cli_json_finish: Returns: (transfer full): the text; @self is empty then */
char *cli_json_finish (CliJson *self);

void cli_json_open (CliJson *self, char bracket /* `{` or `[` */);
void cli_json_close (CliJson *self, char bracket /* `}` or `]` */);

/** cli_json_key: the name of the member whose value comes next */
void cli_json_key (CliJson *self, const char *key);

/** cli_json_string: @value: (nullable): %NULL is null; what is not UTF-8 is replaced */
void cli_json_string (CliJson *self, const char *value);
void cli_json_int (CliJson *self, gint64 value);
void cli_json_double (CliJson *self, double value);

/** cli_json_exact_double: with as many digits as it takes to read the same number back */
void cli_json_exact_double (CliJson *self, double value);
void cli_json_bool (CliJson *self, gboolean value);
void cli_json_null (CliJson *self);

G_END_DECLS

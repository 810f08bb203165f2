/* syntax.h: a race program as it was read: declarations and trees of statements, names not yet
 * resolved. The folder's own.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/language/token.h"

G_BEGIN_DECLS

typedef enum
{
  LAB_NODE_ASSIGN,
  LAB_NODE_ATOMIC,
  LAB_NODE_AWAIT,
  LAB_NODE_LOCK,
  LAB_NODE_UNLOCK,
  LAB_NODE_TRYLOCK,
  LAB_NODE_WAIT,
  LAB_NODE_SIGNAL,
  LAB_NODE_BROADCAST,
  LAB_NODE_PUT,
  LAB_NODE_GET,
  LAB_NODE_FETCH_ADD,
  LAB_NODE_CAS,
  LAB_NODE_ASSERT,
  LAB_NODE_FENCE,
  LAB_NODE_SKIP,
  /* No steps. */
  LAB_NODE_IF,
  LAB_NODE_WHILE,
  LAB_NODE_REPEAT,
  LAB_NODE_STOP,
} LabNodeKind;

/* Tokens by their numbers; -1: none. */
typedef struct
{
  LabNodeKind kind;
  int token;  /* its first */
  int last;   /* its last */
  int target; /* the name assigned */
  int item;   /* the name of what it works on */
  int lock;   /* of wait */
  LabExpr value;
  LabExpr other;
  gint64 count;       /* of repeat */
  GArray *conditions; /* (element-type LabExpr) (nullable): of if and each else if */
  GPtrArray *blocks;  /* (element-type GPtrArray of LabNode) (nullable): of if one more than
                         conditions where there is an else */
} LabNode;

void lab_node_free (LabNode *node);

typedef struct
{
  int first; /* of the threads with this body */
  int n;
  GPtrArray *block;
} LabThreadGroup;

/* `NAME` or `THREAD.NAME` of show. */
typedef struct
{
  int name;
  int field; /* token, or -1 */
} LabShownName;

/* What a name means. */
typedef struct
{
  int kind; /* LabItemKind, or LAB_SYMBOL_THREAD */
  int index;
  int line;
} LabSymbol;

#define LAB_SYMBOL_THREAD LAB_N_ITEM_KINDS

typedef struct
{
  const char *text;
  GArray *tokens;      /* (element-type LabToken) */
  LabProblem *problem; /* owned, nullable: the first */

  GHashTable *symbols;             /* name to LabSymbol, both owned */
  GArray *items[LAB_N_ITEM_KINDS]; /* (element-type LabItem) */
  GArray *thread_names;            /* (element-type int): tokens */
  GArray *groups;                  /* (element-type LabThreadGroup) */
  GArray *codes;                   /* (element-type LabExprCode) */
  GArray *always;                  /* (element-type LabExpr) */
  GArray *finally;                 /* (element-type LabExpr) */
  GArray *shown;                   /* (element-type LabShownName) */
  bool has_show;
  bool has_memory;
  char *title;
  char *story;
  LabProgramKind kind;

  int at;    /* the parser's next token */
  int depth; /* levels of nesting that it is in */
} LabSyntax;

/** lab_syntax_new: Returns: (transfer full): as much as could be read; look at its problem first */
LabSyntax *lab_syntax_new (const char *text, gsize length);
void lab_syntax_free (LabSyntax *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LabSyntax, lab_syntax_free)

const LabToken *lab_syntax_get_token (const LabSyntax *self, int token);
char *lab_syntax_dup_name (const LabSyntax *self, int token);

/** lab_syntax_look_up: Returns: (transfer none) (nullable): what the name @token is declared as */
const LabSymbol *lab_syntax_look_up (const LabSyntax *self, int token);

/** lab_syntax_fail: @token: where; only the first problem counts. @message: a format with one %s
 * for the token's text, or none */
void lab_syntax_fail (LabSyntax *self, int token, const char *message, const char *hint);

/* Between the files of the parser; each moves on, or sets the problem. */
bool lab_parse_is_sign (const LabSyntax *self, int sign);
bool lab_parse_is_word (const LabSyntax *self, LabWord word);
void lab_parse_sign (LabSyntax *self, int sign);
int lab_parse_name (LabSyntax *self);
gint64 lab_parse_literal (LabSyntax *self);
void lab_parse_enter (LabSyntax *self);
void lab_parse_leave (LabSyntax *self);
LabExpr lab_parse_expression (LabSyntax *self);
GPtrArray *lab_parse_block (LabSyntax *self);
void lab_parse_declarations (LabSyntax *self);

G_END_DECLS

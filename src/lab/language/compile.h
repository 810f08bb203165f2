/* compile.h: from what was read to a program. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/language/syntax.h"

G_BEGIN_DECLS

/* One body being compiled. */
typedef struct
{
  LabSyntax *syntax;
  LabProgram *program;
  GArray *instructions; /* (element-type LabInstruction) of the whole program */
  GArray *statements;   /* (element-type LabStatement) */
  GHashTable *own;      /* name to slot + 1 */
  GPtrArray *own_names;
  GArray *stops; /* (element-type int): jumps to the body's end */
  int loops;     /* open `repeat`s */
  int most_loops;
} LabCompiler;

/** lab_compile_body: one thread group's block */
void lab_compile_body (LabCompiler *self, GPtrArray *block, LabBody *body);

/**
 * lab_resolve:
 * @own: (nullable): the thread's own variables; %NULL in claims
 * @own_of: (nullable): in `finally`: for each body a table as @own
 *
 * Resolves the names of an expression in place and sees that its stack is bounded.
 */
void lab_resolve (
    LabSyntax *syntax, const LabProgram *program, LabExpr expr, GHashTable *own, GPtrArray *own_of);

/** lab_count_accesses: Returns: how often the text of a resolved expression reads what is shared */
int lab_count_accesses (const LabSyntax *syntax, LabExpr expr);

/** lab_find_access: Returns: the token of the expression's access number @n from 0 */
int lab_find_access (const LabSyntax *syntax, LabExpr expr, int n);

/** lab_block_can_pass: whether the text can come through @block with no step */
bool lab_block_can_pass (GPtrArray *block);

/** lab_add_liveness: fills in `live` of every thread of a program that is complete but for it */
void lab_add_liveness (LabProgram *program);

/** lab_statement_dup_text: Returns: (transfer full): bytes [start, end) in one line, without
 * comments */
char *lab_statement_dup_text (const LabSyntax *syntax, int first_token, int last_token);

G_END_DECLS

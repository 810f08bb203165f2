/* token.h: the words of a race program. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/language/program.h"

G_BEGIN_DECLS

typedef enum
{
  LAB_TOKEN_END, /* of the text */
  LAB_TOKEN_NAME,
  LAB_TOKEN_NUMBER,
  LAB_TOKEN_STRING,
  LAB_TOKEN_WORD, /* of the language: reserved */
  LAB_TOKEN_SIGN,
} LabTokenKind;

/* In the order of the table in token.c. */
typedef enum
{
  LAB_WORD_ALWAYS,
  LAB_WORD_ASSERT,
  LAB_WORD_ATOMIC,
  LAB_WORD_AWAIT,
  LAB_WORD_BROADCAST,
  LAB_WORD_BROKEN,
  LAB_WORD_CAPACITY,
  LAB_WORD_CAS,
  LAB_WORD_CONDITION,
  LAB_WORD_ELSE,
  LAB_WORD_FENCE,
  LAB_WORD_FETCH_ADD,
  LAB_WORD_FINALLY,
  LAB_WORD_FIX,
  LAB_WORD_GET,
  LAB_WORD_IF,
  LAB_WORD_KIND,
  LAB_WORD_LENGTH,
  LAB_WORD_LOCK,
  LAB_WORD_MEMORY,
  LAB_WORD_PUT,
  LAB_WORD_QUEUE,
  LAB_WORD_REPEAT,
  LAB_WORD_SELF,
  LAB_WORD_SHARED,
  LAB_WORD_SHOW,
  LAB_WORD_SIGNAL,
  LAB_WORD_SKIP,
  LAB_WORD_SPURIOUS,
  LAB_WORD_STOP,
  LAB_WORD_STORY,
  LAB_WORD_THREAD,
  LAB_WORD_TITLE,
  LAB_WORD_TRYLOCK,
  LAB_WORD_TSO,
  LAB_WORD_UNLOCK,
  LAB_WORD_WAIT,
  LAB_WORD_WHILE,
  LAB_WORD_WRONG_FIX,
} LabWord;

/* Signs of two characters; those of one are their character. */
enum
{
  LAB_SIGN_EQUAL = 256, /* == */
  LAB_SIGN_NOT_EQUAL,
  LAB_SIGN_LESS_EQUAL,
  LAB_SIGN_GREATER_EQUAL,
  LAB_SIGN_AND,
  LAB_SIGN_OR,
};

typedef struct
{
  LabTokenKind kind;
  int code;      /* LabWord, or a sign */
  guint64 value; /* of a number: at most 2^63, which only a minus makes a number of 64 bits */
  int start;     /* bytes [start, end) of the text */
  int end;
  int line;
  int column;
} LabToken;

/**
 * lab_tokens_new:
 * @text: @length bytes
 *
 * Returns: (transfer full) (element-type LabToken) (nullable): the text's tokens, the last of kind
 * END
 */
GArray *lab_tokens_new (const char *text, gsize length, LabProblem **problem);

/** lab_token_dup_string: Returns: (transfer full): what a string says, without quotes and
 * backslashes */
char *lab_token_dup_string (const LabToken *token, const char *text);

G_END_DECLS

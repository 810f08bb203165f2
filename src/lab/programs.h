/* programs.h: the built-in race programs, embedded at build time. Any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id; /* `lost-update/racy` */
  LabKind kind;
  const char *title; /* not yet translated: `Lost update: nothing guards it` */
  const char *story; /* not yet translated */
  const char *text;
} LabProgramText;

/* Ends with an entry whose id is NULL. Variants of one scenario follow each other. */
extern const LabProgramText lab_program_texts[];

G_END_DECLS

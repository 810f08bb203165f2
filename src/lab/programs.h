/* programs.h: the built-in race programs, embedded at build time. Any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *id; /* `lost-update/racy` */
  const char *text;
} LabProgramText;

/* Ends with an entry whose id is NULL. */
extern const LabProgramText lab_program_texts[];

G_END_DECLS

/* remedy.h: what a person can do about an error: the one place that decides and says it.
 *
 * Pure; any thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/plan/error.h"

G_BEGIN_DECLS

typedef enum
{
  ENGINE_REMEDY_NONE,           /* nothing that a program could offer */
  ENGINE_REMEDY_RETRY,          /* the same again */
  ENGINE_REMEDY_CHANGE_ADDRESS, /* go on from another address */
  ENGINE_REMEDY_MAKE_ROOM,      /* look into the folder and free space there */
  ENGINE_REMEDY_CHOOSE_FOLDER,  /* add it once more, to another folder */
  ENGINE_REMEDY_CHOOSE_NAME,    /* add it once more, by another name */
  ENGINE_REMEDY_SIGN_IN,        /* go on with a user name and a password */
  ENGINE_REMEDY_SET_PROXY,      /* look at the proxy's settings */
} EngineRemedy;
#define ENGINE_N_REMEDIES 8

/**
 * engine_remedy_of:
 * @error: of ENGINE_ERROR; what is of another domain has no remedy
 *
 * Returns: what is most likely to help
 */
EngineRemedy engine_remedy_of (const GError *error);

/**
 * engine_remedy_advise:
 *
 * The error's message says what happened and to what; this says what to do,
 * whether in a window or at a prompt.
 *
 * Returns: (transfer none): one or two translated sentences; of another domain, an empty text
 */
const char *engine_remedy_advise (const GError *error);

G_END_DECLS

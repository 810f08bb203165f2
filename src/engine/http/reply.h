/* reply.h: what a server's reply says, read strictly and with no libsoup in sight.
 *
 * A plain struct of the worker that made the exchange. Strings are owned, NULL
 * where the reply said nothing.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "engine/plan/content-range.h"
#include "engine/plan/validator.h"

G_BEGIN_DECLS

typedef struct
{
  int status;
  char *reason;
  char *final_address; /* after redirects, without credentials */
  char *disposition;
  char *content_type; /* without parameters, lower case */
  char *digest;       /* of the whole file, as the headers say: `sha256=HEX` */
  EngineValidator validator;

  gboolean has_range;
  EngineContentRange range; /* where has_range */
  gint64 content_length;    /* of this body, -1 not said */
  gboolean accepts_ranges;  /* said `Accept-Ranges: bytes`, or answered with one */

  gboolean chunked;
  gboolean announced_close; /* `Connection: close`, or HTTP/1.0 without keep-alive */
  gboolean decoded;         /* came with an encoding that nobody asked for, and is read decoded */
  gint64 retry_after_s;     /* -1: not said */
} EngineReply;

void engine_reply_clear (EngineReply *self);

G_END_DECLS

/* hostile-reply.h: a reply in the making: the hostile server's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "support/hostile-private.h"

G_BEGIN_DECLS

#define GET(key) hostile_request_get (reply->request, key)
#define HAS(key) hostile_request_has (reply->request, key)
#define INT(key, otherwise) hostile_request_get_int (reply->request, key, otherwise)

/* A fault's value, which is none where `when` does not hold. */
#define FAULT(key) (reply->faulty ? hostile_request_get (reply->request, key) : NULL)
#define HAS_FAULT(key) (reply->faulty && hostile_request_has (reply->request, key))
#define FAULT_INT(key, otherwise)                                                                  \
  (reply->faulty ? hostile_request_get_int (reply->request, key, otherwise) : (otherwise))

typedef struct
{
  HostileConn *conn;
  const HostileRequest *request;
  guint number; /* of this request, among those of the same key */
  gboolean faulty;

  int status;
  const char *reason;
  GString *head;             /* owned; header lines */
  HostileDocument *document; /* owned, nullable */
  gint64 size;               /* of the whole file */
  const char *content_type;
  HostileBody body;
  gboolean close;
  gboolean length_said;
} HostileReply;

/** hostile_reply_add: adds a header line */
void hostile_reply_add (HostileReply *reply, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** hostile_reply_make_page: a short page in place of the file */
void hostile_reply_make_page (HostileReply *reply, int status, const char *type, const char *text);

/** hostile_reply_make_file: chooses the bytes, and says what describes them */
void hostile_reply_make_file (HostileReply *reply);

G_END_DECLS

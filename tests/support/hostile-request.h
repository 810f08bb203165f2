/* hostile-request.h: a request as the hostile server reads it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char *method;       /* owned */
  char *target;       /* owned; as sent */
  char *path;         /* owned; as sent, without the query */
  GPtrArray *query;   /* owned; key, value, key, value…, decoded */
  GPtrArray *headers; /* owned; name, value, name, value… */
  gboolean http_1_0;
  gboolean has_range; /* one range of bytes, understood */
  gint64 start;
  gint64 end; /* one past the last, -1: to the end */
} HostileRequest;

/** hostile_request_parse: @head: up to the empty line. Returns: (transfer full) (nullable) */
HostileRequest *hostile_request_parse (const char *head);
void hostile_request_free (HostileRequest *self);

/** hostile_request_get_header: Returns: (transfer none) (nullable): the first of that name */
const char *hostile_request_get_header (const HostileRequest *self, const char *name);

/** hostile_request_get: Returns: (transfer none) (nullable): the query's first value of @key */
const char *hostile_request_get (const HostileRequest *self, const char *key);

/** hostile_request_has: Returns: whether the query has @key, and not as `no` */
gboolean hostile_request_has (const HostileRequest *self, const char *key);

/** hostile_request_get_int: Returns: the query's value of @key, @otherwise where there is none */
gint64 hostile_request_get_int (const HostileRequest *self, const char *key, gint64 otherwise);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HostileRequest, hostile_request_free)

G_END_DECLS

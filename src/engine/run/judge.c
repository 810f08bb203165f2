/* Judging a reply. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/judge.h"

#include <glib/gi18n.h>
#include <string.h>

#include "engine/plan/error.h"

static gboolean
is_page (const char *content_type)
{
  return content_type != NULL && (strcmp (content_type, "text/html") == 0 ||
                                  strcmp (content_type, "application/xhtml+xml") == 0);
}

/* An expired login answers with a web page: nothing of ours is given up for that. */
static gboolean
has_become_a_page (const EngineAsked *asked, const EngineReply *reply)
{
  gboolean known = asked->held > 0 || asked->ours->content_type != NULL;

  return known && is_page (reply->content_type) && !is_page (asked->ours->content_type);
}

static EngineJudgement
fail (GError **error, EngineErrorCode code, const char *message)
{
  g_set_error_literal (error, ENGINE_ERROR, code, message);
  return ENGINE_JUDGED_FAIL;
}

static EngineJudgement
refuse_new_address (GError **error)
{
  return fail (error, ENGINE_ERROR_CHANGED,
               _ ("the new address leads to another file than the one begun"));
}

/* Another connection is at the file, and has brought nothing that could be compared. */
static EngineJudgement
judge_beside (const EngineAsked *asked, const EngineReply *reply)
{
  switch (engine_validator_compare (asked->ours, &reply->validator))
    {
    case ENGINE_SAME:
    case ENGINE_SAME_IF_OVERLAP:
      return ENGINE_JUDGED_WRITE;
    case ENGINE_UNPROVEN:
      return asked->compares && asked->ours->length == reply->validator.length
                 ? ENGINE_JUDGED_WRITE
                 : ENGINE_JUDGED_START_OVER;
    default:
      return ENGINE_JUDGED_START_OVER;
    }
}

static EngineJudgement
judge_partial (const EngineAsked *asked, const EngineReply *reply, GError **error)
{
  if (!reply->has_range || asked->start < 0 || reply->range.start != asked->start)
    return fail (error, ENGINE_ERROR_PROTOCOL,
                 _ ("the server sends another part of the file than was asked for"));
  if (asked->held == 0)
    return asked->begun ? judge_beside (asked, reply) : ENGINE_JUDGED_WRITE;
  if (asked->moved && !asked->proven)
    return asked->ours->length >= 0 && asked->ours->length == reply->validator.length
               ? ENGINE_JUDGED_PROVE_SAMPLED
               : refuse_new_address (error);
  switch (engine_validator_compare (asked->ours, &reply->validator))
    {
    case ENGINE_SAME:
      return ENGINE_JUDGED_WRITE;
    case ENGINE_SAME_IF_OVERLAP:
      return asked->proven ? ENGINE_JUDGED_WRITE : ENGINE_JUDGED_PROVE;
    case ENGINE_SAME_IF_SAMPLED:
      return asked->proven ? ENGINE_JUDGED_WRITE : ENGINE_JUDGED_PROVE_SAMPLED;
    case ENGINE_UNPROVEN:
      return (asked->compares || (asked->moved && asked->proven)) &&
                     asked->ours->length == reply->validator.length
                 ? ENGINE_JUDGED_WRITE
                 : ENGINE_JUDGED_START_OVER;
    case ENGINE_CHANGED:
    default:
      return ENGINE_JUDGED_START_OVER;
    }
}

static EngineJudgement
judge_unsatisfied (const EngineAsked *asked, const EngineReply *reply, GError **error)
{
  gint64 total = reply->has_range ? reply->range.total : -1;

  if (asked->held == 0)
    {
      if (asked->start == 0 && total <= 0)
        return ENGINE_JUDGED_ASK_WHOLE;
      *error = engine_error_new_http (reply->status, reply->reason);
      return ENGINE_JUDGED_FAIL;
    }
  /* We ask beyond the end only where we do not know it. A body that was cut proves nothing: the
   * file may have shrunk since. */
  if (asked->total < 0 && asked->start == asked->held &&
      (total == asked->held || (total < 0 && asked->at_end)))
    return ENGINE_JUDGED_COMPLETE;
  if (asked->moved && !asked->proven)
    return refuse_new_address (error);
  return ENGINE_JUDGED_START_OVER;
}

/* The whole file, though a part of it was asked for. */
static EngineJudgement
judge_whole (const EngineAsked *asked, const EngineReply *reply, GError **error)
{
  EngineVerdict verdict;

  if (asked->held == 0 && !asked->begun)
    return ENGINE_JUDGED_WRITE;
  if (asked->moved && !asked->proven)
    return refuse_new_address (error);
  /* RFC 9110, 13.1.5: so a server answers an If-Range that does not match. Where all else says that
   * it is the same file, its ETag is new for each request. */
  verdict = engine_validator_compare (asked->ours, &reply->validator);
  if (asked->if_range && asked->start > 0 && verdict != ENGINE_CHANGED &&
      verdict != ENGINE_UNPROVEN)
    return ENGINE_JUDGED_ASK_PLAIN;
  return ENGINE_JUDGED_START_OVER_HERE;
}

EngineJudgement
engine_judge_reply (const EngineAsked *asked, const EngineReply *reply, GError **error)
{
  if (reply->status / 100 == 2 && has_become_a_page (asked, reply))
    return fail (
        error, ENGINE_ERROR_CHANGED,
        _ ("the server sends a web page in place of the file; the address may have expired"));

  switch (reply->status)
    {
    case 206:
      return judge_partial (asked, reply, error);
    case 200:
    case 203:
      return judge_whole (asked, reply, error);
    case 416:
      return judge_unsatisfied (asked, reply, error);
    default:
      *error = engine_error_new_http (reply->status, reply->reason);
      return ENGINE_JUDGED_FAIL;
    }
}

gint64
engine_judge_said_length (const EngineReply *reply)
{
  if (reply->status == 416)
    return reply->has_range ? reply->range.total : -1;
  return reply->status / 100 == 2 && !reply->decoded ? reply->validator.length : -1;
}

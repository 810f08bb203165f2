/* Numbers in headers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/content-range.h"

#include <stdio.h>
#include <string.h>

#define DAY_S 86400

/* Digits at *@text, which then stands behind them; -1 where there are none or they overflow. */
static gint64
take_number (const char **text)
{
  gint64 value = 0;
  const char *p = *text;

  if (!g_ascii_isdigit (*p))
    return -1;
  for (; g_ascii_isdigit (*p); p++)
    {
      int digit = *p - '0';

      if (value > (G_MAXINT64 - digit) / 10)
        return -1;
      value = value * 10 + digit;
    }
  *text = p;
  return value;
}

static const char *
skip_space (const char *p)
{
  while (*p == ' ' || *p == '\t')
    p++;
  return p;
}

static gboolean
take_positions (const char **p, EngineContentRange *range)
{
  gint64 last;

  if (**p == '*')
    {
      (*p)++;
      range->start = range->end = -1;
      return TRUE;
    }
  range->start = take_number (p);
  if (range->start < 0 || **p != '-')
    return FALSE;
  (*p)++;
  last = take_number (p);
  if (last < range->start || last == G_MAXINT64)
    return FALSE;
  range->end = last + 1;
  return TRUE;
}

gboolean
engine_content_range_parse (const char *value, EngineContentRange *range)
{
  const char *p = skip_space (value);

  if (g_ascii_strncasecmp (p, "bytes", 5) != 0)
    return FALSE;
  p += 5;
  /* `bytes=0-9/10` is wrong, common, and can only mean one thing. */
  if (*p != ' ' && *p != '\t' && *p != '=')
    return FALSE;
  p = skip_space (*p == '=' ? p + 1 : p);
  if (!take_positions (&p, range) || *p++ != '/')
    return FALSE;
  if (*p == '*')
    {
      p++;
      range->total = -1;
    }
  else
    range->total = take_number (&p);
  if (*skip_space (p) != '\0')
    return FALSE;
  if (range->start < 0)
    return range->total >= 0;
  return p[-1] == '*' || range->total >= range->end;
}

gint64
engine_content_length_parse (const char *value)
{
  const char *p = skip_space (value);
  gint64 length = take_number (&p);

  while (length >= 0)
    {
      p = skip_space (p);
      if (*p == '\0')
        return length;
      if (*p != ',')
        return -1;
      p = skip_space (p + 1);
      if (take_number (&p) != length)
        return -1;
    }
  return -1;
}

static int
month_of (const char *text)
{
  static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

  for (int i = 0; i < 12; i++)
    if (g_ascii_strncasecmp (text, months + 3 * i, 3) == 0)
      return i + 1;
  return 0;
}

/* RFC 9110, 5.6.7: a two-digit year more than 50 years ahead is in the past. */
static int
whole_year (int year, gint64 now_unix)
{
  int now_year = (int) (1970 + now_unix / 31556952);

  if (year >= 100)
    return year;
  year += now_year / 100 * 100;
  return year > now_year + 50 ? year - 100 : year;
}

static gint64
parse_date (const char *value, gint64 now_unix)
{
  char month[4] = "";
  int day, year, hour, minute, second;
  const char *comma = strchr (value, ',');
  gboolean ok = FALSE;
  g_autoptr (GDateTime) date = NULL;

  if (comma != NULL) /* Sun, 06 Nov 1994 08:49:37 GMT; Sunday, 06-Nov-94 08:49:37 GMT */
    ok = sscanf (comma + 1, " %d%*[- ]%3[A-Za-z]%*[- ]%d %d:%d:%d", &day, month, &year, &hour,
                 &minute, &second) == 6;
  else /* Sun Nov  6 08:49:37 1994 */
    ok = sscanf (value, " %*3s %3[A-Za-z] %d %d:%d:%d %d", month, &day, &hour, &minute, &second,
                 &year) == 6;
  if (!ok || month_of (month) == 0)
    return -1;
  date = g_date_time_new_utc (
      whole_year (year, now_unix), month_of (month), day, hour, minute, MIN (second, 59));
  return date != NULL ? g_date_time_to_unix (date) : -1;
}

gint64
engine_retry_after_parse (const char *value, gint64 now_unix)
{
  const char *p = skip_space (value);
  gint64 seconds;

  if (g_ascii_isdigit (*p))
    {
      seconds = take_number (&p);
      if (*skip_space (p) != '\0' && seconds >= 0)
        return -1;
      return seconds < 0 ? DAY_S : MIN (seconds, DAY_S);
    }
  seconds = parse_date (p, now_unix);
  return seconds < 0 ? -1 : CLAMP (seconds - now_unix, 0, DAY_S);
}

char *
engine_range_format (gint64 start, gint64 end)
{
  if (end < 0)
    return g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-", start);
  return g_strdup_printf ("bytes=%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, start, end - 1);
}

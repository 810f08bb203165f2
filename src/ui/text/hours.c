/* A time of day as people write it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text/hours.h"

char *
ui_text_dup_hour (int minute)
{
  return g_strdup_printf ("%02d:%02d", minute / 60, minute % 60);
}

/* At most two digits. Returns: -1 where there are none. */
static int
parse_digits (const char **text)
{
  int number = -1;

  for (int i = 0; i < 2 && g_ascii_isdigit (**text); i++)
    number = MAX (number, 0) * 10 + *(*text)++ - '0';
  return number;
}

int
ui_text_parse_hour (const char *text)
{
  int hour, minute = 0;

  while (*text == ' ')
    text++;
  hour = parse_digits (&text);
  if (*text == ':' || *text == '.')
    {
      text++;
      minute = parse_digits (&text);
    }
  while (*text == ' ')
    text++;
  if (*text != '\0' || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return -1;
  return hour * 60 + minute;
}

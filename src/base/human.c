/* Sizes, rates and durations as a person reads them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/human.h"

#include <glib/gi18n.h>

/* The largest unit in which the number is at least 1 after rounding to three
 * figures: 999,999 bytes are `1.00 MB`, never `1000 kB`. */
static int
scale (double *value)
{
  int unit = 0;

  while (*value >= 999.5 && unit < 6)
    {
      *value /= 1000.0;
      unit++;
    }
  return unit;
}

static int
decimals_for_three_figures (double value)
{
  if (value < 9.995)
    return 2;
  if (value < 99.95)
    return 1;
  return 0;
}

char *
base_human_size (gint64 bytes)
{
  static const char *const formats[] = {
    NULL,
    /* Translators: sizes; %.*f is a number such as 1.24 */
    N_ ("%.*f kB"),
    N_ ("%.*f MB"),
    N_ ("%.*f GB"),
    N_ ("%.*f TB"),
    N_ ("%.*f PB"),
    N_ ("%.*f EB"),
  };
  double value = (double) MAX (bytes, 0);
  int unit = scale (&value);

  if (unit == 0)
    return g_strdup_printf (ngettext ("%d byte", "%d bytes", (unsigned long) value), (int) value);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_ (formats[unit]), decimals_for_three_figures (value), value);
#pragma GCC diagnostic pop
}

char *
base_human_rate (double bytes_per_second)
{
  static const char *const formats[] = {
    /* Translators: rates; %.*f is a number such as 3.0 */
    N_ ("%.*f B/s"),  N_ ("%.*f kB/s"), N_ ("%.*f MB/s"), N_ ("%.*f GB/s"),
    N_ ("%.*f TB/s"), N_ ("%.*f PB/s"), N_ ("%.*f EB/s"),
  };
  double value = MAX (bytes_per_second, 0.0);
  int unit = scale (&value);
  int decimals = unit == 0 || value >= 99.95 ? 0 : 1;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_ (formats[unit]), decimals, value);
#pragma GCC diagnostic pop
}

/* Whole days, as many as a text can say. */
static int
days_of (gint64 seconds)
{
  return (int) MIN (seconds / 86400, G_MAXINT);
}

char *
base_human_duration (gint64 seconds)
{
  gint64 s = MAX (seconds, 0);
  int minutes = (int) (s / 60 % 60);
  int hours = (int) (s / 3600 % 24);
  int days = days_of (s);

  if (s < 60)
    /* Translators: a duration in seconds */
    return g_strdup_printf (_ ("%d s"), (int) s);
  if (s < 3600 && s % 60 == 0)
    /* Translators: a duration in minutes */
    return g_strdup_printf (_ ("%d min"), minutes);
  if (s < 3600)
    /* Translators: a duration in minutes and seconds */
    return g_strdup_printf (_ ("%d min %d s"), minutes, (int) (s % 60));
  if (s < 86400 && minutes == 0)
    /* Translators: a duration in hours */
    return g_strdup_printf (_ ("%d h"), hours);
  if (s < 86400)
    /* Translators: a duration in hours and minutes */
    return g_strdup_printf (_ ("%d h %d min"), hours, minutes);
  if (hours == 0 || days == G_MAXINT)
    /* Translators: a duration in days */
    return g_strdup_printf (ngettext ("%d day", "%d days", (unsigned long) days), days);
  /* Translators: a duration in days and hours */
  return g_strdup_printf (ngettext ("%d day %d h", "%d days %d h", (unsigned long) days), days,
                          hours);
}

char *
base_human_ago (gint64 seconds)
{
  gint64 s = MAX (seconds, 0);
  int days = days_of (s);

  if (s < 5)
    return g_strdup (_ ("just now"));
  if (s < 60)
    return g_strdup_printf (_ ("%d s ago"), (int) s);
  if (s < 3600)
    return g_strdup_printf (_ ("%d min ago"), (int) (s / 60));
  if (s < 86400)
    return g_strdup_printf (_ ("%d h ago"), (int) (s / 3600));
  return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (unsigned long) days), days);
}

char *
base_human_ordinal (int n)
{
  int tens = n % 100;

  if (n % 10 == 1 && tens != 11)
    /* Translators: ordinal number as in 1st, 21st */
    return g_strdup_printf (C_ ("ordinal", "%dst"), n);
  if (n % 10 == 2 && tens != 12)
    /* Translators: ordinal number as in 2nd, 22nd */
    return g_strdup_printf (C_ ("ordinal", "%dnd"), n);
  if (n % 10 == 3 && tens != 13)
    /* Translators: ordinal number as in 3rd, 23rd */
    return g_strdup_printf (C_ ("ordinal", "%drd"), n);
  /* Translators: ordinal number as in 4th, 11th */
  return g_strdup_printf (C_ ("ordinal", "%dth"), n);
}

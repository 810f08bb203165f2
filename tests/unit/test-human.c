/* What a person reads of sizes, rates, durations and counts: tables. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/human.h"

static void
test_sizes_keep_three_figures (void)
{
  static const struct
  {
    gint64 bytes;
    const char *text;
  } table[] = {
    { 0, "0 bytes" },
    { 1, "1 byte" },
    { 2, "2 bytes" },
    { 999, "999 bytes" },
    { 1000, "1.00 kB" },
    { 1004, "1.00 kB" },
    { 1005, "1.00 kB" }, /* 1.005 lies just below in binary */
    { 9994, "9.99 kB" },
    { 9995, "10.0 kB" },
    { 18400, "18.4 kB" },
    { 99949, "99.9 kB" },
    { 99950, "100 kB" },
    { 999499, "999 kB" },
    { 999500, "1.00 MB" },
    { 999999, "1.00 MB" },
    { 18400000, "18.4 MB" },
    { 722000000, "722 MB" },
    { 1240000000, "1.24 GB" },
    { 999999999, "1.00 GB" },
    { 4294967296, "4.29 GB" },
    { 1000000000000, "1.00 TB" },
    { 1000000000000000, "1.00 PB" },
    { G_MAXINT64, "9.22 EB" },
    { -1, "0 bytes" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = base_human_size (table[i].bytes);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_rates_keep_their_width (void)
{
  static const struct
  {
    double rate;
    const char *text;
  } table[] = {
    { 0, "0 B/s" },         { 0.4, "0 B/s" },        { 640, "640 B/s" },
    { 999.4, "999 B/s" },   { 999.6, "1.0 kB/s" },   { 1000, "1.0 kB/s" },
    { 99940, "99.9 kB/s" }, { 99960, "100 kB/s" },   { 999499, "999 kB/s" },
    { 999600, "1.0 MB/s" }, { 3000000, "3.0 MB/s" }, { 412000000, "412 MB/s" },
    { 2.5e9, "2.5 GB/s" },  { -5, "0 B/s" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = base_human_rate (table[i].rate);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_durations_say_their_two_largest_units (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } table[] = {
    { 0, "0 s" },
    { 8, "8 s" },
    { 59, "59 s" },
    { 60, "1 min" },
    { 61, "1 min 1 s" },
    { 168, "2 min 48 s" },
    { 3599, "59 min 59 s" },
    { 3600, "1 h" },
    { 3659, "1 h" },
    { 3660, "1 h 1 min" },
    { 18720, "5 h 12 min" },
    { 86399, "23 h 59 min" },
    { 86400, "1 day" },
    { 90000, "1 day 1 h" },
    { 273600, "3 days 4 h" },
    { 172800, "2 days" },
    { -3, "0 s" },
    { G_MAXINT64, "2147483647 days" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = base_human_duration (table[i].seconds);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_ages_are_rough (void)
{
  static const struct
  {
    gint64 seconds;
    const char *text;
  } table[] = {
    { -100, "just now" },   { 0, "just now" },        { 4, "just now" },
    { 5, "5 s ago" },       { 14, "14 s ago" },       { 59, "59 s ago" },
    { 60, "1 min ago" },    { 200, "3 min ago" },     { 3599, "59 min ago" },
    { 3600, "1 h ago" },    { 7300, "2 h ago" },      { 86399, "23 h ago" },
    { 86400, "1 day ago" }, { 432000, "5 days ago" }, { G_MAXINT64, "2147483647 days ago" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = base_human_ago (table[i].seconds);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

static void
test_ordinals_know_the_teens (void)
{
  static const struct
  {
    int n;
    const char *text;
  } table[] = {
    { 1, "1st" },     { 2, "2nd" },     { 3, "3rd" },     { 4, "4th" },     { 10, "10th" },
    { 11, "11th" },   { 12, "12th" },   { 13, "13th" },   { 20, "20th" },   { 21, "21st" },
    { 22, "22nd" },   { 23, "23rd" },   { 101, "101st" }, { 111, "111th" }, { 112, "112th" },
    { 113, "113th" }, { 121, "121st" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = base_human_ordinal (table[i].n);

      g_assert_cmpstr (text, ==, table[i].text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/human/sizes-keep-three-figures", test_sizes_keep_three_figures);
  g_test_add_func ("/human/rates-keep-their-width", test_rates_keep_their_width);
  g_test_add_func ("/human/durations-say-their-two-largest-units",
                   test_durations_say_their_two_largest_units);
  g_test_add_func ("/human/ages-are-rough", test_ages_are_rough);
  g_test_add_func ("/human/ordinals-know-the-teens", test_ordinals_know_the_teens);
  return g_test_run ();
}

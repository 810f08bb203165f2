/* What a person has chosen, and what follows from it; with a memory of settings of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/settings.h"

#include "ui/text/hours.h"

static void
test_hours_are_read_as_people_write_them (void)
{
  static const struct
  {
    const char *text;
    int minute;
  } cases[] = {
    { "8", 480 },    { "08:00", 480 }, { "8.30", 510 }, { " 23:59 ", 1439 }, { "0:00", 0 },
    { "24:00", -1 }, { "8:60", -1 },   { "", -1 },      { "noon", -1 },      { "8:", -1 },
    { ":30", -1 },   { "8:5", 485 },   { "-1", -1 },    { "8:30x", -1 },     { "123", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (ui_text_parse_hour (cases[i].text), ==, cases[i].minute);
}

static void
test_every_minute_is_written_and_read_back (void)
{
  for (int minute = 0; minute < 24 * 60; minute++)
    {
      g_autofree char *text = ui_text_dup_hour (minute);

      g_assert_cmpint (ui_text_parse_hour (text), ==, minute);
    }
}

static void
test_hours_may_go_past_midnight (void)
{
  g_assert_true (ui_settings_is_scheduled (480, 480, 1080));
  g_assert_false (ui_settings_is_scheduled (1080, 480, 1080));
  g_assert_true (ui_settings_is_scheduled (1400, 1320, 360));
  g_assert_true (ui_settings_is_scheduled (0, 1320, 360));
  g_assert_false (ui_settings_is_scheduled (360, 1320, 360));
  g_assert_true (ui_settings_is_scheduled (12, 480, 480));
}

static void
test_the_hour_decides_which_limit_holds (void)
{
  g_autoptr (GSettings) settings = ui_settings_new ();
  EngineLimits limits;

  g_assert_nonnull (settings);
  engine_limits_init (&limits);
  g_settings_set_int64 (settings, "speed-limit", 7000);
  g_settings_set_int64 (settings, "scheduled-limit", 900);
  g_settings_set_int (settings, "scheduled-from", 480);
  g_settings_set_int (settings, "scheduled-to", 1080);
  ui_settings_fill_limits (settings, 600, &limits);
  g_assert_cmpint (limits.max_rate, ==, 7000);
  g_settings_set_boolean (settings, "scheduled-limit-enabled", TRUE);
  ui_settings_fill_limits (settings, 600, &limits);
  g_assert_cmpint (limits.max_rate, ==, 900);
  ui_settings_fill_limits (settings, 1200, &limits);
  g_assert_cmpint (limits.max_rate, ==, 7000);

  ui_settings_set_rate (settings, 600, 0);
  ui_settings_fill_limits (settings, 600, &limits);
  g_assert_cmpint (limits.max_rate, ==, 0);
  g_assert_cmpint (g_settings_get_int64 (settings, "speed-limit"), ==, 7000);
}

static void
test_a_folder_is_used_only_where_it_is_a_place (void)
{
  g_autoptr (GSettings) settings = ui_settings_new ();
  g_autofree char *standard = ui_settings_dup_folder (settings);
  g_autofree char *chosen = NULL;
  g_autofree char *relative = NULL;

  g_assert_true (g_path_is_absolute (standard));
  g_settings_set_string (settings, "folder", "/srv/files");
  chosen = ui_settings_dup_folder (settings);
  g_assert_cmpstr (chosen, ==, "/srv/files");
  g_settings_set_string (settings, "folder", "files");
  relative = ui_settings_dup_folder (settings);
  g_assert_cmpstr (relative, ==, standard);
}

static void
test_a_proxy_has_a_scheme_and_a_host (void)
{
  g_assert_true (ui_settings_is_proxy ("http://127.0.0.1:3128"));
  g_assert_true (ui_settings_is_proxy ("socks5://host:1080"));
  g_assert_true (ui_settings_is_proxy ("https://user:word@host"));
  g_assert_false (ui_settings_is_proxy ("ftp://host"));
  g_assert_false (ui_settings_is_proxy ("host:3128"));
  g_assert_false (ui_settings_is_proxy ("http://"));
  g_assert_false (ui_settings_is_proxy (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/hours-are-read-as-people-write-them",
                   test_hours_are_read_as_people_write_them);
  g_test_add_func ("/settings/every-minute-is-written-and-read-back",
                   test_every_minute_is_written_and_read_back);
  g_test_add_func ("/settings/hours-may-go-past-midnight", test_hours_may_go_past_midnight);
  g_test_add_func ("/settings/the-hour-decides-which-limit-holds",
                   test_the_hour_decides_which_limit_holds);
  g_test_add_func ("/settings/a-folder-is-used-only-where-it-is-a-place",
                   test_a_folder_is_used_only_where_it_is_a_place);
  g_test_add_func ("/settings/a-proxy-has-a-scheme-and-a-host",
                   test_a_proxy_has_a_scheme_and_a_host);
  return g_test_run ();
}

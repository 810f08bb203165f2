/* What may pass, how long to wait for it, and what a server may ask for. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/retry.h"

#include "engine/plan/content-range.h"
#include "engine/plan/error.h"

static void
test_each_status_is_classed (void)
{
  for (int status = 300; status < 700; status++)
    {
      g_autoptr (GError) error = engine_error_new_http (status, NULL);
      gboolean may = status == 408 || status == 425 || status == 429 ||
                     (status >= 500 && status < 600 && status != 501 && status != 505);

      g_assert_true (engine_retry_may_pass (error) == may);
    }
}

static void
test_each_error_is_classed (void)
{
  static const EngineErrorCode passing[] = { ENGINE_ERROR_RESOLVE, ENGINE_ERROR_CONNECT,
                                             ENGINE_ERROR_TIMEOUT, ENGINE_ERROR_CLOSED_EARLY,
                                             ENGINE_ERROR_DAMAGED };

  for (int code = 0; code < ENGINE_N_ERRORS; code++)
    {
      g_autoptr (GError) error = g_error_new (ENGINE_ERROR, code, "999 x");
      gboolean may = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (passing); i++)
        may = may || passing[i] == (EngineErrorCode) code;
      g_assert_true (engine_retry_may_pass (error) == may);
    }
}

static void
test_waits_double_up_to_a_minute_with_full_jitter (void)
{
  static const gint64 bounds[] = { 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000 };

  for (int i = 0; i < (int) G_N_ELEMENTS (bounds); i++)
    {
      g_assert_cmpint (engine_retry_delay_ms (i + 1, 1000, -1, 1.0), ==, bounds[i]);
      g_assert_cmpint (engine_retry_delay_ms (i + 1, 1000, -1, 0.5), ==, bounds[i] / 2);
      g_assert_cmpint (engine_retry_delay_ms (i + 1, 1000, -1, 0.0), ==, 0);
    }
  g_assert_cmpint (engine_retry_delay_ms (1000000, 1000, -1, 1.0), ==, 60000);
  g_assert_cmpint (engine_retry_delay_ms (5, 0, -1, 1.0), ==, 0);
}

static void
test_what_the_server_asks_for_wins (void)
{
  g_assert_cmpint (engine_retry_delay_ms (1, 1000, 7, 0.1), ==, 7000);
  g_assert_cmpint (engine_retry_delay_ms (9, 1000, 0, 0.9), ==, 0);
  g_assert_cmpint (engine_retry_delay_ms (9, 1000, 86400, 0.9), ==, 86400000);
}

static void
test_retry_after_is_seconds_or_a_date (void)
{
  /* 1994-11-06 08:49:37, in the three forms of RFC 9110, 5.6.7. */
  const gint64 then = 784111777;
  const struct
  {
    const char *value;
    gint64 now;
    gint64 seconds;
  } table[] = {
    { "0", 0, 0 },
    { "120", 0, 120 },
    { " 120 ", 0, 120 },
    { "86400", 0, 86400 },
    { "99999999999999999999", 0, 86400 },
    { "4000000", 0, 86400 },
    { "-1", 0, -1 },
    { "", 0, -1 },
    { "soon", 0, -1 },
    { "1.5", 0, -1 },
    { "Sun, 06 Nov 1994 08:49:37 GMT", then - 30, 30 },
    { "Sunday, 06-Nov-94 08:49:37 GMT", then - 30, 30 },
    { "Sun Nov  6 08:49:37 1994", then - 30, 30 },
    { "Sun, 06 Nov 1994 08:49:37 GMT", then + 5, 0 },
    { "Sun, 06 Nov 1994 08:49:37 GMT", 0, 86400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_test_message ("%s", table[i].value);
      g_assert_cmpint (engine_retry_after_parse (table[i].value, table[i].now), ==,
                       table[i].seconds);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/retry/each-status-is-classed", test_each_status_is_classed);
  g_test_add_func ("/retry/each-error-is-classed", test_each_error_is_classed);
  g_test_add_func ("/retry/waits-double-up-to-a-minute-with-full-jitter",
                   test_waits_double_up_to_a_minute_with_full_jitter);
  g_test_add_func ("/retry/what-the-server-asks-for-wins", test_what_the_server_asks_for_wins);
  g_test_add_func ("/retry/retry-after-is-seconds-or-a-date",
                   test_retry_after_is_seconds_or_a_date);
  return g_test_run ();
}

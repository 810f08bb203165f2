/* Which cookies go where. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/cookies.h"

#include "engine/plan/error.h"

static const char file[] = "# Netscape HTTP Cookie File\n"
                           "\n"
                           "example.org\tFALSE\t/\tFALSE\t0\thost\t1\r\n"
                           ".example.org\tTRUE\t/\tFALSE\t2000\tdomain\t2\n"
                           "example.org\tFALSE\t/deep/er\tFALSE\t0\tdeep\t3\n"
                           "example.org\tFALSE\t/\tTRUE\t0\tsafe\t4\n"
                           "#HttpOnly_example.org\tFALSE\t/\tFALSE\t0\tonly\t5=x; y\n"
                           "example.org\tFALSE\t/\tFALSE\t500\told\t6\n"
                           "127.0.0.1\tTRUE\t/\tFALSE\t0\tip\t7\n"
                           "example.org\tFALSE\t/\tFALSE\t0\tempty\n"
                           "what is this\n";

static void
test_match (void)
{
  static const struct
  {
    const char *address;
    const char *header;
  } cases[] = {
    { "http://example.org/", "host=1; domain=2; only=5=x; y; empty=" },
    { "http://EXAMPLE.org:8080", "host=1; domain=2; only=5=x; y; empty=" },
    { "https://example.org/", "host=1; domain=2; safe=4; only=5=x; y; empty=" },
    { "http://example.org/deep/er/x", "deep=3; host=1; domain=2; only=5=x; y; empty=" },
    { "http://example.org/deep/erx", "host=1; domain=2; only=5=x; y; empty=" },
    { "http://www.example.org/", "domain=2" },
    { "http://anexample.org/", NULL },
    { "http://example.org.evil/", NULL },
    { "http://127.0.0.1/", "ip=7" },
    { "http://9.127.0.0.1/", NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (EngineCookies) cookies = engine_cookies_parse (file, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *header = engine_cookies_dup_header (cookies, cases[i].address, 1000);

      g_assert_cmpstr (header, ==, cases[i].header);
    }
}

static void
test_expiry (void)
{
  g_autoptr (EngineCookies) cookies =
      engine_cookies_parse ("h\tFALSE\t/\tFALSE\t2000\ta\tb\n", NULL);
  g_autofree char *before = engine_cookies_dup_header (cookies, "http://h/", 1999);
  g_autofree char *after = engine_cookies_dup_header (cookies, "http://h/", 2000);

  g_assert_cmpstr (before, ==, "a=b");
  g_assert_null (after);
}

static void
test_other_files (void)
{
  static const char *const texts[] = { "a=b; c=d\n", "{\"cookies\":[]}",
                                       "h FALSE / FALSE 0 a b\n" };
  g_autoptr (EngineCookies) empty = engine_cookies_parse ("# nothing\n\n", NULL);

  g_assert_nonnull (empty);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (engine_cookies_parse (texts[i], &error));
      g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_ADDRESS);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cookies/each-goes-to-its-own-addresses-only", test_match);
  g_test_add_func ("/cookies/an-expired-one-is-not-sent", test_expiry);
  g_test_add_func ("/cookies/another-kind-of-file-is-refused", test_other_files);
  return g_test_run ();
}

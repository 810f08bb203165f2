/* Addresses: what is accepted, refused, shown. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/address.h"

#include "engine/plan/error.h"

typedef struct
{
  const char *in;
  const char *out;
} Pair;

static void
test_accepted (void)
{
  static const Pair pairs[] = {
    { "http://example.org", "http://example.org/" },
    { "HTTP://Example.ORG/A", "http://example.org/A" },
    { "  https://example.org/a\n", "https://example.org/a" },
    { "http://example.org:80/a", "http://example.org/a" },
    { "https://example.org:443/a", "https://example.org/a" },
    { "https://example.org:80/a", "https://example.org:80/a" },
    { "http://example.org:0080/a", "http://example.org/a" },
    { "http://example.org/a b", "http://example.org/a%20b" },
    { "http://example.org/ä?ö=ü", "http://example.org/%C3%A4?%C3%B6=%C3%BC" },
    { "http://bücher.example/", "http://xn--bcher-kva.example/" },
    { "http://example.org/a#part", "http://example.org/a" },
    { "http://example.org?q", "http://example.org/?q" },
    { "http://example.org/100%", "http://example.org/100%25" },
    { "http://u:p@example.org/a", "http://u:p@example.org/a" },
    { "http://[::1]:8080/a", "http://[::1]:8080/a" },
    { "http://127.0.0.1/a", "http://127.0.0.1/a" },
    { "http://example.org/a;b=c,d", "http://example.org/a;b=c,d" },
    { "http://example.org/?a=%26&b=%3D", "http://example.org/?a=%26&b=%3D" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *normal = engine_address_normalize (pairs[i].in, &error);
      g_autofree char *again = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (normal, ==, pairs[i].out);
      again = engine_address_normalize (normal, NULL);
      g_assert_cmpstr (again, ==, normal);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "",
    "example.org",
    "ftp://example.org/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:,x",
    "http://",
    "http:///a",
    "http://:80/",
    "http://example.org:0/",
    "http://example.org:65536/",
    "http://example.org:x/",
    "http://exa mple.org/",
    "http://[::1/",
    "http://[localhost]/",
    "http://a@b@example.org/",
    "http://example.org/a\x01",
    "http://example.org/\xff",
    "http:/example.org/a",
    "http://%zz/",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *normal = engine_address_normalize (texts[i], &error);

      g_assert_null (normal);
      g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_ADDRESS);
    }
}

static void
test_shown (void)
{
  static const Pair pairs[] = {
    { "http://u:p@example.org/a@b", "http://example.org/a@b" },
    { "http://u@example.org", "http://example.org" },
    { "http://example.org/?m=a@b", "http://example.org/?m=a@b" },
    { "http://u:p@q@example.org/", "http://example.org/" },
    { "nonsense", "nonsense" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *shown = engine_address_dup_shown (pairs[i].in);

      g_assert_cmpstr (shown, ==, pairs[i].out);
    }
}

static void
test_origin (void)
{
  g_assert_true (engine_address_same_origin ("http://a/x", "http://A:80/y?z"));
  g_assert_true (engine_address_same_origin ("https://u:p@a/x", "https://a:443/"));
  g_assert_false (engine_address_same_origin ("http://a/", "https://a/"));
  g_assert_false (engine_address_same_origin ("http://a/", "http://a:8080/"));
  g_assert_false (engine_address_same_origin ("http://a/", "http://b/"));
  g_assert_false (engine_address_same_origin ("http://a/", "http://a.b/"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/what-browsers-take-is-taken", test_accepted);
  g_test_add_func ("/address/what-cannot-be-fetched-is-refused", test_refused);
  g_test_add_func ("/address/what-is-shown-has-no-credentials", test_shown);
  g_test_add_func ("/address/an-origin-is-scheme-host-and-port", test_origin);
  return g_test_run ();
}

/* Users and passwords from a netrc file. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/netrc.h"

#include "engine/plan/error.h"

static const char file[] = "# mine\n"
                           "machine one.example login me password #secret # not it\n"
                           "machine two.example\n"
                           "  login you\n"
                           "  password \"a \\\"b\\\" c\"\n"
                           "  account none\n"
                           "macdef init\n"
                           "machine evil login x password y\n"
                           "\n"
                           "machine three.example password alone\n"
                           "default login anonymous password guest\n";

static void
test_find (void)
{
  static const struct
  {
    const char *host;
    gboolean allow_default;
    const char *user;
    const char *password;
  } cases[] = {
    { "one.example", FALSE, "me", "#secret" }, { "TWO.example", FALSE, "you", "a \"b\" c" },
    { "three.example", FALSE, NULL, "alone" }, { "other.example", TRUE, "anonymous", "guest" },
    { "evil", TRUE, "anonymous", "guest" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (EngineNetrc) netrc = engine_netrc_parse (file, &error);
  const char *user = NULL;
  const char *password = NULL;

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (
          engine_netrc_find (netrc, cases[i].host, cases[i].allow_default, &user, &password));
      g_assert_cmpstr (user, ==, cases[i].user);
      g_assert_cmpstr (password, ==, cases[i].password);
    }
  g_assert_false (engine_netrc_find (netrc, "other.example", FALSE, &user, &password));
  g_assert_false (engine_netrc_find (netrc, "sub.one.example", FALSE, &user, &password));
}

static void
test_refused (void)
{
  static const char *const texts[] = { "login me", "machine", "machine a login",
                                       "machine a nonsense b" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (engine_netrc_parse (texts[i], &error));
      g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_ADDRESS);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/netrc/each-host-has-its-own", test_find);
  g_test_add_func ("/netrc/what-is-no-netrc-is-refused", test_refused);
  return g_test_run ();
}

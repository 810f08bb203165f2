/* Small files, which are on the disk whole or not at all: nobody is replaced, nothing is left over.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/cli-run.h"
#include "support/hostile-server.h"

#define SIZE 5000

typedef struct
{
  HostileServer *server;
  CliRun *run;
} Fixture;

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->server = hostile_server_start (NULL, &error);
  g_assert_no_error (error);
  f->run = cli_run_new ();
  g_mkdir_with_parents (f->run->folder, 0755);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  hostile_server_stop (f->server);
  cli_run_free (f->run);
}

static void
get (Fixture *f, const char *query)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server, "/bytes/%d/file?%s", SIZE, query);

  g_assert_cmpint (cli_run_get (f->run, address, NULL), ==, 0);
}

static char *
path_of (Fixture *f, const char *name)
{
  return g_build_filename (f->run->folder, name, NULL);
}

static void
put (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = path_of (f, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_names (Fixture *f, const char *expected)
{
  g_autofree char *names = cli_run_dup_names (f->run);

  g_assert_cmpstr (names, ==, expected);
}

static void
assert_text (Fixture *f, const char *name, const char *expected)
{
  g_autofree char *text = cli_run_dup_text (f->run, name);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_mode (Fixture *f, gconstpointer data)
{
  g_autofree char *path = path_of (f, "file");
  mode_t mask = umask (027);
  struct stat facts;

  get (f, "");
  umask (mask);
  cli_run_assert_payload (f->run, "file", &plain, SIZE);
  assert_names (f, "file");
  g_assert_cmpint (stat (path, &facts), ==, 0);
  g_assert_cmpint (facts.st_mode & 07777, ==, 0640);
  g_assert_cmpint (facts.st_nlink, ==, 1);
}

static void
test_taken (Fixture *f, gconstpointer data)
{
  put (f, "file", "mine");
  get (f, "");
  assert_names (f, "file|file (1)");
  assert_text (f, "file", "mine");
  cli_run_assert_payload (f->run, "file (1)", &plain, SIZE);
}

/* Neither what it leads to nor the link itself is written to. */
static void
test_link (Fixture *f, gconstpointer data)
{
  g_autofree char *link = path_of (f, "file");
  g_autofree char *aim = g_build_filename (f->run->root, "elsewhere", NULL);

  g_assert_cmpint (symlink (aim, link), ==, 0);
  get (f, "");
  assert_names (f, "file|file (1)");
  g_assert_false (g_file_test (aim, G_FILE_TEST_EXISTS));
  cli_run_assert_payload (f->run, "file (1)", &plain, SIZE);
}

static void
test_part_of_others (Fixture *f, gconstpointer data)
{
  put (f, "file.part", "another program's");
  get (f, "");
  assert_text (f, "file.part", "another program's");
  assert_names (f, "file (1)|file.part");
  cli_run_assert_payload (f->run, "file (1)", &plain, SIZE);
}

static void
test_same_name_at_once (Fixture *f, gconstpointer data)
{
  g_autofree char *one = hostile_server_dup_address (f->server, "/bytes/%d/file?a", SIZE);
  g_autofree char *two = hostile_server_dup_address (f->server, "/bytes/%d/file?b", SIZE);
  g_autofree char *three = hostile_server_dup_address (f->server, "/bytes/%d/file?c", SIZE);

  g_assert_cmpint (cli_run_get (f->run, "-j", "3", one, two, three, NULL), ==, 0);
  assert_names (f, "file|file (1)|file (2)");
  cli_run_assert_payload (f->run, "file", &plain, SIZE);
  cli_run_assert_payload (f->run, "file (1)", &plain, SIZE);
  cli_run_assert_payload (f->run, "file (2)", &plain, SIZE);
}

/* What came before the cut counts. */
static void
test_cut (Fixture *f, gconstpointer data)
{
  get (f, "cut=1000&when=first:1&etag=e");
  assert_names (f, "file");
  cli_run_assert_payload (f->run, "file", &plain, SIZE);
}

static void
test_slow (Fixture *f, gconstpointer data)
{
  get (f, "rate=20000");
  assert_names (f, "file");
  cli_run_assert_payload (f->run, "file", &plain, SIZE);
}

static void
test_overwrite (Fixture *f, gconstpointer data)
{
  g_autofree char *address = hostile_server_dup_address (f->server, "/bytes/%d/file", SIZE);

  put (f, "file", "mine");
  g_assert_cmpint (cli_run_get (f->run, "--on-conflict", "skip", address, NULL), ==, 0);
  assert_text (f, "file", "mine");
  g_assert_cmpint (cli_run_get (f->run, "--on-conflict", "overwrite", address, NULL), ==, 0);
  assert_names (f, "file");
  cli_run_assert_payload (f->run, "file", &plain, SIZE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/small/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("it-has-the-mode-that-the-umask-leaves-and-nothing-stands-beside-it", test_mode);
  ADD ("a-name-that-is-taken-is-left-alone", test_taken);
  ADD ("a-link-in-its-place-is-not-followed", test_link);
  ADD ("another-programs-part-file-is-left-alone", test_part_of_others);
  ADD ("three-of-one-name-at-once-are-three-files", test_same_name_at_once);
  ADD ("one-that-is-cut-goes-on", test_cut);
  ADD ("one-that-comes-slowly-is-as-right", test_slow);
  ADD ("skipping-and-overwriting-are-as-asked", test_overwrite);
  return g_test_run ();
}

/* `bobbin-cli get`: every option of the contract, seen from both ends. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "support/cli-site.h"

static const HostilePayload plain = HOSTILE_PAYLOAD_INIT;

/* A wrong command line: nothing on standard output, nothing asked, nothing written. */
static void
test_wrong (CliSite *f, gconstpointer data)
{
  static const char *const lines[][6] = {
    { "get" },
    { "get", "--nonsense", "URL" },
    { "get", "-o", "a/b", "URL" },
    { "get", "-o", "..", "URL" },
    { "get", "-o", "", "URL" },
    { "get", "-o", "x", "URL", "URL" },
    { "get", "--checksum", "sha256=00", "URL" },
    { "get", "--checksum", "crc32=00000000", "URL" },
    { "get", "--checksum", "md5=d41d8cd98f00b204e9800998ecf8427e", "URL", "URL" },
    { "get", "-j", "0", "URL" },
    { "get", "-j", "257", "URL" },
    { "get", "-j", "3x", "URL" },
    { "get", "-s", "0", "URL" },
    { "get", "-s", "33", "URL" },
    { "get", "--max-per-host", "0", "URL" },
    { "get", "--timeout", "0", "URL" },
    { "get", "--timeout", "-1", "URL" },
    { "get", "--retries", "-1", "URL" },
    { "get", "--retry-wait", "-1", "URL" },
    { "get", "--retry-wait", "soon", "URL" },
    { "get", "--limit-rate", "fast", "URL" },
    { "get", "--limit-rate-each", "-1", "URL" },
    { "get", "--limit-rate", "1T", "URL" },
    { "get", "--min-segment", "0", "URL" },
    { "get", "--on-conflict", "maybe", "URL" },
    { "get", "--header", "no colon", "URL" },
    { "get", "--header", "A b: c", "URL" },
    { "get", "--header", "A: b\r\nC: d", "URL" },
    { "get", "--user-agent", "a\nb", "URL" },
    { "get", "--proxy", "ftp://127.0.0.1:1", "URL" },
    { "get", "--proxy", "127.0.0.1:1", "URL" },
    { "get", "--cookies", "none-there", "URL" },
    { "get", "--cacert", "none-there", "URL" },
    { "get", "--netrc", "URL" },
    { "get", "--metalink", "none-there" },
    { "get", "-i", "none-there" },
    { "frob" },
    { NULL },
  };
  g_autofree char *address = hostile_server_dup_address (f->server, "/bytes/5/a");

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *words[8] = { NULL };

      for (int j = 0; j < 6 && lines[i][j] != NULL; j++)
        words[j] = strcmp (lines[i][j], "URL") == 0 ? address : lines[i][j];
      g_test_message ("line %d", (int) i);
      g_assert_cmpint (cli_run_any (f->run, words, NULL), ==, 2);
      g_assert_cmpstr (f->run->out, ==, "");
      g_assert_cmpint (strlen (f->run->err), >, 10);
    }
  g_assert_cmpint (hostile_server_count (f->server, NULL), ==, 0);
}

static void
test_help (CliSite *f, gconstpointer data)
{
  static const char *const lines[][3] = { { "--help" }, { "--version" }, { "get", "--help" } };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      const char *words[] = { lines[i][0], lines[i][1], NULL };

      g_assert_cmpint (cli_run_any (f->run, words, NULL), ==, 0);
      g_assert_cmpint (strlen (f->run->out), >, 5);
      g_assert_cmpstr (f->run->err, ==, "");
    }
}

static void
test_input (CliSite *f, gconstpointer data)
{
  g_autofree char *first = hostile_server_dup_address (f->server, "/bytes/3/first");
  g_autofree char *second = hostile_server_dup_address (f->server, "/bytes/4/second");
  g_autofree char *third = hostile_server_dup_address (f->server, "/bytes/5/third");
  g_autofree char *text = g_strdup_printf ("\xef\xbb\xbf# mine\r\n\r\n  %s  \r\n%s", second, third);
  const char *words[] = { "get", "-d", f->run->folder, "-i", "-", first, NULL };

  g_assert_cmpint (cli_run_any (f->run, words, text), ==, 0);
  g_assert_true (g_str_has_prefix (f->run->out, first));
  g_assert_nonnull (strstr (f->run->out, "/second: 4 bytes\n"));
  g_assert_true (g_str_has_suffix (f->run->out, "/third: 5 bytes\n"));
}

/* What else is said on the command line holds for an address from standard input too. */
static void
test_input_options (CliSite *f, gconstpointer data)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server, "/bytes/5/theirs?need=X-Mine:yes");
  const char *words[] = { "get",
                          "-d",
                          f->run->folder,
                          "-i",
                          "-",
                          "-o",
                          "mine",
                          "--header",
                          "X-Mine: yes",
                          "--checksum",
                          "md5=00000000000000000000000000000000",
                          NULL };

  g_assert_cmpint (cli_run_any (f->run, words, address), ==, 1);
  g_assert_nonnull (strstr (f->run->out, "checksum"));
  words[9] = NULL;
  g_assert_cmpint (cli_run_any (f->run, words, address), ==, 0);
  cli_run_assert_payload (f->run, "mine", &plain, 5);
}

static void
test_empty_input (CliSite *f, gconstpointer data)
{
  const char *words[] = { "get", "-i", "-", NULL };

  g_assert_cmpint (cli_run_any (f->run, words, "# nothing\n"), ==, 0);
  g_assert_cmpstr (f->run->out, ==, "");
  g_assert_nonnull (strstr (f->run->err, "(0 downloads, 0 failed)"));
}

static void
test_json (CliSite *f, gconstpointer data)
{
  g_autofree char *good = hostile_server_dup_address (f->server, "/bytes/1000/good");
  g_autofree char *gone = hostile_server_dup_address (f->server, "/gone");
  g_auto (GStrv) lines = NULL;
  g_autofree char *pattern = NULL;

  g_assert_cmpint (cli_run_get (f->run, "--json", good, gone, "x:y", NULL), ==, 1);
  lines = g_strsplit (f->run->out, "\n", -1);
  g_assert_cmpint (g_strv_length (lines), ==, 4);
  pattern = g_strdup_printf (
      "^\\{\"url\":\"%s\",\"status\":\"completed\",\"path\":\"%s/good\",\"bytes\":1000,"
      "\"resumed_from\":0,\"seconds\":[0-9.e-]+,\"connections\":1,\"http_status\":20[06],"
      "\"error\":null\\}$",
      good, f->run->folder);
  g_assert_true (g_regex_match_simple (pattern, lines[0], 0, 0));
  g_assert_true (
      g_regex_match_simple ("\"status\":\"failed\",\"path\":null,\"bytes\":0,.*\"http_status\":404,"
                            "\"error\":\\{\"code\":\"http\",\"message\":\"404 Not Found\"\\}\\}$",
                            lines[1], 0, 0));
  g_assert_true (g_regex_match_simple ("\"url\":\"x:y\",\"status\":\"failed\".*\"http_status\":"
                                       "null,\"error\":\\{\"code\":\"address\"",
                                       lines[2], 0, 0));
}

static void
test_conflicts (CliSite *f, gconstpointer data)
{
  g_autofree char *address = hostile_server_dup_address (f->server, "/bytes/50/a.bin");
  g_autofree char *line = g_strdup_printf ("%s: skipped, a.bin exists", address);
  g_autofree char *names = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *path = g_build_filename (f->run->folder, "a.bin", NULL);

  g_mkdir_with_parents (f->run->folder, 0755);
  g_file_set_contents (path, "mine", -1, NULL);
  g_assert_cmpint (cli_run_get (f->run, "--on-conflict", "skip", address, NULL), ==, 0);
  cli_run_assert_line (f->run, 0, line);
  g_assert_nonnull (strstr (f->run->err, "(1 downloads, 0 failed)"));
  g_assert_cmpint (cli_run_get (f->run, "--json", "--on-conflict", "skip", address, NULL), ==, 0);
  g_assert_nonnull (strstr (f->run->out, "\"status\":\"skipped\""));
  g_assert_cmpint (cli_run_get (f->run, address, NULL), ==, 0);
  g_assert_cmpint (cli_run_get (f->run, address, NULL), ==, 0);
  kept = cli_run_dup_text (f->run, "a.bin");
  g_assert_cmpstr (kept, ==, "mine");
  g_assert_cmpint (cli_run_get (f->run, "--on-conflict", "overwrite", address, NULL), ==, 0);
  cli_run_assert_payload (f->run, "a.bin", &plain, 50);
  cli_run_assert_payload (f->run, "a (2).bin", &plain, 50);
  names = cli_run_dup_names (f->run);
  g_assert_cmpstr (names, ==, "a (1).bin|a (2).bin|a.bin");
}

/* A person's own file that happens to end as ours do. */
static void
test_own_part (CliSite *f, gconstpointer data)
{
  g_autofree char *address = hostile_server_dup_address (f->server, "/bytes/300000/a.bin?etag=a");
  g_autofree char *path = g_build_filename (f->run->folder, "a.bin.part", NULL);
  static const char *const policies[] = { "rename", "overwrite" };

  g_mkdir_with_parents (f->run->folder, 0755);
  g_file_set_contents (path, "mine", -1, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autofree char *text = NULL;

      cli_run_get (f->run, "--on-conflict", policies[i], "--no-resume", address, NULL);
      text = cli_run_dup_text (f->run, "a.bin.part");
      g_assert_cmpstr (text, ==, "mine");
    }
  cli_run_assert_payload (f->run, "a (1).bin", &plain, 300000);
}

/* With its streams closed, what it prints goes nowhere: not into the files that it opens. */
static void
test_closed_streams (CliSite *f, gconstpointer data)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server, "/bytes/3000000/long?rate=1000000&etag=a");
  g_autofree char *command =
      g_strdup_printf ("exec \"$0\" get -q -d downloads '%s' 0<&- 1>&- 2>&-", address);
  const char *argv[] = { "sh", "-c", command, g_getenv ("BOBBIN_CLI"), NULL };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;

  g_subprocess_launcher_set_cwd (launcher, f->run->root);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", f->run->root, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, argv, NULL);
  while (!cli_run_has (f->run, "long.part"))
    g_thread_yield ();
  for (int fd = 0; fd < 3; fd++)
    {
      g_autofree char *link =
          g_strdup_printf ("/proc/%s/fd/%d", g_subprocess_get_identifier (process), fd);
      g_autofree char *to = g_file_read_link (link, NULL);

      g_assert_cmpstr (to, ==, "/dev/null");
    }
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
  cli_run_assert_payload (f->run, "long", &plain, 3000000);
}

/* Twenty at once want one name: each gets its own, and no content is lost. */
static void
test_same_name (CliSite *f, gconstpointer data)
{
  GString *input = g_string_new (NULL);
  const char *words[] = { "get", "-d", f->run->folder, "-j", "20", "-i", "-", NULL };
  g_autofree char *names = NULL;
  gboolean seen[20] = { FALSE };

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *address =
          hostile_server_dup_address (f->server, "/bytes/3000/same.tar.gz?seed=%d", i);

      g_string_append_printf (input, "%s\n", address);
    }
  g_assert_cmpint (cli_run_any (f->run, words, input->str), ==, 0);
  for (int n = 0; n < 20; n++)
    {
      g_autofree char *name =
          n == 0 ? g_strdup ("same.tar.gz") : g_strdup_printf ("same (%d).tar.gz", n);
      g_autofree char *path = g_build_filename (f->run->folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      for (int i = 0; i < 20; i++)
        {
          HostilePayload payload = { .seed = i, .version = 1, .odd_byte = -1 };

          seen[i] |= length == 3000 &&
                     hostile_payload_find_difference (&payload, 0, (guint8 *) bytes, length) < 0;
        }
    }
  for (int i = 0; i < 20; i++)
    g_assert_true (seen[i]);
  names = cli_run_dup_names (f->run);
  g_assert_null (strstr (names, ".part"));
  g_string_free (input, TRUE);
}

static void
test_interrupt (CliSite *f, gconstpointer data)
{
  const int sent = GPOINTER_TO_INT (data);
  g_autofree char *quick = hostile_server_dup_address (f->server, "/bytes/1000/quick");
  g_autofree char *slow =
      hostile_server_dup_address (f->server, "/bytes/4000000/slow?rate=400000&etag=a");
  g_autofree char *line =
      g_strdup_printf ("%s: Error: interrupted, run the same command to go on", slow);
  const char *words[] = { "get", "-d", f->run->folder, "-s", "1", quick, slow, NULL };
  g_autoptr (GSubprocess) process = cli_run_start (f->run, words);

  while (hostile_server_count (f->server, NULL) < 2 || !cli_run_has (f->run, "slow.part") ||
         !cli_run_has (f->run, "quick"))
    g_thread_yield ();
  /* A part file without a byte is not kept. */
  cli_run_wait_for_byte (f->run, "slow.part", 1000);
  g_subprocess_send_signal (process, sent);
  g_assert_cmpint (cli_run_wait (f->run, process), ==, 130);
  cli_run_assert_line (f->run, 1, line);
  g_assert_nonnull (strstr (f->run->err, "(2 downloads, 1 failed)"));
  g_assert_false (cli_run_has (f->run, "slow"));
  g_assert_true (cli_run_has (f->run, "slow.part"));
}

static void
test_headers (CliSite *f, gconstpointer data)
{
  g_autofree char *address = hostile_server_dup_address (f->server, "/echo");
  g_autofree char *text = NULL;

  g_assert_cmpint (cli_run_get (f->run, "--header", "X-One: 1", "--header", "X-Two:2", "--header",
                                "X-One: 3", "--header", "Accept-Encoding: gzip", "--header",
                                "Range: bytes=5-", "--referer", "http://from/", "--user-agent",
                                "Mine/1", address, NULL),
                   ==, 0);
  text = cli_run_dup_text (f->run, "echo");
  g_assert_nonnull (strstr (text, "X-One: 1\n"));
  g_assert_nonnull (strstr (text, "X-One: 3\n"));
  g_assert_nonnull (strstr (text, "X-Two: 2\n"));
  g_assert_nonnull (strstr (text, "Referer: http://from/\n"));
  g_assert_nonnull (strstr (text, "User-Agent: Mine/1\n"));
  g_assert_nonnull (strstr (text, "Accept-Encoding: identity\n"));
  g_assert_null (strstr (text, "bytes=5-"));
}

static void
test_folder (CliSite *f, gconstpointer data)
{
  g_autofree char *address = hostile_server_dup_address (f->server, "/bytes/9/a.sh");
  g_autofree char *deep = g_build_filename (f->run->folder, "not", "there", NULL);
  g_autofree char *path = g_build_filename (deep, "b.sh", NULL);
  const char *words[] = { "get", "-d", deep, "-o", "b.sh", address, NULL };
  GStatBuf status;

  g_assert_cmpint (cli_run_any (f->run, words, NULL), ==, 0);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_size, ==, 9);
  g_assert_cmpint (status.st_mode & 0111, ==, 0);
}

static void
test_no_resume (CliSite *f, gconstpointer data)
{
  g_autofree char *address =
      hostile_server_dup_address (f->server, "/bytes/300000/a?etag=a&cut=200000&when=first:1");
  g_autofree char *address2 =
      hostile_server_dup_address (f->server, "/bytes/300000/b?etag=a&cut=200000&when=first:1");

  g_assert_cmpint (cli_run_get (f->run, "--retries", "0", address, NULL), ==, 1);
  g_assert_cmpint (cli_run_get (f->run, "--json", address, NULL), ==, 0);
  g_assert_nonnull (strstr (f->run->out, "\"resumed_from\":200000"));
  g_assert_cmpint (cli_run_get (f->run, "--retries", "0", address2, NULL), ==, 1);
  g_assert_cmpint (cli_run_get (f->run, "--json", "--no-resume", address2, NULL), ==, 0);
  g_assert_nonnull (strstr (f->run->out, "\"resumed_from\":0"));
  cli_run_assert_payload (f->run, "a", &plain, 300000);
  cli_run_assert_payload (f->run, "b", &plain, 300000);
}

static void
test_retries (CliSite *f, gconstpointer data)
{
  g_autofree char *passing =
      hostile_server_dup_address (f->server, "/bytes/10/a?status=503&when=first:2");
  g_autofree char *lasting = hostile_server_dup_address (f->server, "/bytes/11/b?status=500");

  g_assert_cmpint (cli_run_get (f->run, "--retries", "2", passing, NULL), ==, 0);
  g_assert_cmpint (cli_run_get (f->run, "--retries", "2", lasting, NULL), ==, 1);
  g_assert_cmpint (hostile_server_count (f->server, "/bytes/11/b"), ==, 3);
}

static void
test_state (CliSite *f, gconstpointer data)
{
  g_autofree char *address = hostile_server_dup_address (f->server, "/bytes/10/a");
  g_autofree char *state = g_build_filename (f->run->root, "elsewhere", NULL);
  g_autofree char *standard = g_build_filename (f->run->root, "bobbin", NULL);

  g_assert_cmpint (cli_run_get (f->run, "--state-dir", state, address, NULL), ==, 0);
  g_assert_true (g_file_test (state, G_FILE_TEST_IS_DIR));
  g_assert_false (g_file_test (standard, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/cli-options/" name, CliSite, NULL, cli_site_set_up, func, cli_site_tear_down)
  ADD ("a-wrong-command-line-does-nothing", test_wrong);
  ADD ("help-and-version-go-to-standard-output", test_help);
  ADD ("addresses-come-from-standard-input", test_input);
  ADD ("options-count-for-standard-input-too", test_input_options);
  ADD ("an-empty-input-is-no-error", test_empty_input);
  ADD ("json-has-its-fields-in-order", test_json);
  ADD ("a-taken-name-is-met-by-policy", test_conflicts);
  ADD ("a-persons-own-part-file-is-left-alone", test_own_part);
  ADD ("closed-streams-are-no-place-for-files", test_closed_streams);
  ADD ("twenty-that-want-one-name-get-twenty", test_same_name);
  ADD ("own-headers-are-sent", test_headers);
  ADD ("a-folder-is-made-and-nothing-executable", test_folder);
  ADD ("a-download-goes-on-unless-told-not-to", test_no_resume);
  ADD ("retries-are-counted", test_retries);
  ADD ("the-journal-lives-where-it-is-told", test_state);
  g_test_add ("/cli-options/an-interrupt-says-how-to-go-on", CliSite, GINT_TO_POINTER (SIGINT),
              cli_site_set_up, test_interrupt, cli_site_tear_down);
  g_test_add ("/cli-options/a-termination-does-too", CliSite, GINT_TO_POINTER (SIGTERM),
              cli_site_set_up, test_interrupt, cli_site_tear_down);
  return g_test_run ();
}

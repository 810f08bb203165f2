/* Part files: nobody's bytes but ours, nowhere but in the folder that was chosen. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "engine/disk/part-file.h"
#include "engine/plan/error.h"

typedef struct
{
  char *root;
  char *folder;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->root = g_dir_make_tmp ("bobbin-part-XXXXXX", NULL);
  f->folder = g_build_filename (f->root, "folder", NULL);
  g_assert_cmpint (g_mkdir (f->folder, 0755), ==, 0);
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir =
      g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  remove_all (f->root);
  g_free (f->root);
  g_free (f->folder);
}

static char *
path_of (Fixture *f, const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

static void
put (Fixture *f, const char *name, const char *text)
{
  g_autofree char *path = path_of (f, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
assert_text (Fixture *f, const char *name, const char *expected)
{
  g_autofree char *path = path_of (f, name);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static EnginePartFile *
open_fresh (Fixture *f, const char *name)
{
  g_autoptr (GError) error = NULL;
  EnginePartFile *part = engine_part_file_open (f->folder, name, ENGINE_PART_FRESH, &error);

  g_assert_no_error (error);
  return part;
}

static void
assert_refused (Fixture *f, const char *name, EnginePartMode mode)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (engine_part_file_open (f->folder, name, mode, &error));
  g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_IN_USE);
}

static void
write_text (EnginePartFile *part, const char *text)
{
  g_autoptr (GError) error = NULL;

  engine_part_file_write (part, text, strlen (text), 0, &error);
  g_assert_no_error (error);
}

static char *
finish (EnginePartFile *part, gboolean overwrite, gboolean rename)
{
  g_autoptr (GError) error = NULL;
  char *name = NULL;

  engine_part_file_finish (part, overwrite, rename, &name, &error);
  g_assert_no_error (error);
  return name;
}

static void
test_link (Fixture *f, gconstpointer data)
{
  g_autofree char *part = path_of (f, "a.part");

  put (f, "victim", "");
  g_assert_cmpint (symlink ("victim", part), ==, 0);
  assert_refused (f, "a", ENGINE_PART_FRESH);
  assert_refused (f, "a", ENGINE_PART_RESUME);
  assert_text (f, "victim", "");
}

static void
test_hard_link (Fixture *f, gconstpointer data)
{
  g_autofree char *part = path_of (f, "a.part");
  g_autofree char *victim = path_of (f, "victim");

  put (f, "victim", "");
  g_assert_cmpint (link (victim, part), ==, 0);
  assert_refused (f, "a", ENGINE_PART_FRESH);
  assert_refused (f, "a", ENGINE_PART_RESUME);
}

static void
test_fifo (Fixture *f, gconstpointer data)
{
  g_autofree char *part = path_of (f, "a.part");

  g_assert_cmpint (mkfifo (part, 0600), ==, 0);
  assert_refused (f, "a", ENGINE_PART_FRESH);
  assert_refused (f, "a", ENGINE_PART_RESUME);
}

static void
test_foreign (Fixture *f, gconstpointer data)
{
  put (f, "a.part", "another program's");
  assert_refused (f, "a", ENGINE_PART_FRESH);
  assert_text (f, "a.part", "another program's");
}

/* The folder is moved away and a link to elsewhere put in its place, while the file is open. */
static void
test_swapped (Fixture *f, gconstpointer data)
{
  g_autoptr (EnginePartFile) part = open_fresh (f, "a");
  g_autofree char *moved = g_build_filename (f->root, "moved", NULL);
  g_autofree char *elsewhere = g_build_filename (f->root, "elsewhere", NULL);
  g_autofree char *name = NULL;
  g_autofree char *there = g_build_filename (moved, "a", NULL);

  g_assert_cmpint (g_rename (f->folder, moved), ==, 0);
  g_assert_cmpint (g_mkdir (elsewhere, 0755), ==, 0);
  g_assert_cmpint (symlink (elsewhere, f->folder), ==, 0);
  write_text (part, "whole");
  name = finish (part, TRUE, FALSE);
  g_assert_true (g_file_test (there, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpint (g_rmdir (elsewhere), ==, 0);
}

/* Somebody puts another file in the place of ours: that one gets no final name. */
static void
test_exchanged (Fixture *f, gconstpointer data)
{
  g_autoptr (EnginePartFile) part = open_fresh (f, "a");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = path_of (f, "a.part");
  g_autofree char *name = NULL;

  write_text (part, "whole");
  g_assert_cmpint (g_unlink (path), ==, 0);
  put (f, "a.part", "something else");
  g_assert_false (engine_part_file_sync (part, &error));
  g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY);
  g_clear_error (&error);
  g_assert_false (engine_part_file_finish (part, TRUE, FALSE, &name, &error));
  g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY);
  engine_part_file_discard (part);
  assert_text (f, "a.part", "something else");
}

static void
test_final_link (Fixture *f, gconstpointer data)
{
  g_autoptr (EnginePartFile) part = open_fresh (f, "a");
  g_autofree char *link = path_of (f, "a");
  g_autofree char *name = NULL;

  put (f, "victim", "precious");
  g_assert_cmpint (symlink ("victim", link), ==, 0);
  write_text (part, "whole");
  name = finish (part, FALSE, TRUE);
  g_assert_cmpstr (name, ==, "a (1)");
  assert_text (f, "victim", "precious");
}

static void
test_overwritten_link (Fixture *f, gconstpointer data)
{
  g_autoptr (EnginePartFile) part = open_fresh (f, "a");
  g_autofree char *link = path_of (f, "a");
  g_autofree char *name = NULL;

  put (f, "victim", "precious");
  g_assert_cmpint (symlink ("victim", link), ==, 0);
  write_text (part, "whole");
  name = finish (part, TRUE, FALSE);
  g_assert_false (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_text (f, "a", "whole");
  assert_text (f, "victim", "precious");
}

static void
test_taken (Fixture *f, gconstpointer data)
{
  g_autoptr (EnginePartFile) part = open_fresh (f, "a");
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  put (f, "a", "precious");
  write_text (part, "whole");
  g_assert_false (engine_part_file_finish (part, FALSE, FALSE, &name, &error));
  g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_NAME);
  assert_text (f, "a", "precious");
  assert_text (f, "a.part", "whole");
}

static void
test_mode (Fixture *f, gconstpointer data)
{
  mode_t old = umask (027);
  g_autoptr (EnginePartFile) part = open_fresh (f, "a");
  g_autofree char *path = path_of (f, "a");
  g_autofree char *unfinished = path_of (f, "a.part");
  g_autofree char *name = NULL;
  struct stat facts;

  g_assert_cmpint (g_stat (unfinished, &facts), ==, 0);
  g_assert_cmpint (facts.st_mode & 07777, ==, 0600);
  name = finish (part, FALSE, TRUE);
  g_assert_cmpint (g_stat (path, &facts), ==, 0);
  g_assert_cmpint (facts.st_mode & 07777, ==, 0640);
  umask (old);
}

static void
test_locked (Fixture *f, gconstpointer data)
{
  g_autoptr (EnginePartFile) part = open_fresh (f, "a");
  g_autoptr (EnginePartFile) again = NULL;

  write_text (part, "ours");
  assert_refused (f, "a", ENGINE_PART_FRESH);
  assert_refused (f, "a", ENGINE_PART_RESUME);
  engine_part_file_unlock (part);
  again = engine_part_file_open (f->folder, "a", ENGINE_PART_RESUME, NULL);
  g_assert_nonnull (again);
  g_assert_true (
      engine_file_id_equal (engine_part_file_get_id (part), engine_part_file_get_id (again)));
}

/* Another process is told who has it. */
static void
test_says_who (Fixture *f, gconstpointer data)
{
  g_autoptr (EnginePartFile) part = open_fresh (f, "a");
  g_autofree char *who = g_strdup_printf ("%d", getpid ());
  int status;
  pid_t child;

  write_text (part, "ours");
  child = fork ();
  if (child == 0)
    {
      GError *error = NULL;
      EnginePartFile *other = engine_part_file_open (f->folder, "a", ENGINE_PART_RESUME, &error);

      _exit (other == NULL && strstr (error->message, who) != NULL ? 0 : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static void
test_fresh_is_another (Fixture *f, gconstpointer data)
{
  EnginePartFile *part = open_fresh (f, "a");
  EngineFileId old = *engine_part_file_get_id (part);

  write_text (part, "old");
  engine_part_file_unref (part);
  part = open_fresh (f, "a");
  g_assert_false (engine_file_id_equal (&old, engine_part_file_get_id (part)));
  assert_text (f, "a.part", "");
  engine_part_file_unref (part);
}

/* The system's own, but for a disk whose files have no attributes. */
static gboolean without_attributes;

ssize_t
fgetxattr (int fd, const char *name, void *value, size_t size)
{
  if (!without_attributes)
    return syscall (SYS_fgetxattr, fd, name, value, size);
  errno = ENOTSUP;
  return -1;
}

int
fsetxattr (int fd, const char *name, const void *value, size_t size, int flags)
{
  if (!without_attributes)
    return (int) syscall (SYS_fsetxattr, fd, name, value, size, flags);
  errno = ENOTSUP;
  return -1;
}

/* Where nothing tells whose a part file is, only the one that we know is replaced. */
static void
test_unmarked (Fixture *f, gconstpointer data)
{
  EnginePartFile *part;
  EngineFileId ours;

  without_attributes = TRUE;
  put (f, "a.part", "a person's own");
  assert_refused (f, "a", ENGINE_PART_FRESH);
  assert_text (f, "a.part", "a person's own");
  part = open_fresh (f, "b");
  ours = *engine_part_file_get_id (part);
  write_text (part, "ours");
  engine_part_file_unref (part);
  g_assert_null (engine_part_file_open_in_place_of (f->folder, "a", &ours, NULL));
  part = engine_part_file_open_in_place_of (f->folder, "b", &ours, NULL);
  g_assert_nonnull (part);
  assert_text (f, "b.part", "");
  assert_text (f, "a.part", "a person's own");
  engine_part_file_unref (part);
  without_attributes = FALSE;
}

static void
test_finished_is_found (Fixture *f, gconstpointer data)
{
  EnginePartFile *part = open_fresh (f, "a");
  EngineFileId id = *engine_part_file_get_id (part);
  g_autofree char *name = NULL;
  g_autofree char *found = NULL;
  gint64 size = 0;

  put (f, "a", "another");
  write_text (part, "whole");
  g_assert_null (engine_part_file_find_finished (f->folder, "a", &id, 5, &size));
  name = finish (part, FALSE, TRUE);
  engine_part_file_unref (part);
  found = engine_part_file_find_finished (f->folder, "a", &id, -1, &size);
  g_assert_cmpstr (found, ==, "a (1)");
  g_assert_cmpint (size, ==, 5);
  /* Of another length it is not what was begun. */
  g_assert_null (engine_part_file_find_finished (f->folder, "a", &id, 6, &size));
}

/* An inode's number comes again; its time of birth does not. */
static void
test_number_comes_again (Fixture *f, gconstpointer data)
{
  EnginePartFile *part = open_fresh (f, "a");
  EngineFileId id = *engine_part_file_get_id (part);
  gint64 size;

  engine_part_file_discard (part);
  engine_part_file_unref (part);
  for (int i = 0; i < 20; i++)
    {
      g_autofree char *name = g_strdup_printf ("a (%d)", i);

      put (f, i == 0 ? "a" : name, "stranger");
    }
  g_assert_null (engine_part_file_find_finished (f->folder, "a", &id, -1, &size));
}

static void
test_removed (Fixture *f, gconstpointer data)
{
  EnginePartFile *part = open_fresh (f, "a");
  EngineFileId id = *engine_part_file_get_id (part);
  EngineFileId other = { .inode = id.inode, .born_ns = id.born_ns + 1 };
  g_autofree char *path = path_of (f, "a.part");

  engine_part_file_remove (f->folder, "a", &id);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS)); /* it is in use */
  engine_part_file_unref (part);
  engine_part_file_remove (f->folder, "a", &other);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS)); /* it is another one */
  engine_part_file_remove (f->folder, "a", &id);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_look (Fixture *f, gconstpointer data)
{
  EngineFileId id = { .inode = 1, .volume = 42 };
  g_autofree char *below = g_build_filename (f->folder, "not", "yet", NULL);
  g_autofree char *gone = g_build_filename (f->folder, "gone", NULL);
  g_autoptr (GError) error = NULL;

  /* Where nothing was begun, a folder may be made. */
  g_assert_true (engine_part_file_look (below, NULL, &id, 1, &error));
  g_assert_no_error (error);
  g_assert_false (engine_part_file_look (f->folder, NULL, &id, G_MAXINT64 / 2, &error));
  g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_DISK_FULL);
  g_clear_error (&error);
  /* Where something was, its folder must be there, on the disk that it was on. */
  g_assert_false (engine_part_file_look (gone, "a", &id, 1, &error));
  g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY);
  g_clear_error (&error);
  g_assert_false (engine_part_file_look (f->folder, "a", &id, 1, &error));
  g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY);
}

#define ADD(name, test) g_test_add ("/part-file/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-planted-link-is-not-followed", test_link);
  ADD ("a-planted-hard-link-is-not-written", test_hard_link);
  ADD ("a-planted-fifo-holds-nobody-up", test_fifo);
  ADD ("another-program's-file-is-left-alone", test_foreign);
  ADD ("a-folder-swapped-under-it-leads-nowhere-else", test_swapped);
  ADD ("a-file-put-in-its-place-gets-no-final-name", test_exchanged);
  ADD ("a-link-under-the-final-name-is-a-taken-name", test_final_link);
  ADD ("overwriting-replaces-a-link-and-not-what-it-leads-to", test_overwritten_link);
  ADD ("a-taken-name-is-refused-and-nothing-lost", test_taken);
  ADD ("a-finished-file-has-the-mode-of-the-umask-and-no-execute-bit", test_mode);
  ADD ("it-is-open-once", test_locked);
  ADD ("another-process-is-told-who-has-it", test_says_who);
  ADD ("a-fresh-one-is-another-file", test_fresh_is_another);
  ADD ("where-files-have-no-attributes-only-the-known-one-is-replaced", test_unmarked);
  ADD ("what-got-its-final-name-is-found-by-what-it-is", test_finished_is_found);
  ADD ("a-stranger-with-the-same-number-is-not-taken-for-it", test_number_comes_again);
  ADD ("only-the-very-file-is-removed", test_removed);
  ADD ("looking-says-whether-it-could-go-on", test_look);
  return g_test_run ();
}

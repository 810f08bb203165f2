/* A checksum that follows a file: it keeps up, ends right, and stops when it is told to. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <stdatomic.h>
#include <string.h>

#include "engine/plan/error.h"
#include "engine/run/tally.h"

#define MIB (1024 * 1024)
#define SIZE (24 * MIB)

typedef struct
{
  char *folder;
  EnginePartFile *part;
  guint8 *bytes;
  _Atomic gint64 reach; /* what the tally is told */
  _Atomic gint64 asked; /* how often it has asked */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->folder = g_dir_make_tmp ("bobbin-tally-XXXXXX", NULL);
  f->part = engine_part_file_open (f->folder, "f", ENGINE_PART_FRESH, &error);
  g_assert_no_error (error);
  f->bytes = g_malloc (SIZE);
  for (gsize i = 0; i < SIZE; i++)
    f->bytes[i] = (guint8) (i * 2654435761u >> 13);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  engine_part_file_discard (f->part);
  engine_part_file_unref (f->part);
  g_rmdir (f->folder);
  g_free (f->folder);
  g_free (f->bytes);
}

static gint64
get_reach (gpointer user_data)
{
  Fixture *f = user_data;

  f->asked++;
  return f->reach;
}

static void
write_up_to (Fixture *f, gint64 end)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
      engine_part_file_write (f->part, f->bytes + f->reach, end - f->reach, f->reach, &error));
  g_assert_no_error (error);
  f->reach = end;
}

static void
assert_digest (EngineTally *tally, Fixture *f, GChecksumType kind, gint64 size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = g_compute_checksum_for_data (kind, f->bytes, size);
  g_autofree char *digest = engine_tally_end (tally, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (digest, ==, expected);
}

static void
test_it_ends_right_in_every_kind (Fixture *f, gconstpointer data)
{
  static const GChecksumType kinds[] = { G_CHECKSUM_MD5, G_CHECKSUM_SHA1, G_CHECKSUM_SHA256,
                                         G_CHECKSUM_SHA384, G_CHECKSUM_SHA512 };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      EngineTally *tally = engine_tally_begin (f->part, kinds[i], get_reach, f);

      g_assert_cmpint (engine_tally_get_kind (tally), ==, kinds[i]);
      write_up_to (f, (i + 1) * 700001);
      assert_digest (tally, f, kinds[i], (i + 1) * 700001);
    }
}

static void
test_nothing_has_the_digest_of_nothing (Fixture *f, gconstpointer data)
{
  assert_digest (engine_tally_begin (f->part, G_CHECKSUM_SHA256, get_reach, f), f,
                 G_CHECKSUM_SHA256, 0);
}

/* Bytes beyond the reach may be wrong yet: another connection has not written them. */
static void
test_it_reads_nothing_beyond_its_reach (Fixture *f, gconstpointer data)
{
  EngineTally *tally;
  g_autofree guint8 *wrong = g_malloc0 (MIB);
  gint64 asked;

  g_assert_true (engine_part_file_write (f->part, wrong, MIB, MIB, NULL));
  tally = engine_tally_begin (f->part, G_CHECKSUM_SHA256, get_reach, f);
  write_up_to (f, MIB);
  asked = f->asked;
  while (f->asked < asked + 5)
    g_thread_yield ();
  write_up_to (f, 2 * MIB);
  assert_digest (tally, f, G_CHECKSUM_SHA256, 2 * MIB);
}

/* What is left at the end is counted, not timed: it has caught up before the last byte comes. */
static void
test_it_keeps_up (Fixture *f, gconstpointer data)
{
  EngineTally *tally = engine_tally_begin (f->part, G_CHECKSUM_SHA256, get_reach, f);

  for (gint64 end = MIB; end < SIZE; end += MIB)
    {
      write_up_to (f, end);
      while (engine_tally_get_position (tally) < end)
        g_thread_yield ();
    }
  g_assert_cmpint (engine_tally_get_position (tally), ==, SIZE - MIB);
  write_up_to (f, SIZE);
  assert_digest (tally, f, G_CHECKSUM_SHA256, SIZE);
}

static void
test_it_stops_in_the_middle (Fixture *f, gconstpointer data)
{
  EngineTally *tally = engine_tally_begin (f->part, G_CHECKSUM_SHA512, get_reach, f);

  write_up_to (f, SIZE);
  engine_tally_stop (tally);
}

static void
test_what_is_not_wanted_any_more_has_no_digest (Fixture *f, gconstpointer data)
{
  EngineTally *tally = engine_tally_begin (f->part, G_CHECKSUM_SHA256, get_reach, f);
  g_autoptr (GError) error = NULL;

  write_up_to (f, MIB);
  f->reach = -1;
  g_assert_null (engine_tally_end (tally, &error));
  g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_CANCELLED);
}

/* The file is shorter than it should be: somebody has cut it. */
static void
test_a_file_that_was_cut_has_no_digest (Fixture *f, gconstpointer data)
{
  EngineTally *tally = engine_tally_begin (f->part, G_CHECKSUM_SHA256, get_reach, f);
  g_autoptr (GError) error = NULL;

  f->reach = MIB;
  g_assert_null (engine_tally_end (tally, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/tally/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("it-ends-right-in-every-kind", test_it_ends_right_in_every_kind);
  ADD ("nothing-has-the-digest-of-nothing", test_nothing_has_the_digest_of_nothing);
  ADD ("it-reads-nothing-beyond-its-reach", test_it_reads_nothing_beyond_its_reach);
  ADD ("it-keeps-up", test_it_keeps_up);
  ADD ("it-stops-in-the-middle", test_it_stops_in_the_middle);
  ADD ("what-is-not-wanted-any-more-has-no-digest", test_what_is_not_wanted_any_more_has_no_digest);
  ADD ("a-file-that-was-cut-has-no-digest", test_a_file_that_was_cut_has_no_digest);
  return g_test_run ();
}

/* The power is cut: what was written and not synced is there, or not, or in part, in any order.
 *
 * Real runs of the program are recorded, with all that they and SQLite do to files, and replayed up
 * to hundreds of points. At each the disk is put together as it might then be found, and opened as
 * after a start of the machine: the journal is sound, what it believes is right, nothing that was
 * asked for is missing, and what has a final name is whole.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "engine/disk/boot.h"
#include "disk-model.h"
#include "scene.h"

#define SIZE (3 * 1024 * 1024 + 77)
#define CUTS 250 /* of each of the two runs */
#define SEED 5

typedef struct
{
  const char *connections;
  const char *query;
  int size;
  int cuts;     /* at least */
  int believed; /* more than so many bytes are kept by one of the cuts, or else it was for nothing:
                   what is synced must be believed */
} Plan;

static GRand *dice;

/* What the journal's thread has read. */
typedef struct
{
  GAsyncQueue *records;
  char *notice;
} Loaded;

static void
loaded_cb (
    GPtrArray *records, gboolean last, const char *notice, const GError *error, gpointer user_data)
{
  Loaded *loaded = user_data;

  g_assert_no_error (error);
  loaded->notice = g_strdup (notice);
  g_async_queue_push (loaded->records, records);
}

static void
trouble_cb (const GError *error, gpointer user_data)
{
  g_assert_no_error (error);
}

static void
check_ranges (Scene *scene, const EngineRecord *record)
{
  HostilePayload payload = { .seed = SEED, .version = 1, .odd_byte = -1 };
  g_autofree char *part = g_build_filename (scene->folder, "file.part", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  /* Without its file, it begins anew. */
  if (record->done->len == 0 || !g_file_get_contents (part, &bytes, &length, NULL))
    return;
  for (guint i = 0; i < record->done->len; i++)
    {
      const EngineRange *range = &g_array_index (record->done, EngineRange, i);

      g_assert_cmpint (range->end, <=, length);
      g_assert_cmpint (hostile_payload_find_difference (&payload, range->start,
                                                        (guint8 *) bytes + range->start,
                                                        range->end - range->start),
                       ==, -1);
    }
}

/* Opened as after a start of the machine. @rows: how many there must be, -1: nobody can say. */
static gint64
check (Scene *scene, int size, int rows)
{
  const EngineJournalListener listener = { loaded_cb, trouble_cb };
  Loaded loaded = { .records = g_async_queue_new () };
  g_autofree char *final = g_build_filename (scene->folder, "file", NULL);
  g_autoptr (GPtrArray) records = NULL;
  EngineJournal *journal = engine_journal_open (scene->state, FALSE, &listener, &loaded);
  gint64 believed = 0;

  records = g_async_queue_pop (loaded.records);
  engine_journal_close (journal);
  g_assert_cmpstr (loaded.notice, ==, NULL);
  if (rows >= 0)
    g_assert_cmpint (records->len, ==, rows);
  for (guint i = 0; i < records->len; i++)
    {
      check_ranges (scene, g_ptr_array_index (records, i));
      believed += ((EngineRecord *) g_ptr_array_index (records, i))->received;
    }
  if (g_file_test (final, G_FILE_TEST_EXISTS))
    scene_assert_file (scene, "file", SEED, size);
  g_async_queue_unref (loaded.records);
  return believed;
}

static GPtrArray *
read_ops (const char *bytes, gsize length)
{
  GPtrArray *ops = g_ptr_array_new ();
  gsize at = 0;

  while (at < length)
    {
      Op *op = g_new0 (Op, 1);

      memcpy (&op->head, bytes + at, sizeof op->head);
      op->path = g_strndup (bytes + at + sizeof op->head, op->head.path_length);
      op->data = (const guint8 *) bytes + at + sizeof op->head + op->head.path_length;
      at += sizeof op->head + op->head.path_length + op->head.data_length;
      g_ptr_array_add (ops, op);
    }
  g_assert_cmpint (at, ==, length);
  return ops;
}

/* Runs the program under the recorder. Returns: the log. */
static char *
record_run (Scene *scene, const char *const *arguments, gsize *length)
{
  g_autofree char *path = g_build_filename (scene->root, "log", NULL);
  char *bytes = NULL;

  g_setenv ("BOBBIN_RECORD", path, TRUE);
  g_setenv ("BOBBIN_RECORD_ROOT", scene->root, TRUE);
  g_setenv ("LD_PRELOAD", g_getenv ("BOBBIN_RECORDER"), TRUE);
  g_assert_cmpint (scene_wait (scene, scene_start (scene, NULL, arguments)), ==, 0);
  g_unsetenv ("LD_PRELOAD");
  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  return bytes;
}

/* Between the part file's making and its renaming the download was asked for, and is not yet done
 * with. */
static int
count_rows (const Op *op, int rows)
{
  if (op->head.kind == RECORD_CREATE && g_str_has_suffix (op->path, ".part"))
    return 1;
  return op->head.kind == RECORD_RENAME ? -1 : rows;
}

static void
replay (Scene *scene, const Plan *plan, GPtrArray *ops)
{
  Disk *disk = disk_new (dice);
  gint64 most_believed = 0;
  int rows = -1;
  int cuts = 0;
  guint step = MAX (1, ops->len * N_KINDS / CUTS);

  for (guint i = 0; i < ops->len; i++)
    {
      const Op *op = g_ptr_array_index (ops, i);
      gboolean is_telling = op->head.kind >= RECORD_SYNC || i + 60 > ops->len;

      disk_do (disk, op);
      rows = count_rows (op, rows);
      if (i % step != 0 && !(is_telling && g_rand_boolean (dice)))
        continue;
      for (Kindness kindness = 0; kindness < N_KINDS; kindness++, cuts++)
        {
          gint64 believed;

          scene_clear (scene);
          g_assert_cmpint (g_mkdir (scene->state, 0700), ==, 0);
          disk_put_together (disk, kindness, scene->root);
          believed = check (scene, plan->size, rows);
          most_believed = MAX (most_believed, believed);
        }
    }
  g_test_message ("%u steps, %d cuts, at most %" G_GINT64_FORMAT " bytes were kept", ops->len, cuts,
                  most_believed);
  g_assert_cmpint (cuts, >=, plan->cuts);
  g_assert_cmpint (most_believed, >, plan->believed);
  disk_free (disk);
}

/* Long enough for a sync on the way; with a first try that fails; and over in a moment. */
static const Plan long_one = { "2", "rate=130000", SIZE, CUTS, SIZE / 4 };
static const Plan failed_try = { "8", "cut=1500000&when=first:1", SIZE, CUTS, SIZE / 4 };
static const Plan small_one = { "1", "", 5000, CUTS / 2, -1 };

static void
test_cut (gconstpointer data)
{
  const Plan *plan = data;
  g_autoptr (Scene) scene = scene_new ();
  g_autofree char *address =
      hostile_server_dup_address (scene->server, "/bytes/%d/file?seed=%d&etag=e&%s", plan->size,
                                  SEED, plan->query);
  const char *arguments[] = { "-s", plan->connections, "--min-segment", "64K", address, NULL };
  g_autofree char *log = NULL;
  gsize length = 0;
  GPtrArray *ops;

  log = record_run (scene, arguments, &length);
  scene_assert_file (scene, "file", SEED, plan->size);
  g_setenv ("BOBBIN_BOOT", "the next run of the machine", TRUE);
  ops = read_ops (log, length);
  replay (scene, plan, ops);
  for (guint i = 0; i < ops->len; i++)
    {
      g_free (((Op *) g_ptr_array_index (ops, i))->path);
      g_free (g_ptr_array_index (ops, i));
    }
  g_ptr_array_unref (ops);
  g_unsetenv ("BOBBIN_BOOT");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  dice = g_rand_new_with_seed (g_test_rand_int ());
  g_test_add_data_func ("/power-cut/a-long-download", &long_one, test_cut);
  g_test_add_data_func ("/power-cut/a-download-with-a-failed-try", &failed_try, test_cut);
  g_test_add_data_func ("/power-cut/a-small-file", &small_one, test_cut);
  status = g_test_run ();
  g_rand_free (dice);
  return status;
}

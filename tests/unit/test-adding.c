/* What comes into the list, goes from it and comes back: in portions and runs, so that ten
 * thousand rows hold up nobody, and kept before it is shown. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "base/thread.h"
#include "engine/model/engine-private.h"

#define MANY 10000
#define PORTION 500

typedef struct
{
  Engine *engine;
  char *state_dir;
  GPtrArray *added; /* nullable, what was said to be in the list */
  GError *error;
  gboolean stopped;
  guint most;    /* rows that came or went in one change */
  guint changes; /* of the list */
} Fixture;

static void
changed_cb (GListModel *list, guint position, guint removed, guint added, Fixture *f)
{
  f->most = MAX (f->most, MAX (removed, added));
  f->changes++;
}

static void
open_engine (Fixture *f)
{
  EngineLimits limits;

  engine_limits_init (&limits);
  f->engine = engine_new (f->state_dir, NULL, &limits);
  g_signal_connect (engine_get_list (f->engine), "items-changed", G_CALLBACK (changed_cb), f);
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *f = user_data;

  engine_stop_finish (f->engine, result, NULL);
  f->stopped = TRUE;
}

static void
close_engine (Fixture *f)
{
  f->stopped = FALSE;
  engine_stop_async (f->engine, stopped_cb, f);
  while (!f->stopped)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&f->engine);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->state_dir = g_dir_make_tmp ("bobbin-adding-XXXXXX", NULL);
  open_engine (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (f->engine != NULL)
    close_engine (f);
  g_clear_pointer (&f->added, g_ptr_array_unref);
  g_clear_error (&f->error);
  dir = g_dir_open (f->state_dir, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->state_dir, name, NULL);

      g_remove (path);
    }
  g_rmdir (f->state_dir);
  g_free (f->state_dir);
}

static void
added_cb (GPtrArray *downloads, const GError *error, gpointer user_data)
{
  Fixture *f = user_data;

  f->error = error != NULL ? g_error_copy (error) : NULL;
  f->added = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < downloads->len; i++)
    g_ptr_array_add (f->added, g_object_ref (downloads->pdata[i]));
}

/* Adds @n paused ones, of which each thousandth has an address that cannot be used. */
static void
add (Fixture *f, int n)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);

  for (int i = 0; i < n; i++)
    {
      g_autofree char *address =
          g_strdup_printf ("%s://example.org/%d", i % 1000 == 999 ? "gopher" : "HTTP", i);
      EngineSpec *spec = engine_spec_new (address, f->state_dir);

      spec->paused = TRUE;
      g_ptr_array_add (specs, spec);
    }
  engine_add (f->engine, specs, added_cb, f);
}

static void
run_until_added (Fixture *f)
{
  while (f->added == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static guint
get_length (Fixture *f)
{
  return g_list_model_get_n_items (engine_get_list (f->engine));
}

/* All of them, in the order in which they were given. */
static void
assert_list (Fixture *f, guint n)
{
  g_assert_cmpint (get_length (f), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (EngineDownload) download = g_list_model_get_item (engine_get_list (f->engine), i);
      gboolean usable = i % 1000 != 999;
      g_autofree char *address =
          g_strdup_printf ("%s://example.org/%u", usable ? "http" : "gopher", i);

      g_assert_cmpstr (engine_download_get_address (download), ==, address);
      g_assert_cmpint (engine_download_get_state (download), ==,
                       usable ? ENGINE_STATE_PAUSED : ENGINE_STATE_FAILED);
    }
}

static void
test_portions (Fixture *f, gconstpointer data)
{
  add (f, MANY);
  run_until_added (f);
  g_assert_no_error (f->error);
  g_assert_cmpint (f->added->len, ==, MANY);
  g_assert_cmpint (f->most, ==, PORTION);
  assert_list (f, MANY);
  close_engine (f);
  open_engine (f);
  while (!engine_is_loaded (f->engine))
    g_main_context_iteration (NULL, TRUE);
  assert_list (f, MANY);
}

/* Whoever asks may let go of, or change, what they gave. */
static void
test_shared (Fixture *f, gconstpointer data)
{
  GPtrArray *specs = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);
  EngineSpec *spec = engine_spec_new ("http://example.org/one", f->state_dir);

  spec->paused = TRUE;
  g_ptr_array_add (specs, spec);
  engine_add (f->engine, g_ptr_array_ref (specs), added_cb, f);
  run_until_added (f);
  g_assert_cmpint (f->added->len, ==, 1);
  g_assert_cmpstr (spec->address, ==, "http://example.org/one");
  g_ptr_array_unref (specs);
}

static void
test_runs (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) some = g_ptr_array_new ();

  add (f, MANY);
  run_until_added (f);
  /* Two runs, said from the end and mixed. */
  for (int i = MANY - 1; i >= 0; i -= 2)
    if (i < 4000 || i >= 6000)
      g_ptr_array_add (some, f->added->pdata[i]);
  for (int i = 0; i < MANY; i += 2)
    if (i < 4000 || i >= 6000)
      g_ptr_array_add (some, f->added->pdata[i]);
  f->changes = f->most = 0;
  engine_remove (f->engine, some);
  g_assert_cmpint (get_length (f), ==, 2000);
  g_assert_cmpint (f->changes, ==, 2);
  engine_restore (f->engine, some);
  g_assert_cmpint (f->changes, ==, 4);
  g_assert_cmpint (f->most, ==, 4000);
  assert_list (f, MANY);
}

/* Of two connections that leave at once, the one that is not the last may be told of last. */
static void
test_late (Fixture *f, gconstpointer data)
{
  EngineDownload *download;

  add (f, 1);
  run_until_added (f);
  download = f->added->pdata[0];
  for (int removed = 0; removed < 2; removed++)
    {
      EngineTransfer *transfer =
          engine_transfer_new (engine_make_order (f->engine, download), f->engine->events,
                               engine_pool_get_throttle (f->engine->pool));
      EngineEvent *event = engine_event_new (ENGINE_EVENT_LEFT, transfer);

      event->snapshot.received = 17;
      if (removed)
        engine_remove (f->engine, f->added);
      engine_event_cb (event, f->engine);
      g_assert_cmpint (engine_download_get_received (download), ==, 0);
      engine_transfer_unref (transfer);
    }
}

static void
test_stopping (Fixture *f, gconstpointer data)
{
  while (!engine_is_loaded (f->engine))
    g_main_context_iteration (NULL, TRUE);
  f->stopped = FALSE;
  engine_stop_async (f->engine, stopped_cb, f);
  add (f, 1);
  run_until_added (f);
  g_assert_error (f->error, ENGINE_ERROR, ENGINE_ERROR_JOURNAL);
  g_assert_cmpint (f->added->len, ==, 0);
  while (!f->stopped)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&f->engine);
}

#define ADD(name, test) g_test_add ("/adding/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  base_thread_claim_main ();
  engine_prepare_process ();
  g_test_init (&argc, &argv, NULL);
  ADD ("ten-thousand-come-in-portions-in-order-and-are-there-after-a-restart", test_portions);
  ADD ("what-was-given-stays-the-giver's", test_shared);
  ADD ("neighbours-go-and-come-back-together", test_runs);
  ADD ("who-leaves-late-changes-nothing", test_late);
  ADD ("when-it-is-being-closed-that-is-said", test_stopping);
  return g_test_run ();
}

/* `bobbin-cli get`: add all, wait, print each result in its turn. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/get.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>

#include "base/clock.h"
#include "cli/get-options.h"
#include "cli/progress.h"
#include "cli/report.h"

typedef struct
{
  CliGetOptions options;
  Engine *engine;
  GMainLoop *loop;
  gint64 start_us;

  GPtrArray *downloads; /* owned; the download of each address, NULL until it is in the list */
  GHashTable *taken;    /* owned; downloads that an address of ours already goes on with */
  guint printed;        /* results so far, in order */
  guint failed;
  GPtrArray *adding; /* additions that the journal has not answered; none owned */
  CliProgress *progress;
  gboolean interrupted;
  gboolean stopping;
  GError *trouble;  /* owned */
  gboolean refused; /* the journal cannot be used: nothing was begun */
  gboolean unadded; /* some could not be put into the journal */
} Get;

static EngineDownload *
download_at (Get *get, guint i)
{
  return g_ptr_array_index (get->downloads, i);
}

static const char *
item_address (Get *get, guint i)
{
  return ((const CliItem *) g_ptr_array_index (get->options.items, i))->address;
}

static void
stopped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Get *get = user_data;

  engine_stop_finish (get->engine, result, NULL);
  g_main_loop_quit (get->loop);
}

/* What leads nowhere any more has no place in the list of what can go on. */
static void
tidy_list (Get *get)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  for (guint i = 0; i < get->downloads->len; i++)
    {
      EngineDownload *download = download_at (get, i);

      if (download == NULL)
        continue;
      /* After an interruption the same command goes on: it must find what is complete. */
      if ((engine_download_get_state (download) == ENGINE_STATE_COMPLETED && !get->interrupted &&
           engine_download_is_for_command (download)) ||
          (engine_download_get_state (download) == ENGINE_STATE_FAILED &&
           engine_download_get_received (download) == 0))
        g_ptr_array_add (gone, download);
    }
  engine_remove (get->engine, gone);
}

static void
stop (Get *get)
{
  if (get->stopping)
    return;
  get->stopping = TRUE;
  tidy_list (get);
  engine_stop_async (get->engine, stopped_cb, get);
}

/* Prints what is known, up to the first address that is not. */
static void
print_ready (Get *get)
{
  while (get->printed < get->downloads->len)
    {
      EngineDownload *download = download_at (get, get->printed);

      if (download == NULL || !engine_state_is_ended (engine_download_get_state (download)))
        break;
      cli_progress_set_ended (get->progress, get->printed + 1);
      get->failed += cli_report_failed (download);
      cli_report_print (item_address (get, get->printed), download, FALSE, get->options.json);
      get->printed++;
    }
  if (get->printed == get->downloads->len && get->adding->len == 0)
    stop (get);
}

static void
finished_cb (Engine *engine, EngineDownload *download, gpointer user_data)
{
  print_ready (user_data);
}

static void
trouble_cb (Engine *engine, const GError *error, gpointer user_data)
{
  Get *get = user_data;

  g_clear_error (&get->trouble);
  get->trouble = g_error_copy (error);
}

static gboolean
interrupt_cb (gpointer user_data)
{
  Get *get = user_data;

  if (get->interrupted)
    return G_SOURCE_CONTINUE;
  get->interrupted = TRUE;
  engine_pause_all (get->engine);
  stop (get);
  return G_SOURCE_CONTINUE;
}

/* A Metalink's own words count where the command line says nothing. */
static void
add_metalink (EngineSpec *spec, const EngineMetalinkFile *file)
{
  g_autoptr (GPtrArray) mirrors = g_ptr_array_new ();

  if (spec->name == NULL)
    spec->name = g_strdup (file->name);
  if (spec->checksum == NULL)
    spec->checksum = g_strdup (file->checksum);
  for (guint i = 1; i < file->addresses->len; i++)
    g_ptr_array_add (mirrors, g_ptr_array_index (file->addresses, i));
  g_ptr_array_add (mirrors, NULL);
  spec->mirrors = g_strdupv ((char **) mirrors->pdata);
  spec->size = file->size;
  spec->pieces = file->pieces != NULL ? engine_pieces_ref (file->pieces) : NULL;
}

static EngineSpec *
make_spec (Get *get, const CliItem *item)
{
  const CliGetOptions *options = &get->options;
  EngineSpec *spec = engine_spec_new (item->address, options->directory);

  spec->name = g_strdup (options->output);
  spec->checksum = g_strdup (options->checksum);
  spec->cookies = options->cookies != NULL ? engine_cookies_ref (options->cookies) : NULL;
  spec->netrc = options->netrc != NULL ? engine_netrc_ref (options->netrc) : NULL;
  spec->find_checksum = options->find_checksum;
  spec->referrer = g_strdup (options->referrer);
  spec->user = g_strdup (options->user);
  spec->password = g_strdup (options->password);
  spec->headers = g_strdupv (options->headers);
  spec->on_conflict = options->on_conflict;
  spec->no_resume = options->no_resume;
  if (item->file != NULL)
    add_metalink (spec, item->file);
  return spec;
}

/* A download of the same address, folder and name that was interrupted. */
static EngineDownload *
find_partial (Get *get, const EngineSpec *spec)
{
  EngineDownload *download = engine_find_unfinished (get->engine, spec);

  return download != NULL && g_hash_table_add (get->taken, download) ? download : NULL;
}

typedef struct
{
  Get *get;
  GArray *places; /* owned (element-type guint): which addresses these are */
} Adding;

static void
added_cb (GPtrArray *downloads, const GError *error, gpointer user_data)
{
  Adding *adding = user_data;
  Get *get = adding->get;

  for (guint i = 0; i < downloads->len; i++)
    get->downloads->pdata[g_array_index (adding->places, guint, i)] =
        g_object_ref (g_ptr_array_index (downloads, i));
  g_ptr_array_remove_fast (get->adding, adding);
  if (error != NULL)
    {
      trouble_cb (get->engine, error, get);
      get->unadded = TRUE;
      stop (get);
    }
  g_array_unref (adding->places);
  g_free (adding);
  /* What went on from an earlier run may all be complete by now. */
  if (error == NULL)
    print_ready (get);
}

/* Adds what stands at place @first and after it, or goes on with it. */
static void
add_all (Get *get, guint first, GPtrArray *specs /* of EngineSpec */)
{
  GPtrArray *fresh = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);
  Adding *adding = g_new0 (Adding, 1);

  adding->get = get;
  adding->places = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < specs->len; i++)
    {
      const EngineSpec *spec = g_ptr_array_index (specs, i);
      EngineDownload *partial = find_partial (get, spec);
      guint place = first + i;

      if (partial != NULL)
        {
          get->downloads->pdata[place] = g_object_ref (partial);
          engine_go_on (get->engine, partial, spec);
          continue;
        }
      g_array_append_val (adding->places, place);
      g_ptr_array_add (fresh, engine_spec_copy (spec));
    }
  g_ptr_array_add (get->adding, adding);
  engine_add (get->engine, fresh, added_cb, adding);
}

/* What is behind @place moves back by @n. */
static void
make_room (Get *get, guint place, guint n)
{
  for (guint i = 0; i < n; i++)
    g_ptr_array_insert (get->downloads, place, NULL);
  for (guint i = 0; i < get->adding->len; i++)
    {
      GArray *places = ((Adding *) g_ptr_array_index (get->adding, i))->places;

      for (guint j = 0; j < places->len; j++)
        if (g_array_index (places, guint, j) >= place)
          g_array_index (places, guint, j) += n;
    }
}

/* An address has led to a Metalink: its other files follow it. */
static gboolean
listed_cb (Engine *engine, EngineDownload *download, GPtrArray *specs, gpointer user_data)
{
  Get *get = user_data;
  guint place;

  if (!g_ptr_array_find (get->downloads, download, &place))
    return FALSE;
  make_room (get, ++place, specs->len);
  for (guint i = 0; i < specs->len; i++)
    g_ptr_array_insert (get->options.items, place + i,
                        cli_item_new (
                            ((const EngineSpec *) g_ptr_array_index (specs, i))->address));
  add_all (get, place, specs);
  return TRUE;
}

static void
loaded_cb (Engine *engine, const char *notice, gpointer user_data)
{
  Get *get = user_data;
  g_autoptr (GPtrArray) specs = g_ptr_array_new_with_free_func ((GDestroyNotify) engine_spec_free);

  if (notice != NULL)
    fprintf (stderr, "bobbin-cli: %s\n", notice);
  if (get->trouble != NULL)
    {
      get->refused = TRUE;
      stop (get);
      return;
    }
  for (guint i = 0; i < get->options.items->len; i++)
    g_ptr_array_add (specs, make_spec (get, g_ptr_array_index (get->options.items, i)));
  add_all (get, 0, specs);
}

static void
print_interrupted (Get *get)
{
  for (; get->printed < get->downloads->len; get->printed++)
    {
      EngineDownload *download = download_at (get, get->printed);
      const char *address = item_address (get, get->printed);
      gboolean ended =
          download != NULL && engine_state_is_ended (engine_download_get_state (download));

      get->failed += !ended || cli_report_failed (download);
      if (download != NULL)
        cli_report_print (address, download, !ended, get->options.json);
    }
}

/* What to do, once for all that need the same, on the way to the last line. */
static void
print_advice (Get *get)
{
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < get->downloads->len; i++)
    {
      EngineDownload *download = download_at (get, i);
      const char *advice = download != NULL ? cli_report_advise (download) : "";

      if (*advice != '\0' && g_hash_table_add (said, (gpointer) advice))
        /* Translators: what to do about a download that failed, in a sentence */
        fprintf (stderr, _ ("Hint: %s\n"), advice);
    }
}

static void
print_total (Get *get)
{
  double seconds = (double) (base_clock_now_us () - get->start_us) / BASE_SECOND_US;

  fprintf (stderr,
           /* Translators: the last line of the command line program */
           _ ("Completed in %.2f seconds (%u downloads, %u failed)\n"), seconds,
           get->downloads->len, get->failed);
}

static int
run (Get *get)
{
  g_signal_connect (get->engine, "loaded", G_CALLBACK (loaded_cb), get);
  g_signal_connect (get->engine, "finished", G_CALLBACK (finished_cb), get);
  g_signal_connect (get->engine, "listed", G_CALLBACK (listed_cb), get);
  g_signal_connect (get->engine, "trouble", G_CALLBACK (trouble_cb), get);
  g_unix_signal_add (SIGINT, interrupt_cb, get);
  g_unix_signal_add (SIGTERM, interrupt_cb, get);
  g_main_loop_run (get->loop);

  cli_progress_free (get->progress);
  if (!get->refused)
    print_interrupted (get);
  if (get->trouble != NULL)
    fprintf (stderr, "bobbin-cli: %s\n", get->trouble->message);
  if (get->refused)
    return CLI_WRONG;
  print_advice (get);
  print_total (get);
  if (get->interrupted)
    return CLI_INTERRUPTED;
  return get->failed > 0 || get->unadded ? CLI_FAILED : CLI_OK;
}

static void
unref_if_any (gpointer download)
{
  g_clear_object (&download);
}

int
cli_get_main (int argc, char **argv)
{
  Get get = { .start_us = base_clock_now_us () };
  g_autoptr (GError) error = NULL;
  gboolean help = FALSE;
  int status;

  if (!cli_get_options_parse (&get.options, argc, argv, &help, &error) || help)
    {
      if (error != NULL)
        fprintf (stderr, "bobbin-cli get: %s\n", error->message);
      cli_get_options_clear (&get.options);
      return help ? CLI_OK : CLI_WRONG;
    }
  if (get.options.limits.insecure)
    fputs (_ ("Warning: any certificate is accepted; nobody vouches for who sends the files.\n"),
           stderr);
  get.loop = g_main_loop_new (NULL, FALSE);
  get.downloads = g_ptr_array_new_with_free_func (unref_if_any);
  g_ptr_array_set_size (get.downloads, get.options.items->len);
  get.adding = g_ptr_array_new ();
  get.taken = g_hash_table_new (NULL, NULL);
  get.engine = engine_new (get.options.state_dir, get.options.user_agent, &get.options.limits);
  if (!get.options.quiet)
    get.progress = cli_progress_new (get.engine, get.downloads->len);
  status = run (&get);

  g_ptr_array_unref (get.downloads);
  g_ptr_array_unref (get.adding);
  g_hash_table_unref (get.taken);
  g_object_unref (get.engine);
  g_main_loop_unref (get.loop);
  g_clear_error (&get.trouble);
  cli_get_options_clear (&get.options);
  return status;
}

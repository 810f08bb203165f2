/* What the Threads view shows: the workers' last 30 seconds, the time saved, the loop's lateness.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/threads/batch.h"
#include "ui/threads/history.h"
#include "ui/threads/lateness.h"

#define S 1000000

static void
add_tick (UiHistory *history, int tick, gint64 download, gint64 received)
{
  EngineWorkerView view = { .number = 0, .download = download, .received = received };

  view.activity = download >= 0 ? ENGINE_ACTIVITY_CONNECTING : ENGINE_ACTIVITY_IDLE;
  ui_history_add (history, (tick + 1) * UI_HISTORY_TICK_US, &view, 1, tick % 7, tick * 3);
}

static void
test_only_the_last_thirty_seconds_are_kept (void)
{
  g_autoptr (UiHistory) history = ui_history_new ();

  for (int i = 0; i < 1000; i++)
    {
      add_tick (history, i, 1, i);
      g_assert_cmpint (ui_history_get_n_ticks (history), ==, MIN (i + 1, UI_HISTORY_TICKS));
      g_assert_cmpint (ui_history_get_tick (history, ui_history_get_n_ticks (history) - 1)->time_us,
                       ==, (i + 1) * UI_HISTORY_TICK_US);
    }
  g_assert_cmpint (ui_history_get_tick (history, 0)->time_us, ==,
                   (1000 - UI_HISTORY_TICKS + 1) * UI_HISTORY_TICK_US);
}

static void
test_bytes_between_two_looks_are_a_rate (void)
{
  g_autoptr (UiHistory) history = ui_history_new ();
  const UiTick *tick;

  add_tick (history, 0, 5, 0);
  add_tick (history, 1, 5, 25000);
  tick = ui_history_get_tick (history, 1);
  g_assert_cmpfloat_with_epsilon (tick->cells[0].rate, 250000, .5);
  g_assert_cmpint (tick->cells[0].activity, ==, ENGINE_ACTIVITY_RECEIVING);
  g_assert_cmpfloat_with_epsilon (tick->messages, 30, .01);
  g_assert_cmpint (tick->cells[1].download, ==, -1);
}

static void
test_a_letter_stays_while_its_download_is_in_view (void)
{
  g_autoptr (UiHistory) history = ui_history_new ();

  add_tick (history, 0, 70, 0);
  add_tick (history, 1, 71, 0);
  for (int i = 2; i < 200; i++)
    add_tick (history, i, 72, 0);
  g_assert_cmpint (ui_history_get_letter (history, 70), ==, 0);
  g_assert_cmpint (ui_history_get_letter (history, 71), ==, 1);
  g_assert_cmpint (ui_history_get_letter (history, 72), ==, 2);
  for (int i = 200; i < 700; i++)
    add_tick (history, i, 72, 0);
  add_tick (history, 700, 73, 0);
  g_assert_cmpint (ui_history_get_letter (history, 73), ==, 0);
  g_assert_cmpint (ui_history_get_letter (history, 72), ==, 2);
  g_assert_cmpint (ui_history_get_letter (history, 70), ==, -1);
}

static void
test_waiting_together_saves_the_sum_less_the_slowest (void)
{
  g_autoptr (UiBatch) batch = ui_batch_new ();

  for (int i = 0; i < 5; i++)
    ui_batch_begin (batch, i, 10 * S);
  for (int i = 0; i < 5; i++)
    ui_batch_end (batch, i, 100, (11 + i) * S);
  g_assert_cmpint (ui_batch_get_together_us (batch, 99 * S), ==, 5 * S);
  g_assert_cmpint (ui_batch_get_alone_us (batch, 99 * S), ==, (1 + 2 + 3 + 4 + 5) * S);
  g_assert_false (ui_batch_is_running (batch));
}

static void
test_a_download_that_runs_counts_until_now_and_once (void)
{
  g_autoptr (UiBatch) batch = ui_batch_new ();

  ui_batch_begin (batch, 1, 10 * S);
  ui_batch_begin (batch, 2, 10 * S);
  ui_batch_end (batch, 1, 5, 12 * S);
  ui_batch_begin (batch, 1, 14 * S);
  ui_batch_begin (batch, 1, 15 * S);
  g_assert_cmpint (ui_batch_get_items (batch, 16 * S)->len, ==, 2);
  g_assert_cmpint (ui_batch_get_alone_us (batch, 16 * S), ==, (2 + 2 + 6) * S);
  g_assert_cmpint (ui_batch_get_alone_us (batch, 17 * S), ==, (2 + 3 + 7) * S);
}

static void
test_a_new_batch_begins_when_the_pool_was_idle (void)
{
  g_autoptr (UiBatch) batch = ui_batch_new ();

  ui_batch_begin (batch, 1, 1 * S);
  ui_batch_end (batch, 1, 5, 2 * S);
  ui_batch_begin (batch, 2, 50 * S);
  g_assert_cmpint (ui_batch_get_items (batch, 51 * S)->len, ==, 1);
  g_assert_cmpint (ui_batch_get_together_us (batch, 51 * S), ==, 1 * S);
}

static void
test_a_long_wait_counts_for_each_beat_that_it_swallowed (void)
{
  g_autoptr (UiLateness) lateness = ui_lateness_new ();
  UiLatenessFigures figures;
  gint64 due_us = 1 * S;

  for (int i = 0; i < 50; i++)
    due_us = ui_lateness_take_beat (lateness, due_us, due_us);
  due_us = ui_lateness_take_beat (lateness, due_us, due_us + 1 * S);
  ui_lateness_get (lateness, 4 * S, &figures);
  g_assert_cmpint (figures.beats, ==, 101);
  g_assert_cmpfloat_with_epsilon (figures.worst_ms, 1000, .01);
  g_assert_cmpfloat (figures.p99_ms, >, 900);
  g_assert_cmpfloat_with_epsilon (figures.p50_ms, 0, 20.1);
}

static void
test_lateness_is_of_the_last_minute (void)
{
  g_autoptr (UiLateness) lateness = ui_lateness_new ();
  UiLatenessFigures figures;

  ui_lateness_take_beat (lateness, 1 * S, 2 * S);
  ui_lateness_take_beat (lateness, 100 * S, 100 * S + 3000);
  ui_lateness_get (lateness, 101 * S, &figures);
  g_assert_cmpint (figures.beats, ==, 1);
  g_assert_cmpfloat_with_epsilon (figures.worst_ms, 3, .01);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/only-the-last-thirty-seconds-are-kept",
                   test_only_the_last_thirty_seconds_are_kept);
  g_test_add_func ("/threads/bytes-between-two-looks-are-a-rate",
                   test_bytes_between_two_looks_are_a_rate);
  g_test_add_func ("/threads/a-letter-stays-while-its-download-is-in-view",
                   test_a_letter_stays_while_its_download_is_in_view);
  g_test_add_func ("/threads/waiting-together-saves-the-sum-less-the-slowest",
                   test_waiting_together_saves_the_sum_less_the_slowest);
  g_test_add_func ("/threads/a-download-that-runs-counts-until-now-and-once",
                   test_a_download_that_runs_counts_until_now_and_once);
  g_test_add_func ("/threads/a-new-batch-begins-when-the-pool-was-idle",
                   test_a_new_batch_begins_when_the_pool_was_idle);
  g_test_add_func ("/threads/a-long-wait-counts-for-each-beat-that-it-swallowed",
                   test_a_long_wait_counts_for_each_beat_that_it_swallowed);
  g_test_add_func ("/threads/lateness-is-of-the-last-minute", test_lateness_is_of_the_last_minute);
  return g_test_run ();
}

/* Who the main thread is. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/thread.h"

#include <pthread.h>

static void *
claim_elsewhere (void *data)
{
  gboolean *was_main = data;

  *was_main = base_thread_is_main ();
  base_thread_claim_main ();
  g_assert_true (base_thread_is_main ());
  return NULL;
}

static void
test_one_thread_at_a_time_is_main (void)
{
  pthread_t thread;
  gboolean was_main = TRUE;

  base_thread_claim_main ();
  g_assert_true (base_thread_is_main ());
  g_assert_cmpint (pthread_create (&thread, NULL, claim_elsewhere, &was_main), ==, 0);
  pthread_join (thread, NULL);
  g_assert_false (was_main);
  g_assert_false (base_thread_is_main ());
  base_thread_claim_main ();
  g_assert_true (base_thread_is_main ());
}

static void *
assert_main (void *data)
{
  BASE_ASSERT_MAIN ();
  return NULL;
}

static void
test_a_call_from_the_wrong_thread_stops_the_program (void)
{
  if (g_test_subprocess ())
    {
      pthread_t thread;

      base_thread_claim_main ();
      pthread_create (&thread, NULL, assert_main, NULL);
      pthread_join (thread, NULL);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*base_thread_is_main*");
}

static void *
take_a_name (void *data)
{
  char name[16];

  base_thread_set_name ("bobbin-worker12");
  g_assert_cmpint (pthread_getname_np (pthread_self (), name, sizeof name), ==, 0);
  g_assert_cmpstr (name, ==, "bobbin-worker12");
  return NULL;
}

static void
test_a_thread_bears_its_name (void)
{
  pthread_t thread;

  g_assert_cmpint (pthread_create (&thread, NULL, take_a_name, NULL), ==, 0);
  pthread_join (thread, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thread/one-thread-at-a-time-is-main", test_one_thread_at_a_time_is_main);
  g_test_add_func ("/thread/a-call-from-the-wrong-thread-stops-the-program",
                   test_a_call_from_the_wrong_thread_stops_the_program);
  g_test_add_func ("/thread/a-thread-bears-its-name", test_a_thread_bears_its_name);
  return g_test_run ();
}

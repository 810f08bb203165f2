/* The mailbox: each message once, in order for its sender, and never a frame held.
 *
 * The long runs are long because a lost wake-up or a reordering shows once in
 * some hundred thousand messages; under ThreadSanitizer they are ten million,
 * elsewhere one, which keeps the unit suite quick.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mailbox.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "base/clock.h"

#if defined(__SANITIZE_THREAD__)
#define N_MESSAGES 10000000
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define N_MESSAGES 10000000
#endif
#endif
#ifndef N_MESSAGES
#define N_MESSAGES 1000000
#endif

#define N_SENDERS 8
#define IN_FLIGHT 2048

/* For a loaded machine under a sanitizer; reached only by a bug. */
#define DEADLINE_S 300

typedef struct
{
  int sender;
  int sequence;
} Message;

typedef struct
{
  BaseMailbox *mailbox;
  int number;
  pthread_t thread;
  Message slots[IN_FLIGHT];
  sem_t free_slots;
} Sender;

typedef struct
{
  Sender senders[N_SENDERS];
  int next[N_SENDERS]; /* main thread: the sequence that must come next */
  int received;        /* main thread */
} Flood;

static gboolean
give_up_cb (gpointer what)
{
  g_error ("nothing moved for %d s: %s", DEADLINE_S, (const char *) what);
  return G_SOURCE_REMOVE;
}

/* Iterates the default context until *@count reaches @goal. */
static void
iterate_until (const int *count, int goal, const char *what)
{
  guint deadline = g_timeout_add_seconds (DEADLINE_S, give_up_cb, (gpointer) what);

  while (*count < goal)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static void *
send_all (void *data)
{
  Sender *self = data;

  for (int i = 0; i < N_MESSAGES / N_SENDERS; i++)
    {
      Message *message = &self->slots[i % IN_FLIGHT];

      while (sem_wait (&self->free_slots) != 0)
        continue; /* a signal */
      message->sender = self->number;
      message->sequence = i;
      base_mailbox_post (self->mailbox, message);
    }
  return NULL;
}

static void
take_in_order_cb (gpointer message, gpointer user_data)
{
  Message *m = message;
  Flood *flood = user_data;

  g_assert_cmpint (m->sequence, ==, flood->next[m->sender]);
  flood->next[m->sender]++;
  flood->received++;
  sem_post (&flood->senders[m->sender].free_slots);
}

static void
test_every_message_once_in_order (void)
{
  Flood *flood = g_new0 (Flood, 1);
  g_autoptr (BaseMailbox) mailbox = base_mailbox_new (NULL, take_in_order_cb, flood, NULL);

  for (int i = 0; i < N_SENDERS; i++)
    {
      flood->senders[i].mailbox = mailbox;
      flood->senders[i].number = i;
      sem_init (&flood->senders[i].free_slots, 0, IN_FLIGHT);
      g_assert_cmpint (pthread_create (&flood->senders[i].thread, NULL, send_all,
                                       &flood->senders[i]),
                       ==, 0);
    }
  iterate_until (&flood->received, N_MESSAGES, "eight senders at once");
  for (int i = 0; i < N_SENDERS; i++)
    {
      pthread_join (flood->senders[i].thread, NULL);
      g_assert_cmpint (flood->next[i], ==, N_MESSAGES / N_SENDERS);
      sem_destroy (&flood->senders[i].free_slots);
    }
  g_assert_cmpint (base_mailbox_get_depth (mailbox), ==, 0);
  g_assert_cmpuint (base_mailbox_get_handled (mailbox), ==, N_MESSAGES);
  g_free (flood);
}

/* A sender that lets the queue run dry before each post: the moment at which a
 * wake-up would be lost is met each time, not now and then. */
static void *
send_one_by_one (void *data)
{
  Sender *self = data;

  for (int i = 0; i < N_MESSAGES / 20; i++)
    {
      self->slots[0].sequence = i;
      base_mailbox_post (self->mailbox, &self->slots[0]);
      while (sem_wait (&self->free_slots) != 0)
        continue;
    }
  return NULL;
}

static void
test_no_wake_up_is_lost (void)
{
  Flood *flood = g_new0 (Flood, 1);
  g_autoptr (BaseMailbox) mailbox = base_mailbox_new (NULL, take_in_order_cb, flood, NULL);

  flood->senders[0].mailbox = mailbox;
  sem_init (&flood->senders[0].free_slots, 0, 0);
  g_assert_cmpint (pthread_create (&flood->senders[0].thread, NULL, send_one_by_one,
                                   &flood->senders[0]),
                   ==, 0);
  iterate_until (&flood->received, N_MESSAGES / 20, "one message at a time");
  pthread_join (flood->senders[0].thread, NULL);
  sem_destroy (&flood->senders[0].free_slots);
  g_free (flood);
}

static void
hold_for_a_budget_cb (gpointer message, gpointer user_data)
{
  gint64 until_us = base_clock_now_us () + BASE_MAILBOX_BUDGET_US;

  g_free (message);
  (*(int *) user_data)++;
  while (base_clock_now_us () < until_us)
    continue;
}

static void
test_the_loop_goes_round_when_the_budget_is_spent (void)
{
  int handled = 0;
  g_autoptr (BaseMailbox) mailbox = base_mailbox_new (NULL, hold_for_a_budget_cb, &handled, g_free);

  for (int i = 0; i < 5; i++)
    base_mailbox_post (mailbox, g_new0 (int, 1));
  for (int i = 1; i <= 5; i++)
    {
      g_assert_cmpint (handled, ==, i - 1);
      iterate_until (&handled, i, "a slow handler");
    }
  g_assert_cmpuint (base_mailbox_get_handled (mailbox), ==, 5);
}

static gboolean
frame_cb (gpointer user_data)
{
  /* What a frame asserts: nothing was handled before it in this turn. */
  int **state = user_data;

  g_assert_cmpint (*state[0], ==, 0);
  *state[1] = 1;
  return G_SOURCE_REMOVE;
}

static void
test_a_frame_comes_before_messages (void)
{
  int handled = 0;
  int drawn = 0;
  int *state[2] = { &handled, &drawn };
  g_autoptr (BaseMailbox) mailbox = base_mailbox_new (NULL, hold_for_a_budget_cb, &handled, g_free);

  base_mailbox_post (mailbox, g_new0 (int, 1));
  /* GDK_PRIORITY_REDRAW */
  g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, frame_cb, state, NULL);
  iterate_until (&handled, 1, "a message behind a frame");
  g_assert_cmpint (drawn, ==, 1);
}

/* Messages that count how each of them ended. */
static _Atomic int n_handled;
static _Atomic int n_freed;

static void
count_handled_cb (gpointer message, gpointer user_data)
{
  g_free (message);
  atomic_fetch_add (&n_handled, 1);
}

static void
count_freed (gpointer message)
{
  g_free (message);
  atomic_fetch_add (&n_freed, 1);
}

static void
reset_counts (void)
{
  atomic_store (&n_handled, 0);
  atomic_store (&n_freed, 0);
}

static void
test_closing_frees_what_is_unread_and_what_comes_later (void)
{
  BaseMailbox *mailbox = base_mailbox_new (NULL, count_handled_cb, NULL, count_freed);

  reset_counts ();
  for (int i = 0; i < 3; i++)
    base_mailbox_post (mailbox, g_new0 (int, 1));
  g_assert_cmpint (base_mailbox_get_depth (mailbox), ==, 3);
  base_mailbox_close (mailbox);
  g_assert_cmpint (n_freed, ==, 3);
  base_mailbox_post (mailbox, g_new0 (int, 1));
  g_assert_cmpint (n_freed, ==, 4);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpint (n_handled, ==, 0);
  base_mailbox_unref (mailbox);
}

static void
test_the_last_reference_frees_what_is_unread (void)
{
  BaseMailbox *mailbox = base_mailbox_new (NULL, count_handled_cb, NULL, count_freed);

  reset_counts ();
  base_mailbox_ref (mailbox);
  base_mailbox_post (mailbox, g_new0 (int, 1));
  base_mailbox_unref (mailbox);
  g_assert_cmpint (n_freed, ==, 0);
  base_mailbox_unref (mailbox);
  g_assert_cmpint (n_freed, ==, 1);
}

static void *
send_against_closing (void *data)
{
  Sender *self = data;

  for (int i = 0; i < 1000; i++)
    base_mailbox_post (self->mailbox, g_new0 (int, 1));
  base_mailbox_unref (self->mailbox);
  return NULL;
}

static void
test_senders_that_race_a_close_lose_and_leak_nothing (void)
{
  /* Each round closes somewhere amid the posts; two hundred meet all the places. */
  for (int round = 0; round < 200; round++)
    {
      BaseMailbox *mailbox = base_mailbox_new (NULL, count_handled_cb, NULL, count_freed);
      Sender *senders = g_new0 (Sender, 2);

      reset_counts ();
      for (int i = 0; i < 2; i++)
        {
          senders[i].mailbox = base_mailbox_ref (mailbox);
          pthread_create (&senders[i].thread, NULL, send_against_closing, &senders[i]);
        }
      for (int i = 0; i < round % 7; i++)
        g_main_context_iteration (NULL, FALSE);
      base_mailbox_close (mailbox);
      for (int i = 0; i < 2; i++)
        pthread_join (senders[i].thread, NULL);
      base_mailbox_unref (mailbox);
      g_assert_cmpint (n_handled + n_freed, ==, 2000);
      g_free (senders);
    }
}

typedef struct
{
  BaseMailbox *mailbox;
  int handled;
} Holder;

static void
post_more_cb (gpointer message, gpointer user_data)
{
  Holder *holder = user_data;

  g_free (message);
  if (++holder->handled < 10)
    base_mailbox_post (holder->mailbox, g_new0 (int, 1));
}

static void
test_a_handler_may_post (void)
{
  Holder holder = { 0 };

  holder.mailbox = base_mailbox_new (NULL, post_more_cb, &holder, g_free);
  base_mailbox_post (holder.mailbox, g_new0 (int, 1));
  iterate_until (&holder.handled, 10, "a handler that posts");
  g_assert_cmpint (base_mailbox_get_depth (holder.mailbox), ==, 0);
  base_mailbox_unref (holder.mailbox);
}

static void
close_and_drop_cb (gpointer message, gpointer user_data)
{
  Holder *holder = user_data;

  g_free (message);
  holder->handled++;
  base_mailbox_close (holder->mailbox);
  g_clear_pointer (&holder->mailbox, base_mailbox_unref);
}

static void
test_a_handler_may_close_and_drop_the_mailbox (void)
{
  Holder holder = { 0 };

  reset_counts ();
  holder.mailbox = base_mailbox_new (NULL, close_and_drop_cb, &holder, count_freed);
  for (int i = 0; i < 4; i++)
    base_mailbox_post (holder.mailbox, g_new0 (int, 1));
  iterate_until (&holder.handled, 1, "a handler that closes");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpint (holder.handled, ==, 1);
  g_assert_cmpint (n_freed, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mailbox/every-message-comes-once-and-in-order-for-its-sender",
                   test_every_message_once_in_order);
  g_test_add_func ("/mailbox/no-wake-up-is-lost", test_no_wake_up_is_lost);
  g_test_add_func ("/mailbox/the-loop-goes-round-when-the-budget-is-spent",
                   test_the_loop_goes_round_when_the_budget_is_spent);
  g_test_add_func ("/mailbox/a-frame-comes-before-messages", test_a_frame_comes_before_messages);
  g_test_add_func ("/mailbox/closing-frees-what-is-unread-and-what-comes-later",
                   test_closing_frees_what_is_unread_and_what_comes_later);
  g_test_add_func ("/mailbox/the-last-reference-frees-what-is-unread",
                   test_the_last_reference_frees_what_is_unread);
  g_test_add_func ("/mailbox/senders-that-race-a-close-lose-and-leak-nothing",
                   test_senders_that_race_a_close_lose_and_leak_nothing);
  g_test_add_func ("/mailbox/a-handler-may-post", test_a_handler_may_post);
  g_test_add_func ("/mailbox/a-handler-may-close-and-drop-the-mailbox",
                   test_a_handler_may_close_and_drop_the_mailbox);
  return g_test_run ();
}

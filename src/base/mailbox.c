/* The mailbox: GAsyncQueue, one source, one flag.
 *
 * Invariant: whenever the queue is not empty and the mailbox is open, `woken` is
 * true and the source is due, or the owner is inside the drain. The drain clears
 * `woken` before it looks into the queue, so a post that it does not see sets the
 * flag again and makes the source due again: no wake-up is lost.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/mailbox.h"

#include <stdatomic.h>
#include <stdbool.h>

#include "base/clock.h"

#if defined(__SANITIZE_THREAD__)
#define BASE_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define BASE_TSAN 1
#endif
#endif

/* GLib is not built for ThreadSanitizer, which therefore does not see that its
 * queue hands a message over. These two calls say so, for this hand-over alone. */
#ifdef BASE_TSAN
void __tsan_acquire (void *addr);
void __tsan_release (void *addr);
#define HAND_OVER(message) __tsan_release (message)
#define TAKE_OVER(message) __tsan_acquire (message)
#else
#define HAND_OVER(message) ((void) 0)
#define TAKE_OVER(message) ((void) 0)
#endif

struct _BaseMailbox
{
  /* Written once, before the mailbox is handed out. */
  GSource *source; /* owned */
  BaseMailboxHandler handler;
  gpointer user_data;
  GDestroyNotify free_message;
  GAsyncQueue *queue; /* owned */

  /* Sequentially consistent: the flag and the queue are read and written in
   * opposite order by the two sides, which weaker orderings do not keep. */
  _Atomic bool woken;

  /* Release by the closing owner, acquire by senders: only spares them a push. */
  _Atomic bool closed;

  /* Relaxed: a picture for people. */
  _Atomic guint64 handled;

  /* Counted with release on the way down and acquire at zero, so that the last
   * owner sees all that the others did. */
  _Atomic int references;
};

typedef struct
{
  GSource base;
  BaseMailbox *mailbox; /* not owned: the mailbox destroys its source first */
} MailboxSource;

static void
wake (BaseMailbox *self)
{
  if (!atomic_exchange (&self->woken, true))
    g_source_set_ready_time (self->source, 0);
}

static gpointer
take (BaseMailbox *self)
{
  gpointer message = g_async_queue_try_pop (self->queue);

  if (message != NULL)
    TAKE_OVER (message);
  return message;
}

static gboolean
mailbox_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  BaseMailbox *self = ((MailboxSource *) source)->mailbox;
  gint64 until_us = base_clock_now_us () + BASE_MAILBOX_BUDGET_US;
  gpointer message;

  /* A handler may drop the last reference to the mailbox. */
  base_mailbox_ref (self);
  g_source_set_ready_time (source, -1);
  atomic_store (&self->woken, false);

  while (!atomic_load_explicit (&self->closed, memory_order_relaxed) &&
         (message = take (self)) != NULL)
    {
      atomic_fetch_add_explicit (&self->handled, 1, memory_order_relaxed);
      self->handler (message, self->user_data);
      if (base_clock_now_us () >= until_us)
        {
          wake (self);
          break;
        }
    }

  base_mailbox_unref (self);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs mailbox_source_funcs = {
  .dispatch = mailbox_source_dispatch,
};

BaseMailbox *
base_mailbox_new (GMainContext *context,
                  BaseMailboxHandler handler,
                  gpointer user_data,
                  GDestroyNotify free_message)
{
  BaseMailbox *self = g_new0 (BaseMailbox, 1);

  g_return_val_if_fail (handler != NULL, NULL);

  atomic_init (&self->references, 1);
  self->handler = handler;
  self->user_data = user_data;
  self->free_message = free_message;
  self->queue = g_async_queue_new ();
  self->source = g_source_new (&mailbox_source_funcs, sizeof (MailboxSource));
  ((MailboxSource *) self->source)->mailbox = self;
  g_source_set_static_name (self->source, "bobbin mailbox");
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT_IDLE);
  g_source_attach (self->source, context);
  return self;
}

BaseMailbox *
base_mailbox_ref (BaseMailbox *self)
{
  atomic_fetch_add_explicit (&self->references, 1, memory_order_relaxed);
  return self;
}

static void
discard_unread (BaseMailbox *self)
{
  gpointer message;

  while ((message = take (self)) != NULL)
    if (self->free_message != NULL)
      self->free_message (message);
}

void
base_mailbox_unref (BaseMailbox *self)
{
  if (atomic_fetch_sub_explicit (&self->references, 1, memory_order_acq_rel) > 1)
    return;

  g_source_destroy (self->source);
  g_source_unref (self->source);
  discard_unread (self);
  g_async_queue_unref (self->queue);
  g_free (self);
}

void
base_mailbox_post (BaseMailbox *self, gpointer message)
{
  g_return_if_fail (message != NULL);

  if (atomic_load_explicit (&self->closed, memory_order_acquire))
    {
      if (self->free_message != NULL)
        self->free_message (message);
      return;
    }

  HAND_OVER (message);
  g_async_queue_push (self->queue, message);
  wake (self);
}

void
base_mailbox_close (BaseMailbox *self)
{
  atomic_store_explicit (&self->closed, true, memory_order_release);
  g_source_destroy (self->source);
  discard_unread (self);
}

int
base_mailbox_get_depth (BaseMailbox *self)
{
  return MAX (0, g_async_queue_length (self->queue));
}

guint64
base_mailbox_get_handled (BaseMailbox *self)
{
  return atomic_load_explicit (&self->handled, memory_order_relaxed);
}

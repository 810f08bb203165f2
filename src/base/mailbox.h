/* mailbox.h: the one way from other threads to the thread that owns a main loop.
 *
 * A GAsyncQueue and one idle source. The first post after a drain wakes the
 * owner, later ones do not; the owner handles messages for at most 4 ms at a
 * priority below redraw, then lets the loop go round before it goes on. So a
 * burst from 64 workers never holds a frame.
 *
 * Each message is handled once, and in the order in which its sender posted.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longest time that one turn of the loop is held by messages, in microseconds. */
#define BASE_MAILBOX_BUDGET_US 4000

typedef struct _BaseMailbox BaseMailbox;

/**
 * BaseMailboxHandler:
 * @message: (transfer full): what was posted
 *
 * Called in the owner's thread, with no lock held. It may post and may close
 * the mailbox.
 */
typedef void (*BaseMailboxHandler) (gpointer message, gpointer user_data);

/**
 * base_mailbox_new:
 * @context: (nullable): the owner's main context, %NULL for the default one
 * @handler: takes each message, in the thread that iterates @context
 * @free_message: frees a message that nobody handles any more
 *
 * Returns: (transfer full): a mailbox. Any thread
 */
BaseMailbox *base_mailbox_new (GMainContext *context,
                               BaseMailboxHandler handler,
                               gpointer user_data,
                               GDestroyNotify free_message);

/** base_mailbox_ref: Any thread. */
BaseMailbox *base_mailbox_ref (BaseMailbox *self);

/** base_mailbox_unref: Any thread; the last reference frees what is left unread. */
void base_mailbox_unref (BaseMailbox *self);

/**
 * base_mailbox_post:
 * @message: (transfer full): not %NULL
 *
 * Any thread; never waits for the owner. After base_mailbox_close() the message
 * is freed.
 */
void base_mailbox_post (BaseMailbox *self, gpointer message);

/**
 * base_mailbox_close:
 *
 * Ends delivery: the handler is not called again, unread messages are freed.
 * Owner's thread only.
 */
void base_mailbox_close (BaseMailbox *self);

/**
 * base_mailbox_get_depth:
 *
 * Returns: about how many messages wait. A picture for people. Any thread
 */
int base_mailbox_get_depth (BaseMailbox *self);

/**
 * base_mailbox_get_handled:
 *
 * Returns: how many messages were handled so far. Any thread
 */
guint64 base_mailbox_get_handled (BaseMailbox *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BaseMailbox, base_mailbox_unref)

G_END_DECLS

/* A window that does what its standard input says. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "control.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "heartbeat.h"

#define STEP_PX 60
#define LOOK_AGAIN_MS 20

static struct
{
  GtkApplication *application; /* borrowed */
  GDataInputStream *lines;     /* owned, to the end */
  BenchCommand more;
  gpointer user_data;

  /* While it scrolls. */
  GtkAdjustment *adjustment; /* borrowed */
  gint64 scroll_end_us;
  int step_px;
} self;

static void read_on (void);

static void
answer (const char *json)
{
  printf ("%s\n", json);
  fflush (stdout);
  read_on ();
}

static GtkWindow *
get_window (void)
{
  GList *windows = gtk_application_get_windows (self.application);

  return windows != NULL ? windows->data : NULL;
}

static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *child;
  GtkWidget *found = NULL;

  if (GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget))
    return widget;
  for (child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

static gboolean
scroll_cb (GtkWidget *list, GdkFrameClock *clock, gpointer user_data)
{
  double end =
      gtk_adjustment_get_upper (self.adjustment) - gtk_adjustment_get_page_size (self.adjustment);
  double next = gtk_adjustment_get_value (self.adjustment) + self.step_px;

  if (next < 0 || next > end)
    self.step_px = -self.step_px;
  gtk_adjustment_set_value (self.adjustment, CLAMP (next, 0, end));
  if (g_get_monotonic_time () < self.scroll_end_us)
    return G_SOURCE_CONTINUE;
  answer ("{}");
  return G_SOURCE_REMOVE;
}

static void
scroll (int seconds)
{
  GtkWindow *window = get_window ();
  GtkWidget *list = window != NULL ? find_list (GTK_WIDGET (window)) : NULL;

  if (list == NULL)
    {
      answer ("{\"error\": \"no list\"}");
      return;
    }
  self.adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  self.scroll_end_us = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  self.step_px = STEP_PX;
  gtk_widget_add_tick_callback (list, scroll_cb, NULL, NULL);
}

/* Answers once the window has been drawn and is full. */
static gboolean
first_cb (gpointer user_data)
{
  g_autofree char *json = NULL;

  if (!bench_heartbeat_is_full ())
    {
      /* An empty list changes nothing that would be drawn again. */
      if (get_window () != NULL)
        gtk_widget_queue_draw (GTK_WIDGET (get_window ()));
      return G_SOURCE_CONTINUE;
    }
  json = bench_heartbeat_dup_first ();
  answer (json);
  return G_SOURCE_REMOVE;
}

static void
obey (const char *const *words)
{
  g_autofree char *json = NULL;
  const char *verb = words[0] != NULL ? words[0] : "";
  const char *object = words[0] != NULL && words[1] != NULL ? words[1] : "";

  if (g_str_equal (verb, "scroll"))
    {
      scroll (atoi (object));
      return;
    }
  if (g_str_equal (verb, "first"))
    {
      g_timeout_add (LOOK_AGAIN_MS, first_cb, NULL);
      return;
    }
  if (g_str_equal (verb, "beat"))
    bench_heartbeat_run (g_str_equal (object, "on"));
  else if (g_str_equal (verb, "reset"))
    bench_heartbeat_reset ();
  else if (g_str_equal (verb, "report"))
    json = bench_heartbeat_dup_report ();
  else if (g_str_equal (verb, "do"))
    json = g_strdup (gtk_widget_activate_action (GTK_WIDGET (get_window ()), object, NULL)
                         ? "{}"
                         : "{\"error\": \"no such action\"}");
  else
    {
      json = self.more != NULL ? self.more (words, self.user_data) : NULL;
      if (json == NULL)
        json = g_strdup ("{\"error\": \"no such command\"}");
    }
  answer (json != NULL ? json : "{}");
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree char *line = g_data_input_stream_read_line_finish (self.lines, result, NULL, NULL);
  g_auto (GStrv) words = NULL;

  /* Whoever measures has ended. */
  if (line == NULL || g_str_equal (line, "quit"))
    {
      g_action_group_activate_action (G_ACTION_GROUP (self.application), "quit", NULL);
      return;
    }
  words = g_strsplit (line, " ", -1);
  obey ((const char *const *) words);
}

static void
read_on (void)
{
  g_data_input_stream_read_line_async (self.lines, G_PRIORITY_DEFAULT, NULL, line_cb, NULL);
}

void
bench_control_start (GtkApplication *application, BenchCommand more, gpointer user_data)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  self.application = application;
  self.more = more;
  self.user_data = user_data;
  self.lines = g_data_input_stream_new (input);
  read_on ();
}

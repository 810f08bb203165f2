/* The window. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/window.h"

#include <glib/gi18n.h>

#include "base/thread.h"
#include "ui/accelerators.h"
#include "ui/downloads/actions.h"
#include "ui/downloads/incoming.h"
#include "ui/downloads/page.h"
#include "ui/lab/page.h"
#include "ui/memory.h"
#include "ui/threads/page.h"

struct _UiWindow
{
  AdwApplicationWindow parent_instance;

  /* The template's. */
  AdwToastOverlay *toasts;
  AdwViewSwitcherTitle *switcher_title;
  AdwViewStack *views;
  UiDownloadsPage *downloads;
  UiThreadsPage *threads;
  UiLabPage *lab;
  GtkToggleButton *filters;
  GtkButton *add;
  GtkToggleButton *search;

  /* Owned, from construction to dispose. */
  UiMemory *memory;
  UiActions *actions;
  UiIncoming *incoming;
};

G_DEFINE_FINAL_TYPE (UiWindow, ui_window, ADW_TYPE_APPLICATION_WINDOW)

static gboolean
is_downloads_shown (UiWindow *self)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->views), "downloads") == 0;
}

static void
set_enabled (UiWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* What belongs to the list is not there on other views, nor before there is a list. */
static void
update_header (UiWindow *self)
{
  gboolean shown = is_downloads_shown (self);
  gboolean list = shown && !ui_downloads_page_get_empty (self->downloads);
  GtkWidget *child = adw_view_stack_get_visible_child (self->views);

  gtk_widget_set_visible (GTK_WIDGET (self->filters), list);
  gtk_widget_set_visible (GTK_WIDGET (self->search), list);
  gtk_widget_set_visible (GTK_WIDGET (self->add), shown);
  set_enabled (self, "filters", list);
  set_enabled (self, "search", list);
  if (child != NULL)
    adw_view_switcher_title_set_title (self->switcher_title,
                                       adw_view_stack_page_get_title (
                                           adw_view_stack_get_page (self->views, child)));
  if (self->actions != NULL)
    ui_actions_set_shown (self->actions, shown);
}

static void
show_view_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiWindow *self = user_data;
  const char *view = g_variant_get_string (parameter, NULL);

  if (adw_view_stack_get_child_by_name (self->views, view) != NULL)
    adw_view_stack_set_visible_child_name (self->views, view);
}

static void
search_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiWindow *self = user_data;

  ui_downloads_page_start_search (self->downloads);
}

static void
filters_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  UiWindow *self = user_data;

  gtk_toggle_button_set_active (self->filters, !gtk_toggle_button_get_active (self->filters));
}

/* On the window's own map, which is what the session bus sees. */
static const GActionEntry actions[] = {
  { .name = "show-view", .activate = show_view_action, .parameter_type = "s" },
  { .name = "search", .activate = search_action },
  { .name = "filters", .activate = filters_action },
};

/* Something that a person should be told once: a damaged list, a disk that does not keep it. */
static void
tell (UiWindow *self, const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
loaded_cb (Engine *engine, const char *notice, UiWindow *self)
{
  if (notice != NULL)
    tell (self, notice);
}

static void
trouble_cb (Engine *engine, const GError *error, UiWindow *self)
{
  /* Translators: why the list of downloads could not be written to the disk */
  g_autofree char *text =
      g_strdup_printf (_ ("The list of downloads cannot be kept: %s"), error->message);

  tell (self, text);
}

static void
restore (UiWindow *self)
{
  g_autofree char *view = ui_memory_dup_string (self->memory, "view");
  int width = ui_memory_get_int (self->memory, "width", 1000);
  int height = ui_memory_get_int (self->memory, "height", 680);

  gtk_window_set_default_size (GTK_WINDOW (self), MAX (width, 360), MAX (height, 300));
  if (ui_memory_get_int (self->memory, "maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));
  if (view != NULL && adw_view_stack_get_child_by_name (self->views, view) != NULL)
    adw_view_stack_set_visible_child_name (self->views, view);
}

static void
remember (UiWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  ui_memory_set_int (self->memory, "width", width);
  ui_memory_set_int (self->memory, "height", height);
  ui_memory_set_int (self->memory, "maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  ui_memory_set_string (self->memory, "view", adw_view_stack_get_visible_child_name (self->views));
  ui_memory_save (self->memory);
}

static void
ui_window_unmap (GtkWidget *widget)
{
  remember (UI_WINDOW (widget));
  GTK_WIDGET_CLASS (ui_window_parent_class)->unmap (widget);
}

static gboolean
ui_window_close_request (GtkWindow *window)
{
  GtkApplication *application = gtk_window_get_application (window);

  if (application != NULL && ui_application_keep_window (UI_APPLICATION (application)))
    return TRUE;
  return GTK_WINDOW_CLASS (ui_window_parent_class)->close_request (window);
}

static void
ui_window_dispose (GObject *object)
{
  UiWindow *self = UI_WINDOW (object);

  g_clear_pointer (&self->incoming, ui_incoming_free);
  g_clear_pointer (&self->actions, ui_actions_free);
  g_clear_pointer (&self->memory, ui_memory_free);
  G_OBJECT_CLASS (ui_window_parent_class)->dispose (object);
}

static void
ui_window_class_init (UiWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_window_dispose;
  widget_class->unmap = ui_window_unmap;
  GTK_WINDOW_CLASS (klass)->close_request = ui_window_close_request;
  g_type_ensure (UI_TYPE_DOWNLOADS_PAGE);
  g_type_ensure (UI_TYPE_THREADS_PAGE);
  g_type_ensure (UI_TYPE_LAB_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bobbin/Bobbin/window.ui");
  gtk_widget_class_bind_template_child (widget_class, UiWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, UiWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, UiWindow, views);
  gtk_widget_class_bind_template_child (widget_class, UiWindow, downloads);
  gtk_widget_class_bind_template_child (widget_class, UiWindow, threads);
  gtk_widget_class_bind_template_child (widget_class, UiWindow, lab);
  gtk_widget_class_bind_template_child (widget_class, UiWindow, filters);
  gtk_widget_class_bind_template_child (widget_class, UiWindow, add);
  gtk_widget_class_bind_template_child (widget_class, UiWindow, search);
}

static void
ui_window_init (UiWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->memory = ui_memory_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  ui_accelerators_add_typed (GTK_WIDGET (self));
  g_object_bind_property (self->downloads, "sidebar-shown", self->filters, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (self->downloads, "searching", self->search, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_swapped (self->views, "notify::visible-child", G_CALLBACK (update_header), self);
  g_signal_connect_swapped (self->downloads, "notify::empty", G_CALLBACK (update_header), self);
}

void
ui_window_import (UiWindow *self, GFile *file)
{
  ui_incoming_import (self->incoming, file);
}

UiWindow *
ui_window_new (UiApplication *application)
{
  UiWindow *self = g_object_new (UI_TYPE_WINDOW, "application", application, NULL);
  Engine *engine = ui_application_get_engine (application);
  GSettings *settings = ui_application_get_settings (application);

  BASE_ASSERT_MAIN ();
  ui_downloads_page_set_engine (self->downloads, engine);
  ui_threads_page_set_engine (self->threads, engine, settings);
  ui_lab_page_set_engine (self->lab, engine);
  self->actions = ui_actions_new (GTK_APPLICATION_WINDOW (self), engine, settings, self->downloads,
                                  self->toasts);
  self->incoming = ui_incoming_new (GTK_APPLICATION_WINDOW (self), engine, self->downloads,
                                    self->memory, self->toasts, settings);
  g_signal_connect_object (engine, "loaded", G_CALLBACK (loaded_cb), self, 0);
  g_signal_connect_object (engine, "trouble", G_CALLBACK (trouble_cb), self, 0);
  restore (self);
  update_header (self);
  return self;
}

/* Which keys do what. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/accelerators.h"

#include "base/thread.h"

static const UiAccelerator all[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "app.shortcuts", { "<Control>question", "F1" } },
  { "win.add", { "<Control>n" } },
  { "win.import", { "<Control>o" } },
  { "win.search", { "<Control>f" } },
  { "win.retry", { "<Control>r" } },
  { "win.move-up", { "<Alt>Up" } },
  { "win.move-down", { "<Alt>Down" } },
  { "win.move-top", { "<Alt>Home" } },
  { "win.move-bottom", { "<Alt>End" } },
  { "win.details", { "<Alt>Return" } },
  { "win.filters", { "F9" } },
  { "win.show-view('downloads')", { "<Alt>1" } },
  { "win.show-view('threads')", { "<Alt>2" } },
  { "win.show-view('lab')", { "<Alt>3" } },
  { "window.close", { "<Control>w" } },
  { "win.paste", { "<Control>v" }, .typed = TRUE },
  { "win.undo", { "<Control>z" }, .typed = TRUE },
  { "win.select-all", { "<Control>a" }, .typed = TRUE },
  { "win.copy-address", { "<Control>c" }, .typed = TRUE },
  { "win.toggle", { "space" }, .typed = TRUE },
  { "win.remove", { "Delete" }, .typed = TRUE },
  { "win.trash", { "<Shift>Delete" }, .typed = TRUE },
  { "win.open-folder", { "<Control>Return" }, .typed = TRUE },
};

const UiAccelerator *
ui_accelerators_get (gsize *n)
{
  *n = G_N_ELEMENTS (all);
  return all;
}

void
ui_accelerators_set (GtkApplication *application)
{
  BASE_ASSERT_MAIN ();
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (!all[i].typed)
      gtk_application_set_accels_for_action (application, all[i].action,
                                             (const char *const *) all[i].keys);
}

void
ui_accelerators_add_typed (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  BASE_ASSERT_MAIN ();
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    for (int k = 0; all[i].typed && all[i].keys[k] != NULL; k++)
      gtk_shortcut_controller_add_shortcut (
          GTK_SHORTCUT_CONTROLLER (controller),
          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (all[i].keys[k]),
                            gtk_named_action_new (all[i].action)));
  gtk_widget_add_controller (window, controller);
}

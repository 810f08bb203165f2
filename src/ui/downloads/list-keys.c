/* Keys of the list. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/list-keys.h"

#include "base/thread.h"

/* Before the list, whose own Space selects; but a button in the row keeps its Space. */
static gboolean
key_pressed_cb (
    GtkEventControllerKey *keys, guint key, guint code, GdkModifierType modifiers, UiList *list)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (view));
  gboolean plain = (modifiers & gtk_accelerator_get_default_mod_mask ()) == 0;

  if (!plain || focus == NULL || GTK_IS_BUTTON (focus))
    return FALSE;
  if (key == GDK_KEY_space || key == GDK_KEY_KP_Space)
    return gtk_widget_activate_action (view, "win.toggle", NULL);
  if (key == GDK_KEY_Escape && ui_list_count_selected (list) > 0)
    return gtk_widget_activate_action (view, "win.select-none", NULL);
  return FALSE;
}

void
ui_list_keys_attach (GtkListView *view, UiList *list)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  BASE_ASSERT_MAIN ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), list);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
}

/* The lab by keyboard alone. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/keys.h"

static gboolean
is_typing (GtkWidget *page)
{
  GtkRoot *root = gtk_widget_get_root (page);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (GTK_IS_TEXT_VIEW (focus))
    return gtk_text_view_get_editable (GTK_TEXT_VIEW (focus));
  return GTK_IS_EDITABLE (focus);
}

typedef struct
{
  guint key;
  GdkModifierType state;
  const char *action;
} Key;

static const Key keys[] = {
  { GDK_KEY_BackSpace, 0, "lab.undo" }, { GDK_KEY_BackSpace, GDK_SHIFT_MASK, "lab.redo" },
  { GDK_KEY_e, 0, "lab.explore" },      { GDK_KEY_r, 0, "lab.run" },
  { GDK_KEY_p, 0, "lab.replay" },
};

static gboolean
pressed_cb (GtkWidget *page, GVariant *arguments, gpointer user_data)
{
  const Key *key = user_data;

  if (is_typing (page))
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (page, key->action, NULL);
}

static gboolean
digit_cb (GtkWidget *page, GVariant *arguments, gpointer user_data)
{
  if (is_typing (page))
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_activate_action (page, "lab.step", "i", GPOINTER_TO_INT (user_data));
}

static void
add (GtkEventController *controller,
     guint key,
     GdkModifierType state,
     GtkShortcutFunc callback,
     gpointer user_data)
{
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_keyval_trigger_new (key, state),
                        gtk_callback_action_new (callback, user_data, NULL)));
}

void
ui_keys_add (GtkWidget *page)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  /* Wherever in the window the focus is, and before lists and buttons, which would search by
   * letter or ring the bell. */
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    add (controller, keys[i].key, keys[i].state, pressed_cb, (gpointer) &keys[i]);
  for (int digit = 1; digit <= 9; digit++)
    {
      add (controller, GDK_KEY_0 + digit, 0, digit_cb, GINT_TO_POINTER (digit));
      add (controller, GDK_KEY_KP_0 + digit, 0, digit_cb, GINT_TO_POINTER (digit));
    }
  gtk_widget_add_controller (page, controller);
}

/* The context menu. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/row-menu.h"

#include <glib/gi18n.h>

#include "ui/downloads/row.h"

/* Where the menu belongs. Owned by the popover. */
typedef struct
{
  GtkWidget *popover;
  GtkListView *view;
  UiList *list;
} Place;

static UiDownloadRow *
find_row_in (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, UI_TYPE_DOWNLOAD_ROW);

  if (row == NULL)
    row = gtk_widget_get_first_child (widget);
  return row != NULL && UI_IS_DOWNLOAD_ROW (row) ? UI_DOWNLOAD_ROW (row) : NULL;
}

static void
popup (Place *place, UiDownloadRow *row, const GdkRectangle *at)
{
  EngineDownload *download = row != NULL ? ui_download_row_get_download (row) : NULL;
  graphene_point_t corner;
  GdkRectangle target = *at;

  if (download == NULL)
    return;
  if (!ui_list_is_selected (place->list, download))
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      g_ptr_array_add (one, download);
      ui_list_select (place->list, one);
    }
  /* When the menu closes, the keys are for the row that it was about. */
  ui_list_focus (place->list, download);
  if (!gtk_widget_compute_point (GTK_WIDGET (place->view), gtk_widget_get_parent (place->popover),
                                 &GRAPHENE_POINT_INIT (at->x, at->y), &corner))
    return;
  target.x = corner.x;
  target.y = corner.y;
  gtk_popover_set_pointing_to (GTK_POPOVER (place->popover), &target);
  gtk_popover_popup (GTK_POPOVER (place->popover));
}

static void
popup_at (Place *place, double x, double y)
{
  GtkWidget *there = gtk_widget_pick (GTK_WIDGET (place->view), x, y, GTK_PICK_DEFAULT);
  GdkRectangle at = { x, y, 1, 1 };

  if (there != NULL)
    popup (place, find_row_in (there), &at);
}

static void
pressed_cb (GtkGesture *gesture, int n, double x, double y, Place *place)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup_at (place, x, y);
}

static void
long_pressed_cb (GtkGesture *gesture, double x, double y, Place *place)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  popup_at (place, x, y);
}

static gboolean
key_cb (GtkWidget *view, GVariant *arguments, gpointer user_data)
{
  Place *place = user_data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (view));
  UiDownloadRow *row = focus != NULL ? find_row_in (focus) : NULL;
  graphene_rect_t bounds;
  GdkRectangle at;

  if (row == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (row), view, &bounds))
    return FALSE;
  at = (GdkRectangle){ bounds.origin.x, bounds.origin.y, bounds.size.width, bounds.size.height };
  popup (place, row, &at);
  return TRUE;
}

static void
listen (Place *place)
{
  GtkWidget *view = GTK_WIDGET (place->view);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();
  static const char *const triggers[] = { "Menu", "<Shift>F10" };

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), place);
  g_signal_connect (press, "pressed", G_CALLBACK (long_pressed_cb), place);
  for (gsize i = 0; i < G_N_ELEMENTS (triggers); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (keys),
        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (triggers[i]),
                          gtk_callback_action_new (key_cb, place, NULL)));
  /* Before the rows: the click is the menu's, not the selection's. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (press));
  gtk_widget_add_controller (view, keys);
}

GtkWidget *
ui_row_menu_attach (GtkWidget *owner, GtkListView *view, UiList *list, GMenuModel *menu)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (menu);
  Place *place = g_new0 (Place, 1);

  place->popover = popover;
  place->view = view;
  place->list = list;
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_parent (popover, owner);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Download"), -1);
  g_object_set_data_full (G_OBJECT (popover), "place", place, g_free);
  listen (place);
  return popover;
}

void
ui_row_menu_detach (GtkWidget *popover)
{
  gtk_widget_unparent (popover);
}

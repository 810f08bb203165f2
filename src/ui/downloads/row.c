/* A download's row. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/row.h"

#include "base/thread.h"
#include "ui/downloads/icon.h"
#include "ui/downloads/segment-bar.h"
#include "ui/text/labels.h"

/* Under these widths first the connections go, then the time left. */
#define TIGHT_WIDTH 560
#define NARROW_WIDTH 380

typedef enum
{
  ROOM_WIDE,
  ROOM_TIGHT,
  ROOM_NARROW,
} Room;

struct _UiDownloadRow
{
  GtkBox parent_instance;

  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *percent;
  UiSegmentBar *bar;
  GtkImage *mark;
  GtkLabel *sizes;
  GtkLabel *rate;
  GtkLabel *time;
  GtkButton *next;

  EngineDownload *download; /* owned, nullable */
  guint serial;             /* of what is shown */
  Room room;
};

G_DEFINE_FINAL_TYPE (UiDownloadRow, ui_download_row, GTK_TYPE_BOX)

/* @width: of the row; 0 before it has one. */
static Room
get_room (int width)
{
  if (width <= 0 || width >= TIGHT_WIDTH)
    return ROOM_WIDE;
  return width >= NARROW_WIDTH ? ROOM_TIGHT : ROOM_NARROW;
}

/* A label that is set to what it says already is laid out again all the same. */
static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) != 0)
    gtk_label_set_text (label, text);
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
show_mark (UiDownloadRow *self, const UiFacts *facts)
{
  gboolean failed = facts->state == ENGINE_STATE_FAILED;
  gboolean finished = facts->state == ENGINE_STATE_COMPLETED;

  gtk_widget_set_visible (GTK_WIDGET (self->mark), failed || finished);
  if (failed || finished)
    gtk_image_set_from_icon_name (self->mark,
                                  failed ? "dialog-warning-symbolic" : "emblem-ok-symbolic");
  set_class (GTK_WIDGET (self->mark), "error", failed);
  set_class (GTK_WIDGET (self->mark), "success", finished);
  set_class (GTK_WIDGET (self->sizes), "error", failed);
  set_class (GTK_WIDGET (self->sizes), "side", !failed);
}

static gboolean
has_bar (const UiFacts *facts)
{
  switch (facts->state)
    {
    case ENGINE_STATE_ACTIVE:
    case ENGINE_STATE_VERIFYING:
      return TRUE;
    case ENGINE_STATE_CONNECTING:
    case ENGINE_STATE_PAUSED:
    case ENGINE_STATE_WAITING:
      return facts->received > 0;
    default:
      return FALSE;
    }
}

static void
show_texts (UiDownloadRow *self, const UiFacts *facts)
{
  g_autofree char *percent = ui_label_percent (facts);
  g_autofree char *sizes = ui_label_sizes (facts, self->room != ROOM_WIDE);
  g_autofree char *rate = ui_label_rate (facts);
  g_autofree char *time = ui_label_time (facts);

  set_text (self->name, facts->name);
  set_text (self->percent, percent);
  set_text (self->sizes, sizes);
  set_text (self->rate, rate);
  set_text (self->time, time);
  gtk_widget_set_visible (GTK_WIDGET (self->rate), *rate != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->time),
                          *time != '\0' &&
                              (self->room != ROOM_NARROW || facts->state != ENGINE_STATE_ACTIVE));
}

static void
show_next (UiDownloadRow *self, const UiFacts *facts)
{
  static const char *const icons[] = {
    [UI_NEXT_PAUSE] = "media-playback-pause-symbolic",
    [UI_NEXT_RESUME] = "media-playback-start-symbolic",
    [UI_NEXT_RETRY] = "view-refresh-symbolic",
    [UI_NEXT_OPEN_FOLDER] = "folder-open-symbolic",
  };
  UiNext next = ui_facts_get_next (facts);
  const char *label = ui_label_next (next);

  if (g_strcmp0 (gtk_button_get_icon_name (self->next), icons[next]) == 0)
    return;
  gtk_button_set_icon_name (self->next, icons[next]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->next), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

/* The list's own item has no name of its own in GTK 4.8: it is set on our parent. */
static void
tell_meaning (UiDownloadRow *self, const UiFacts *facts)
{
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  g_autofree char *label = ui_label_accessible (facts);
  g_autofree char *description = ui_label_description (facts);

  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

void
ui_download_row_refresh_fully (UiDownloadRow *self)
{
  UiFacts facts;

  BASE_ASSERT_MAIN ();
  if (self->download == NULL)
    return;
  ui_facts_take (&facts, self->download);
  self->serial = engine_download_get_serial (self->download);
  self->room = get_room (gtk_widget_get_width (GTK_WIDGET (self)));
  ui_icon_show (self->icon, self->download);
  show_texts (self, &facts);
  show_mark (self, &facts);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), has_bar (&facts));
  if (has_bar (&facts))
    ui_segment_bar_show (self->bar, self->download);
  show_next (self, &facts);
  tell_meaning (self, &facts);
}

void
ui_download_row_refresh (UiDownloadRow *self)
{
  EngineState state;

  if (self->download == NULL)
    return;
  /* What moves is shown though nothing came: a stall is a falling rate, a wait a falling time. */
  state = engine_download_get_state (self->download);
  if (self->serial != engine_download_get_serial (self->download) || state == ENGINE_STATE_ACTIVE ||
      state == ENGINE_STATE_WAITING)
    ui_download_row_refresh_fully (self);
}

void
ui_download_row_bind (UiDownloadRow *self, EngineDownload *download)
{
  g_set_object (&self->download, download);
  ui_download_row_refresh_fully (self);
}

EngineDownload *
ui_download_row_get_download (UiDownloadRow *self)
{
  return self->download;
}

/* Tooltips are asked for, not set: GTK 4.8 goes to the X server and back four times for each that
 * is set, and waits, which a list that fills would do for every row. */
static gboolean
sizes_tooltip_cb (UiDownloadRow *self, int x, int y, gboolean by_key, GtkTooltip *tooltip)
{
  if (self->download == NULL || engine_download_get_state (self->download) != ENGINE_STATE_FAILED)
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (self->sizes));
  return TRUE;
}

static gboolean
next_tooltip_cb (UiDownloadRow *self, int x, int y, gboolean by_key, GtkTooltip *tooltip)
{
  UiFacts facts;

  if (self->download == NULL)
    return FALSE;
  ui_facts_take (&facts, self->download);
  gtk_tooltip_set_text (tooltip, ui_label_next (ui_facts_get_next (&facts)));
  return TRUE;
}

static void
next_clicked_cb (UiDownloadRow *self)
{
  g_signal_emit_by_name (self, "next");
}

static void
ui_download_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UiDownloadRow *self = UI_DOWNLOAD_ROW (widget);

  GTK_WIDGET_CLASS (ui_download_row_parent_class)->size_allocate (widget, width, height, baseline);
  /* Shown anew at the next turn of the timer or of the loop, not amid the layout. */
  if (get_room (width) != self->room)
    self->serial--;
}

static void
ui_download_row_dispose (GObject *object)
{
  UiDownloadRow *self = UI_DOWNLOAD_ROW (object);

  g_clear_object (&self->download);
  G_OBJECT_CLASS (ui_download_row_parent_class)->dispose (object);
}

static void
ui_download_row_class_init (UiDownloadRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_download_row_dispose;
  widget_class->size_allocate = ui_download_row_size_allocate;
  g_signal_new ("next", UI_TYPE_DOWNLOAD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                0);
  g_type_ensure (UI_TYPE_SEGMENT_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bobbin/Bobbin/downloads/row.ui");
  gtk_widget_class_bind_template_child (widget_class, UiDownloadRow, icon);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadRow, name);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadRow, percent);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadRow, bar);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadRow, mark);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadRow, sizes);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadRow, rate);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadRow, time);
  gtk_widget_class_bind_template_child (widget_class, UiDownloadRow, next);
  gtk_widget_class_bind_template_callback (widget_class, next_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_tooltip_cb);
  gtk_widget_class_bind_template_callback (widget_class, sizes_tooltip_cb);
}

static void
ui_download_row_init (UiDownloadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
ui_download_row_new (void)
{
  return g_object_new (UI_TYPE_DOWNLOAD_ROW, NULL);
}

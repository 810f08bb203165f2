/* Lays its children out in as many lines as it takes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/plot/wrap.h"

struct _UiWrap
{
  GtkWidget parent_instance;

  int across;
  int down;
  gboolean stacked;
};

enum
{
  PROP_0,
  PROP_SPACING,
  PROP_LINE_SPACING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (UiWrap, ui_wrap, GTK_TYPE_WIDGET)

static GtkWidget *
next_shown (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

#define FOR_EACH_SHOWN(child, self)                                                                \
  for (GtkWidget *child = next_shown (gtk_widget_get_first_child (GTK_WIDGET (self)));             \
       child != NULL; child = next_shown (gtk_widget_get_next_sibling (child)))

static int
get_width (UiWrap *self, GtkWidget *child, int room)
{
  int least, wanted;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
  return self->stacked ? MAX (least, room) : MAX (least, MIN (wanted, room));
}

static int
get_height (GtkWidget *child, int width)
{
  int wanted;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &wanted, NULL, NULL);
  return wanted;
}

/* One line that starts with @first: returns the first child of the next, and this one's height. */
static GtkWidget *
measure_line (UiWrap *self, GtkWidget *first, int room, int *height)
{
  GtkWidget *child;
  int used = 0;

  *height = 0;
  for (child = first; child != NULL; child = next_shown (gtk_widget_get_next_sibling (child)))
    {
      int width = get_width (self, child, room);

      if (child != first && (self->stacked || used + self->across + width > room))
        break;
      used += width + (child != first ? self->across : 0);
      *height = MAX (*height, get_height (child, width));
    }
  return child;
}

static int
measure_lines (UiWrap *self, int room)
{
  GtkWidget *child = next_shown (gtk_widget_get_first_child (GTK_WIDGET (self)));
  int sum = 0;

  while (child != NULL)
    {
      int height;

      child = measure_line (self, child, room, &height);
      sum += height + (child != NULL ? self->down : 0);
    }
  return sum;
}

static void
ui_wrap_measure (GtkWidget *widget,
                 GtkOrientation orientation,
                 int for_size,
                 int *minimum,
                 int *natural,
                 int *minimum_baseline,
                 int *natural_baseline)
{
  UiWrap *self = UI_WRAP (widget);
  int n = 0;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = *natural = measure_lines (self, for_size < 0 ? G_MAXINT / 2 : for_size);
      return;
    }
  FOR_EACH_SHOWN (child, self)
  {
    int least, wanted;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
    *minimum = MAX (*minimum, least);
    *natural =
        self->stacked ? MAX (*natural, wanted) : *natural + wanted + (n > 0 ? self->across : 0);
    n++;
  }
}

static void
ui_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  UiWrap *self = UI_WRAP (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = next_shown (gtk_widget_get_first_child (widget));
  int y = 0;

  while (child != NULL)
    {
      int tall;
      GtkWidget *end = measure_line (self, child, width, &tall);
      int x = 0;

      for (; child != end; child = next_shown (gtk_widget_get_next_sibling (child)))
        {
          int wide = get_width (self, child, width);
          GtkAllocation place = { mirrored ? width - x - wide : x, y, wide, tall };

          gtk_widget_size_allocate (child, &place, -1);
          x += wide + self->across;
        }
      y += tall + self->down;
    }
}

static GtkSizeRequestMode
ui_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ui_wrap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  UiWrap *self = UI_WRAP (object);

  switch (id)
    {
    case PROP_SPACING:
      ui_wrap_set_spacing (self, g_value_get_int (value), self->down);
      break;
    case PROP_LINE_SPACING:
      ui_wrap_set_spacing (self, self->across, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
ui_wrap_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  UiWrap *self = UI_WRAP (object);

  switch (id)
    {
    case PROP_SPACING:
      g_value_set_int (value, self->across);
      break;
    case PROP_LINE_SPACING:
      g_value_set_int (value, self->down);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
ui_wrap_dispose (GObject *object)
{
  ui_wrap_clear (UI_WRAP (object));
  G_OBJECT_CLASS (ui_wrap_parent_class)->dispose (object);
}

static void
ui_wrap_class_init (UiWrapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = ui_wrap_dispose;
  object_class->set_property = ui_wrap_set_property;
  object_class->get_property = ui_wrap_get_property;
  widget_class->measure = ui_wrap_measure;
  widget_class->size_allocate = ui_wrap_size_allocate;
  widget_class->get_request_mode = ui_wrap_get_request_mode;
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, 100, 0,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LINE_SPACING] = g_param_spec_int ("line-spacing", NULL, NULL, 0, 100, 0,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
ui_wrap_init (UiWrap *self)
{
}

void
ui_wrap_append (UiWrap *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
ui_wrap_clear (UiWrap *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

void
ui_wrap_set_spacing (UiWrap *self, int across, int down)
{
  self->across = across;
  self->down = down;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
ui_wrap_set_stacked (UiWrap *self, gboolean stacked)
{
  self->stacked = stacked;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

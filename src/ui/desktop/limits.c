/* Keeps the engine set as the person chose. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desktop/limits.h"

#include <adwaita.h>

#include "base/thread.h"
#include "ui/settings.h"

#define MINUTES_A_DAY (24 * 60)

struct _UiLimits
{
  GSettings *settings; /* owned */
  Engine *engine;      /* owned */
  gulong changed;
  guint boundary; /* at the next start or end of the scheduled hours; 0 where there are none */
};

static void apply (UiLimits *self);

static gboolean
boundary_cb (gpointer user_data)
{
  UiLimits *self = user_data;

  self->boundary = 0;
  apply (self);
  return G_SOURCE_REMOVE;
}

static int
get_minutes_until (int minute, int then)
{
  return (then - minute + MINUTES_A_DAY - 1) % MINUTES_A_DAY + 1;
}

/* One wake-up at the next boundary, not one a minute. The clock may be set meanwhile, and the
 * computer sleep: an hour at most, then it looks again. */
static void
wait_for_boundary (UiLimits *self, int minute)
{
  int from = g_settings_get_int (self->settings, "scheduled-from");
  int to = g_settings_get_int (self->settings, "scheduled-to");
  int minutes = MIN (get_minutes_until (minute, from), get_minutes_until (minute, to));

  g_clear_handle_id (&self->boundary, g_source_remove);
  if (g_settings_get_boolean (self->settings, "scheduled-limit-enabled"))
    self->boundary = g_timeout_add_seconds (MIN (minutes, 60) * 60, boundary_cb, self);
}

static void
apply_style (UiLimits *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  int chosen = g_settings_get_enum (self->settings, "appearance");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[chosen]);
}

static void
apply (UiLimits *self)
{
  EngineLimits limits = *engine_get_limits (self->engine);
  int minute = ui_settings_get_minute ();

  ui_settings_fill_limits (self->settings, minute, &limits);
  engine_set_limits (self->engine, &limits);
  apply_style (self);
  wait_for_boundary (self, minute);
}

UiLimits *
ui_limits_new (GSettings *settings, Engine *engine)
{
  UiLimits *self = g_new0 (UiLimits, 1);

  BASE_ASSERT_MAIN ();
  self->settings = g_object_ref (settings);
  self->engine = g_object_ref (engine);
  self->changed = g_signal_connect_swapped (settings, "changed", G_CALLBACK (apply), self);
  apply (self);
  return self;
}

void
ui_limits_free (UiLimits *self)
{
  g_clear_handle_id (&self->boundary, g_source_remove);
  g_clear_signal_handler (&self->changed, self->settings);
  g_object_unref (self->engine);
  g_object_unref (self->settings);
  g_free (self);
}

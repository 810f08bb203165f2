/* Tells the engine when the network goes and comes.
 *
 * A monitor that has never seen a network proves nothing: some machines have one
 * that it cannot see. So only what was there and went is away.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/desktop/network.h"

#include "base/thread.h"

struct _UiNetwork
{
  GSettings *settings;      /* owned */
  Engine *engine;           /* owned */
  GNetworkMonitor *monitor; /* owned */
  gulong changed;
  gulong available_changed;
  gulong metered_changed;
  gulong setting_changed;
  gboolean seen; /* a network has been there */
};

static void
look (UiNetwork *self)
{
  gboolean there = g_network_monitor_get_network_available (self->monitor);
  gboolean costs = g_settings_get_boolean (self->settings, "pause-on-metered") &&
                   g_network_monitor_get_network_metered (self->monitor);

  self->seen = self->seen || there;
  engine_set_network_away (self->engine, (self->seen && !there) || (there && costs));
}

UiNetwork *
ui_network_new (GSettings *settings, Engine *engine)
{
  UiNetwork *self = g_new0 (UiNetwork, 1);

  BASE_ASSERT_MAIN ();
  self->settings = g_object_ref (settings);
  self->engine = g_object_ref (engine);
  self->monitor = g_object_ref (g_network_monitor_get_default ());
  self->changed =
      g_signal_connect_swapped (self->monitor, "network-changed", G_CALLBACK (look), self);
  /* NetworkManager's word comes as a property alone, where no route has changed. */
  self->available_changed = g_signal_connect_swapped (self->monitor, "notify::network-available",
                                                      G_CALLBACK (look), self);
  self->metered_changed =
      g_signal_connect_swapped (self->monitor, "notify::network-metered", G_CALLBACK (look), self);
  self->setting_changed =
      g_signal_connect_swapped (settings, "changed::pause-on-metered", G_CALLBACK (look), self);
  look (self);
  return self;
}

void
ui_network_free (UiNetwork *self)
{
  g_clear_signal_handler (&self->changed, self->monitor);
  g_clear_signal_handler (&self->available_changed, self->monitor);
  g_clear_signal_handler (&self->metered_changed, self->monitor);
  g_clear_signal_handler (&self->setting_changed, self->settings);
  g_object_unref (self->monitor);
  g_object_unref (self->engine);
  g_object_unref (self->settings);
  g_free (self);
}

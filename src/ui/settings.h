/* settings.h: what a person has chosen, and what follows from it for the engine. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "engine/engine.h"

G_BEGIN_DECLS

/**
 * ui_settings_new:
 *
 * Finds the schema where the program was installed, or in the directory that it was built in.
 *
 * Returns: (transfer full) (nullable): %NULL where the schema is nowhere: the program is not
 *   installed as a whole
 */
GSettings *ui_settings_new (void);

/**
 * ui_settings_fill_limits:
 * @minute: (minutes after midnight, local time): decides which speed limit is in force
 * @limits: (inout): what is not a setting is left alone
 */
void ui_settings_fill_limits (GSettings *settings, int minute, EngineLimits *limits);

/**
 * ui_settings_is_scheduled:
 * @from: (minutes after midnight)
 * @to: (minutes after midnight): where it lies before @from the hours go on past midnight; equal
 *   to @from: the whole day
 *
 * Returns: whether @minute is within the hours
 */
gboolean ui_settings_is_scheduled (int minute, int from, int to);

/** ui_settings_dup_folder: Returns: (transfer full): an absolute path: the person's choice, else
 * their folder for downloads */
char *ui_settings_dup_folder (GSettings *settings);

/** ui_settings_is_proxy: Returns: whether @address is one of a proxy: http, https or socks5, and a
 * host */
gboolean ui_settings_is_proxy (const char *address);

/** ui_settings_set_rate: sets the limit that is in force at @minute, of the two; 0: none */
void ui_settings_set_rate (GSettings *settings, int minute, gint64 rate);

/** ui_settings_get_minute: Returns: minutes after midnight, local time, now */
int ui_settings_get_minute (void);

/** ui_settings_dup_proxy: Returns: (transfer full) (nullable): as engine_proxy_set() takes it */
char *ui_settings_dup_proxy (GSettings *settings);

/** ui_settings_dup_user_agent: Returns: (transfer full) (nullable): %NULL for the engine's own */
char *ui_settings_dup_user_agent (GSettings *settings);

/** ui_settings_prepare_spec: gives @spec what is chosen for every new download */
void ui_settings_prepare_spec (GSettings *settings, EngineSpec *spec);

G_END_DECLS

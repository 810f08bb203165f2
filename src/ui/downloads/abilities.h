/* abilities.h: what can be done with a download as it is: the one place that decides it.
 *
 * Pure; any thread. The window enables its actions by it, the context menu follows.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/text/labels.h"

G_BEGIN_DECLS

typedef enum
{
  UI_CAN_PAUSE = 1 << 0,
  UI_CAN_RESUME = 1 << 1,
  UI_CAN_RETRY = 1 << 2,
  UI_CAN_START_NOW = 1 << 3,
  UI_CAN_MOVE = 1 << 4,
  UI_CAN_OPEN = 1 << 5,
  UI_CAN_TRASH = 1 << 6,
  UI_CAN_COPY_ERROR = 1 << 7,
  UI_CAN_CHANGE_ADDRESS = 1 << 8,
  UI_CAN_SIGN_IN = 1 << 9,
} UiAbilities;

/** ui_abilities_of: Returns: what a person may do with one download of these @facts */
UiAbilities ui_abilities_of (const UiFacts *facts);

G_END_DECLS

/* What can be done with a download. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/abilities.h"

static UiAbilities
of_state (const UiFacts *facts)
{
  switch (facts->state)
    {
    case ENGINE_STATE_QUEUED:
      return UI_CAN_PAUSE | UI_CAN_START_NOW | UI_CAN_MOVE;
    case ENGINE_STATE_CONNECTING:
    case ENGINE_STATE_ACTIVE:
    case ENGINE_STATE_VERIFYING:
      return UI_CAN_PAUSE | UI_CAN_MOVE;
    case ENGINE_STATE_PAUSED:
      return UI_CAN_RESUME | UI_CAN_START_NOW | UI_CAN_MOVE | UI_CAN_CHANGE_ADDRESS;
    case ENGINE_STATE_WAITING:
      /* Resume is the answer to a full disk, Retry to a wait that a person does not want to wait.
       */
      return UI_CAN_PAUSE | UI_CAN_RESUME | UI_CAN_RETRY | UI_CAN_START_NOW | UI_CAN_MOVE |
             UI_CAN_CHANGE_ADDRESS;
    case ENGINE_STATE_COMPLETED:
      return UI_CAN_MOVE | UI_CAN_OPEN | UI_CAN_TRASH;
    case ENGINE_STATE_FAILED:
    case ENGINE_STATE_CANCELLED:
    default:
      return UI_CAN_RETRY | UI_CAN_START_NOW | UI_CAN_MOVE | UI_CAN_CHANGE_ADDRESS;
    }
}

UiAbilities
ui_abilities_of (const UiFacts *facts)
{
  UiAbilities abilities = of_state (facts);

  if (facts->problem != NULL)
    abilities |= UI_CAN_COPY_ERROR;
  if (facts->remedy == ENGINE_REMEDY_SIGN_IN && facts->state == ENGINE_STATE_FAILED)
    abilities |= UI_CAN_SIGN_IN;
  return abilities;
}

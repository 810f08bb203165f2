/* The likely next thing. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/next.h"

#include "base/thread.h"
#include "ui/text/labels.h"

gboolean
ui_next_do (Engine *engine, EngineDownload *download)
{
  UiFacts facts;

  BASE_ASSERT_MAIN ();
  ui_facts_take (&facts, download);
  switch (ui_facts_get_next (&facts))
    {
    case UI_NEXT_PAUSE:
      engine_pause (engine, download);
      return TRUE;
    case UI_NEXT_RESUME:
      engine_resume (engine, download);
      return TRUE;
    case UI_NEXT_RETRY:
      engine_retry (engine, download);
      return TRUE;
    case UI_NEXT_OPEN_FOLDER:
    default:
      return FALSE;
    }
}

/* bobbin: the window. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/streams.h"
#include "base/thread.h"
#include "base/translations.h"
#include "ui/application.h"

int
main (int argc, char **argv)
{
  g_autoptr (UiApplication) application = NULL;

  base_streams_hold ();
  base_translations_bind ();
  base_thread_claim_main ();
  engine_prepare_process ();
  g_set_application_name ("Bobbin");

  application = ui_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

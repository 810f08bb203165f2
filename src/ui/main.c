/* bobbin: the window. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <locale.h>

#include "base/thread.h"
#include "ui/application.h"

int
main (int argc, char **argv)
{
  g_autoptr (UiApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BOBBIN_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  base_thread_claim_main ();
  engine_prepare_process ();
  g_set_application_name ("Bobbin");

  application = ui_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

/* Where the texts in the person's language are. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/translations.h"

#include <glib/gi18n.h>
#include <locale.h>

static char *
dup_folder (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : g_strdup (".");
  g_autofree char *beside = NULL;

  /* The build's own come first: an older Bobbin that is installed knows fewer texts. */
  if (g_str_has_prefix (folder, BOBBIN_BUILD_DIR "/"))
    return g_strdup (BOBBIN_BUILD_DIR "/po");
  /* What is moved as a whole, or staged for a package, finds its own. */
  beside = g_build_filename (folder, "..", "share", "locale", NULL);
  if (g_file_test (beside, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&beside);
  return g_strdup (BOBBIN_LOCALE_DIR);
}

void
base_translations_bind (void)
{
  g_autofree char *folder = dup_folder ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

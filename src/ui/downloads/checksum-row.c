/* The row of a checksum. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/checksum-row.h"

#include <glib/gi18n.h>

#include "base/thread.h"
#include "ui/text/checksum.h"
#include "ui/text/properties.h"

gboolean
ui_checksum_row_check (AdwEntryRow *row)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autofree char *checksum = ui_checksum_guess (text);
  g_autofree char *kind = checksum != NULL ? ui_property_digest_name (checksum) : NULL;
  g_autofree char *title = NULL;
  gboolean fits = checksum != NULL || ui_checksum_is_blank (text);

  BASE_ASSERT_MAIN ();
  if (kind != NULL)
    /* Translators: %s is the kind that was recognized, such as SHA-256 */
    title = g_strdup_printf (_ ("Checksum · %s"), kind);
  else if (!fits)
    title = g_strdup (_ ("Checksum · none that is known has this length"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : _ ("Checksum"));
  if (fits)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  return fits;
}

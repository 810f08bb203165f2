/* Taking out of the list, and undo. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/removal.h"

#include <glib/gi18n.h>

#include "base/thread.h"

/* Long enough to be found by whoever does not see it at once. */
#define UNDO_S 15

/* What one toast can bring back. Owned by the toast. */
typedef struct
{
  Engine *engine;       /* owned */
  GPtrArray *downloads; /* owned (element-type EngineDownload) */
  gboolean undone;
} Removal;

static void
removal_free (gpointer data, GClosure *closure)
{
  Removal *removal = data;

  g_object_unref (removal->engine);
  g_ptr_array_unref (removal->downloads);
  g_free (removal);
}

static void
undo_cb (AdwToast *toast, Removal *removal)
{
  removal->undone = TRUE;
  engine_restore (removal->engine, removal->downloads);
}

static void
dismissed_cb (AdwToast *toast, Removal *removal)
{
  if (!removal->undone)
    engine_forget (removal->engine, removal->downloads);
}

static char *
dup_title (GPtrArray *downloads)
{
  guint n = downloads->len;
  g_autofree char *text = NULL;

  if (n == 1)
    {
      const char *name = engine_download_get_name (g_ptr_array_index (downloads, 0));

      text = g_strdup_printf (_ ("“%s” removed from the list"), name);
    }
  else
    text = g_strdup_printf (ngettext ("%u download removed from the list",
                                      "%u downloads removed from the list", n),
                            n);
  return g_markup_escape_text (text, -1);
}

AdwToast *
ui_removal_do (Engine *engine, AdwToastOverlay *toasts, GPtrArray *downloads)
{
  g_autofree char *title = NULL;
  Removal *removal;
  AdwToast *toast;

  BASE_ASSERT_MAIN ();
  if (downloads->len == 0)
    return NULL;
  title = dup_title (downloads);
  removal = g_new0 (Removal, 1);
  removal->engine = g_object_ref (engine);
  removal->downloads = g_ptr_array_ref (downloads);
  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, _ ("Undo"));
  adw_toast_set_timeout (toast, UNDO_S);
  /* Not behind the toast of an earlier removal, where nobody would find it in time. */
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (undo_cb), removal);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (dismissed_cb), removal, removal_free, 0);
  engine_remove (engine, downloads);
  adw_toast_overlay_add_toast (toasts, toast);
  return toast;
}

void
ui_removal_undo (AdwToast *toast)
{
  BASE_ASSERT_MAIN ();
  g_signal_emit_by_name (toast, "button-clicked");
  adw_toast_dismiss (toast);
}

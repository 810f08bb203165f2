/* Each error of the engine, as the details show what to do about it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "base/thread.h"
#include "ui/downloads/remedy.h"

/* The template's own: the sentence and the button under it. */
static GtkLabel *
get_advice (UiRemedy *remedy)
{
  return GTK_LABEL (gtk_widget_get_first_child (GTK_WIDGET (remedy)));
}

static GtkButton *
get_button (UiRemedy *remedy)
{
  return GTK_BUTTON (gtk_widget_get_last_child (GTK_WIDGET (remedy)));
}

static gboolean
has_button (UiRemedy *remedy)
{
  return gtk_widget_get_visible (GTK_WIDGET (get_button (remedy)));
}

static void
assert_shows (UiRemedy *remedy, const char *label, const char *action)
{
  g_assert_true (has_button (remedy));
  g_assert_cmpstr (gtk_button_get_label (get_button (remedy)), ==, label);
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (get_button (remedy))), ==,
                   action);
}

static UiRemedy *
new_remedy (void)
{
  return g_object_ref_sink (g_object_new (UI_TYPE_REMEDY, NULL));
}

static void
test_each_code_shows_its_sentence_and_the_button_that_helps (void)
{
  static const struct
  {
    const char *label;
    const char *action;
  } wanted[ENGINE_N_ERRORS] = {
    [ENGINE_ERROR_ADDRESS] = { "Change Address…", "win.change-address" },
    [ENGINE_ERROR_RESOLVE] = { "Retry", "win.retry" },
    [ENGINE_ERROR_CONNECT] = { "Retry", "win.retry" },
    [ENGINE_ERROR_TIMEOUT] = { "Retry", "win.retry" },
    [ENGINE_ERROR_CLOSED_EARLY] = { "Retry", "win.retry" },
    [ENGINE_ERROR_TLS] = { "Retry", "win.retry" },
    [ENGINE_ERROR_PROTOCOL] = { "Change Address…", "win.change-address" },
    [ENGINE_ERROR_HTTP] = { "Retry", "win.retry" },
    [ENGINE_ERROR_REDIRECT] = { "Change Address…", "win.change-address" },
    [ENGINE_ERROR_CHANGED] = { "Retry", "win.retry" },
    [ENGINE_ERROR_DISK_FULL] = { "Open Folder", "win.open-folder" },
    [ENGINE_ERROR_DISK_AWAY] = { "Choose Folder…", "win.add-text" },
    [ENGINE_ERROR_DISK] = { "Choose Folder…", "win.add-text" },
    [ENGINE_ERROR_NAME] = { "Choose Name…", "win.add-text" },
    [ENGINE_ERROR_IN_USE] = { "Retry", "win.retry" },
    [ENGINE_ERROR_CHECKSUM] = { "Retry", "win.retry" },
    [ENGINE_ERROR_CANCELLED] = { "Retry", "win.retry" },
    [ENGINE_ERROR_DAMAGED] = { "Retry", "win.retry" },
    [ENGINE_ERROR_PROXY] = { "Preferences", "app.preferences" },
  };
  g_autoptr (UiRemedy) remedy = new_remedy ();

  for (int i = 0; i < ENGINE_N_ERRORS; i++)
    {
      g_autoptr (GError) error = g_error_new (ENGINE_ERROR, i, "something of kind %d", i);

      g_test_message ("%s", engine_error_get_nick (i));
      ui_remedy_show (remedy, "http://a.invalid/b", error);
      g_assert_true (gtk_widget_get_visible (GTK_WIDGET (remedy)));
      g_assert_cmpstr (gtk_label_get_text (get_advice (remedy)), !=, "");
      /* A code that is new and stands not above has no button, which only a list that cannot be
       * kept may lack. */
      if (i == ENGINE_ERROR_JOURNAL)
        g_assert_false (has_button (remedy));
      else
        assert_shows (remedy, wanted[i].label, wanted[i].action);
    }
}

static void
test_a_status_has_the_button_that_it_asks_for (void)
{
  static const struct
  {
    int status;
    const char *label;
    const char *action;
  } table[] = {
    { 401, "Sign In…", "win.sign-in" },
    { 404, "Change Address…", "win.change-address" },
    { 407, "Preferences", "app.preferences" },
    { 503, "Retry", "win.retry" },
  };
  g_autoptr (UiRemedy) remedy = new_remedy ();

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = engine_error_new_http (table[i].status, NULL);

      ui_remedy_show (remedy, "http://a.invalid/b", error);
      assert_shows (remedy, table[i].label, table[i].action);
    }
}

static void
test_choosing_a_folder_takes_the_address_along (void)
{
  g_autoptr (UiRemedy) remedy = new_remedy ();
  g_autoptr (GError) away = g_error_new_literal (ENGINE_ERROR, ENGINE_ERROR_DISK_AWAY, "it");
  g_autoptr (GError) refused = g_error_new_literal (ENGINE_ERROR, ENGINE_ERROR_CONNECT, "it");
  GVariant *target;

  ui_remedy_show (remedy, "http://a.invalid/b", away);
  target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (get_button (remedy)));
  g_assert_cmpstr (g_variant_get_string (target, NULL), ==, "http://a.invalid/b");
  ui_remedy_show (remedy, "http://a.invalid/b", refused);
  g_assert_null (gtk_actionable_get_action_target_value (GTK_ACTIONABLE (get_button (remedy))));
}

static void
test_no_error_shows_nothing (void)
{
  g_autoptr (UiRemedy) remedy = new_remedy ();
  g_autoptr (GError) error = g_error_new_literal (ENGINE_ERROR, ENGINE_ERROR_CONNECT, "it");

  ui_remedy_show (remedy, "http://a.invalid/b", error);
  ui_remedy_show (remedy, "http://a.invalid/b", NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (remedy)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  base_thread_claim_main ();
#define ADD(test) g_test_add_func ("/remedy/" #test, test_##test)
  ADD (each_code_shows_its_sentence_and_the_button_that_helps);
  ADD (a_status_has_the_button_that_it_asks_for);
  ADD (choosing_a_folder_takes_the_address_along);
  ADD (no_error_shows_nothing);
#undef ADD
  return g_test_run ();
}

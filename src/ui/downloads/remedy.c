/* What to do about an error. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/remedy.h"

#include <glib/gi18n.h>

#include "base/thread.h"

struct _UiRemedy
{
  GtkBox parent_instance;

  /* The template's. */
  GtkLabel *advice;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (UiRemedy, ui_remedy, GTK_TYPE_BOX)

static const struct
{
  const char *label; /* to be translated */
  const char *action;
} buttons[ENGINE_N_REMEDIES] = {
  [ENGINE_REMEDY_RETRY] = { N_ ("Retry"), "win.retry" },
  [ENGINE_REMEDY_CHANGE_ADDRESS] = { N_ ("Change Address…"), "win.change-address" },
  [ENGINE_REMEDY_MAKE_ROOM] = { N_ ("Open Folder"), "win.open-folder" },
  [ENGINE_REMEDY_CHOOSE_FOLDER] = { N_ ("Choose Folder…"), "win.add-text" },
  [ENGINE_REMEDY_CHOOSE_NAME] = { N_ ("Choose Name…"), "win.add-text" },
  [ENGINE_REMEDY_SIGN_IN] = { N_ ("Sign In…"), "win.sign-in" },
  [ENGINE_REMEDY_SET_PROXY] = { N_ ("Preferences"), "app.preferences" },
};

const char *
ui_remedy_get_label (EngineRemedy remedy)
{
  const char *label = buttons[remedy].label;

  return label != NULL ? _ (label) : NULL;
}

const char *
ui_remedy_get_action (EngineRemedy remedy)
{
  return buttons[remedy].action;
}

static void
set_action (GtkActionable *button, const char *action, const char *address)
{
  /* Add Downloads opens with the address in it: folder and name are chosen there. */
  if (g_strcmp0 (action, "win.add-text") == 0)
    gtk_actionable_set_action_target (button, "s", address);
  else
    gtk_actionable_set_action_target_value (button, NULL);
  if (g_strcmp0 (gtk_actionable_get_action_name (button), action) != 0)
    gtk_actionable_set_action_name (button, action);
}

void
ui_remedy_show (UiRemedy *self, const char *address, const GError *error)
{
  EngineRemedy remedy = error != NULL ? engine_remedy_of (error) : ENGINE_REMEDY_NONE;
  const char *label = ui_remedy_get_label (remedy);
  const char *advice = error != NULL ? engine_remedy_advise (error) : "";

  BASE_ASSERT_MAIN ();
  gtk_widget_set_visible (GTK_WIDGET (self), *advice != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL);
  if (g_strcmp0 (gtk_label_get_text (self->advice), advice) != 0)
    gtk_label_set_text (self->advice, advice);
  if (label == NULL)
    return;
  if (g_strcmp0 (gtk_button_get_label (self->button), label) != 0)
    gtk_button_set_label (self->button, label);
  set_action (GTK_ACTIONABLE (self->button), ui_remedy_get_action (remedy), address);
}

static void
ui_remedy_class_init (UiRemedyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/bobbin/Bobbin/downloads/remedy.ui");
  gtk_widget_class_bind_template_child (widget_class, UiRemedy, advice);
  gtk_widget_class_bind_template_child (widget_class, UiRemedy, button);
}

static void
ui_remedy_init (UiRemedy *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

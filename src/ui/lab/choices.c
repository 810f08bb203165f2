/* What can be chosen about an experiment. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/lab/choices.h"

#include <glib/gi18n.h>

#include "ui/lab/scenario-row.h"
#include "ui/lab/words.h"
#include "ui/plot/wrap.h"

struct _UiChoices
{
  GtkBox parent_instance;

  GtkWidget *summary_button;
  GtkLabel *summary_title;
  GtkLabel *summary_text;
  GtkImage *summary_icon;
  GtkRevealer *revealer;
  UiWrap *row;
  GtkDropDown *variant_drop;
  GtkWidget *threads_box;
  GtkWidget *threads_label;
  GtkSpinButton *threads_spin;
  GtkWidget *increments_box;
  GtkWidget *increments_label;
  GtkSpinButton *increments_spin;
  GtkWidget *nudge_box;
  GtkWidget *nudge_label;
  GtkDropDown *nudge_drop;

  UiExperiment *experiment;    /* owned */
  const LabScenario *scenario; /* borrowed: the one that the variants are listed of */
  gboolean filling;            /* the change is ours, not a person's */
  gboolean narrow;
};

/* In the order of the list. */
static const int nudges[] = { LAB_NUDGE_AUTO, LAB_NUDGE_OFF, 1, 4, 10, 30, 100, 1000 };

G_DEFINE_FINAL_TYPE (UiChoices, ui_choices, GTK_TYPE_BOX)

static void
list_nudges (UiChoices *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (nudges); i++)
    if (nudges[i] == LAB_NUDGE_AUTO)
      /* Translators: how often threads are nudged is found out by the program */
      gtk_string_list_append (list, C_ ("nudge", "Automatic"));
    else if (nudges[i] == LAB_NUDGE_OFF)
      gtk_string_list_append (list, C_ ("nudge", "Off"));
    else
      gtk_string_list_take (list, g_strdup_printf (C_ ("nudge", "1 in %d"), nudges[i]));
  gtk_drop_down_set_model (self->nudge_drop, G_LIST_MODEL (list));
}

static void
list_variants (UiChoices *self, const LabScenario *scenario)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (int i = 0; i < scenario->n_variants; i++)
    gtk_string_list_append (list, g_dpgettext2 (NULL, "variant", scenario->variants[i].title));
  gtk_drop_down_set_model (self->variant_drop, G_LIST_MODEL (list));
  self->scenario = scenario;
}

static void
show_summary (UiChoices *self)
{
  const LabVariant *variant = ui_experiment_get_variant (self->experiment);
  g_autofree char *text = ui_words_dup_choices (ui_experiment_get_threads (self->experiment),
                                                ui_experiment_get_increments (self->experiment),
                                                ui_experiment_get_nudge (self->experiment));

  gtk_label_set_text (self->summary_title, g_dpgettext2 (NULL, "variant", variant->title));
  gtk_label_set_text (self->summary_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->summary_text), variant->takes_numbers);
}

static void
changed_cb (UiChoices *self)
{
  const LabScenario *scenario = ui_experiment_get_scenario (self->experiment);
  const LabVariant *variant = ui_experiment_get_variant (self->experiment);
  /* An edited program has its own. */
  gboolean takes_numbers = variant->takes_numbers && !ui_experiment_is_edited (self->experiment);

  self->filling = TRUE;
  if (self->scenario != scenario)
    list_variants (self, scenario);
  gtk_drop_down_set_selected (self->variant_drop, (guint) (variant - scenario->variants));
  gtk_spin_button_set_value (self->threads_spin, ui_experiment_get_threads (self->experiment));
  gtk_spin_button_set_value (self->increments_spin,
                             ui_experiment_get_increments (self->experiment));
  for (guint i = 0; i < G_N_ELEMENTS (nudges); i++)
    if (nudges[i] == ui_experiment_get_nudge (self->experiment))
      gtk_drop_down_set_selected (self->nudge_drop, i);
  self->filling = FALSE;
  gtk_widget_set_visible (self->threads_box, takes_numbers);
  gtk_widget_set_visible (self->increments_box, takes_numbers);
  show_summary (self);
}

static void
variant_cb (UiChoices *self)
{
  guint i = gtk_drop_down_get_selected (self->variant_drop);

  if (!self->filling && i < (guint) self->scenario->n_variants)
    ui_experiment_choose (self->experiment, self->scenario, &self->scenario->variants[i]);
}

static void
numbers_cb (UiChoices *self)
{
  if (!self->filling)
    ui_experiment_set_numbers (self->experiment,
                               gtk_spin_button_get_value_as_int (self->threads_spin),
                               gtk_spin_button_get_value_as_int (self->increments_spin));
}

static void
nudge_cb (UiChoices *self)
{
  guint i = gtk_drop_down_get_selected (self->nudge_drop);

  if (!self->filling && i < G_N_ELEMENTS (nudges))
    ui_experiment_set_nudge (self->experiment, nudges[i]);
}

static void
show_revealed (UiChoices *self)
{
  gboolean revealed = gtk_revealer_get_reveal_child (self->revealer);

  gtk_image_set_from_icon_name (self->summary_icon,
                                revealed ? "go-up-symbolic" : "go-next-symbolic");
  /* Hidden choices leave no gap behind. */
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), revealed || !self->narrow);
}

static void
summary_cb (UiChoices *self)
{
  gtk_revealer_set_reveal_child (self->revealer, !gtk_revealer_get_reveal_child (self->revealer));
  show_revealed (self);
}

static void
ui_choices_dispose (GObject *object)
{
  g_clear_object (&UI_CHOICES (object)->experiment);
  G_OBJECT_CLASS (ui_choices_parent_class)->dispose (object);
}

static void
ui_choices_class_init (UiChoicesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_choices_dispose;
  g_type_ensure (UI_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bobbin/Bobbin/lab/choices.ui");
  gtk_widget_class_bind_template_child (widget_class, UiChoices, summary_button);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, summary_title);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, summary_text);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, summary_icon);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, revealer);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, row);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, variant_drop);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, threads_box);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, threads_label);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, threads_spin);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, increments_box);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, increments_label);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, increments_spin);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, nudge_box);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, nudge_label);
  gtk_widget_class_bind_template_child (widget_class, UiChoices, nudge_drop);
}

static void
ui_choices_init (UiChoices *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  list_nudges (self);
  ui_name_drop (self->variant_drop, _ ("Variant"));
  ui_name_drop (self->nudge_drop, _ ("Nudge"));
  g_signal_connect_swapped (self->variant_drop, "notify::selected", G_CALLBACK (variant_cb), self);
  g_signal_connect_swapped (self->threads_spin, "value-changed", G_CALLBACK (numbers_cb), self);
  g_signal_connect_swapped (self->increments_spin, "value-changed", G_CALLBACK (numbers_cb), self);
  g_signal_connect_swapped (self->nudge_drop, "notify::selected", G_CALLBACK (nudge_cb), self);
  g_signal_connect_swapped (self->summary_button, "clicked", G_CALLBACK (summary_cb), self);
}

void
ui_choices_set_experiment (UiChoices *self, UiExperiment *experiment)
{
  if (self->experiment != NULL)
    g_signal_handlers_disconnect_by_data (self->experiment, self);
  g_set_object (&self->experiment, experiment);
  g_signal_connect_object (experiment, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  if (ui_experiment_get_variant (experiment) != NULL)
    changed_cb (self);
}

void
ui_choices_set_real (UiChoices *self, gboolean real)
{
  gtk_widget_set_visible (self->nudge_box, real);
}

void
ui_choices_set_narrow (UiChoices *self, gboolean narrow)
{
  GtkWidget *labels[] = { self->threads_label, self->increments_label, self->nudge_label };

  self->narrow = narrow;
  ui_wrap_set_stacked (self->row, narrow);
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_widget_set_hexpand (labels[i], narrow);
  gtk_widget_set_visible (self->summary_button, narrow);
  gtk_revealer_set_reveal_child (self->revealer, !narrow);
  show_revealed (self);
}

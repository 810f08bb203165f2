/* What was found. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/findings.h"

#include <glib/gi18n.h>

#include "base/human.h"
#include "base/thread.h"
#include "ui/downloads/icon.h"

/* More than a person reads; the verdict counts them all. Only of these the servers are asked. */
#define MOST_LINES 12

/* In less the words beside the size would crowd out the name. */
#define WIDE 420

struct _UiFindings
{
  GtkBox *box;       /* not owned */
  GtkLabel *verdict; /* not owned */
  GtkLabel *total;   /* not owned */
  Engine *engine;    /* owned */
  const UiFindingsCalls *calls;
  gpointer user_data;

  GPtrArray *found;   /* borrowed */
  char *folder;       /* owned */
  GHashTable *asked;  /* owned; address to Answer: asked once, however often the text changes */
  GHashTable *labels; /* owned; address to the GtkLabel of its line, not owned */
  GCancellable *cancellable; /* owned; of all that is asked */
};

/* What is known of one address. Owned by the table; kept by the question too while it is under way.
 */
typedef struct
{
  grefcount references;
  UiFindings *findings; /* NULL once nobody wants to know */
  char *address;        /* owned */
  EngineProbe *probe;   /* owned; NULL: no answer yet, or none of use */
} Answer;

static void
answer_unref (gpointer data)
{
  Answer *answer = data;

  if (!g_ref_count_dec (&answer->references))
    return;
  g_free (answer->address);
  g_clear_pointer (&answer->probe, engine_probe_free);
  g_free (answer);
}

static void
answer_forget (gpointer data)
{
  Answer *answer = data;

  answer->findings = NULL;
  answer_unref (answer);
}

static void
clear_lines (UiFindings *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->box));
  GtkWidget *line;

  g_hash_table_remove_all (self->labels);
  while ((line = gtk_widget_get_next_sibling (first)) != NULL)
    gtk_box_remove (self->box, line);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_icon (GIcon *icon, const char *css_class)
{
  GtkWidget *image =
      g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_image_set_from_gicon (GTK_IMAGE (image), icon);
  if (css_class != NULL)
    gtk_widget_add_css_class (image, css_class);
  return image;
}

static GtkWidget *
make_button (const char *text, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_with_label (text);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "line-button");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tooltip);
  return button;
}

static void
correct_clicked_cb (GtkButton *button, UiFindings *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "entry"));
  const EngineFound *found = g_ptr_array_index (self->found, i);

  self->calls->correct (found->start, found->length, found->suggestion, self->user_data);
}

static void
add_problem (UiFindings *self, guint i)
{
  const EngineFound *found = g_ptr_array_index (self->found, i);
  /* Translators: the number of a line, and why it is not understood */
  g_autofree char *text = g_strdup_printf (_ ("Line %d: %s"), found->line, found->error->message);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = make_label (text, "error");
  g_autoptr (GIcon) icon = g_themed_icon_new ("dialog-warning-symbolic");
  GtkWidget *button;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), make_icon (icon, "error"));
  gtk_box_append (GTK_BOX (line), label);
  if (found->suggestion != NULL)
    {
      button = make_button (_ ("Correct"), found->suggestion);
      g_object_set_data (G_OBJECT (button), "entry", GUINT_TO_POINTER (i));
      g_signal_connect (button, "clicked", G_CALLBACK (correct_clicked_cb), self);
      gtk_box_append (GTK_BOX (line), button);
    }
  gtk_box_append (self->box, line);
}

/* One address's Answer, where it has come; NULL otherwise. */
static const EngineProbe *
get_probe (UiFindings *self, const char *address)
{
  const Answer *answer = g_hash_table_lookup (self->asked, address);

  return answer != NULL ? answer->probe : NULL;
}

static void
show_clicked_cb (GtkButton *button, UiFindings *self)
{
  const char *address = g_object_get_data (G_OBJECT (button), "address");
  EngineDownload *download = engine_find_address (self->engine, address);
  const EngineProbe *probe = get_probe (self, address);

  if (download != NULL)
    self->calls->show (download, self->user_data);
  else if (probe != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, probe->name, NULL);

      self->calls->show_path (path, self->user_data);
    }
}

/* It is there already, in the list or in the folder: said, and shown if one likes. */
static void
add_duplicate (UiFindings *self, GtkBox *line, const char *address, gboolean in_list)
{
  GtkWidget *badge =
      make_label (in_list ? _ ("Already in the list") : _ ("Already in the folder"), "badge");
  GtkWidget *button = make_button (_ ("Show"), in_list ? _ ("Show the download in the list")
                                                       : _ ("Show the file in its folder"));

  gtk_widget_add_css_class (badge, "warn");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "address", g_strdup (address), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (show_clicked_cb), self);
  /* Before what its server says, which is the last. */
  gtk_box_insert_child_after (line, badge,
                              gtk_widget_get_prev_sibling (
                                  gtk_widget_get_last_child (GTK_WIDGET (line))));
  gtk_box_insert_child_after (line, button, badge);
}

static char *
dup_facts (UiFindings *self, const EngineProbe *probe)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->box));
  g_autofree char *size =
      probe->length >= 0 ? base_human_size (probe->length) : g_strdup (_ ("size not known"));

  if (width > 0 && width < WIDE)
    return g_steal_pointer (&size);
  return probe->can_resume
             /* Translators: a size; whether a broken download can go on where it was */
             ? g_strdup_printf (_ ("%s · can resume"), size)
             : g_strdup_printf (_ ("%s · cannot resume"), size);
}

static void
show_facts (UiFindings *self, const Answer *answer)
{
  GtkLabel *label = g_hash_table_lookup (self->labels, answer->address);
  g_autofree char *text = answer->probe != NULL ? dup_facts (self, answer->probe) : NULL;

  if (label == NULL || text == NULL)
    return;
  gtk_label_set_text (label, text);
  if (answer->probe->is_taken && engine_find_address (self->engine, answer->address) == NULL)
    add_duplicate (self, GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (label))), answer->address,
                   FALSE);
}

static void
show_total (UiFindings *self)
{
  gint64 bytes = ui_findings_get_total (self);
  g_autofree char *size = bytes >= 0 ? base_human_size (bytes) : g_strdup ("");

  gtk_label_set_text (self->total, size);
}

static void
probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  /* No answer, or none of use: the download itself will say why. */
  g_autoptr (EngineProbe) probe = engine_probe_finish (ENGINE_ENGINE (source), result, NULL);

  if (answer->findings != NULL && probe != NULL)
    {
      answer->probe = g_steal_pointer (&probe);
      show_facts (answer->findings, answer);
      show_total (answer->findings);
      answer->findings->calls->learned (answer->findings->user_data);
    }
  answer_unref (answer);
}

static void
ask (UiFindings *self, const char *address)
{
  g_autoptr (EngineSpec) spec = engine_spec_new (address, self->folder);
  Answer *answer = g_new0 (Answer, 1);

  g_ref_count_init (&answer->references);
  answer->findings = self;
  answer->address = g_strdup (address);
  g_hash_table_insert (self->asked, answer->address, answer);
  g_ref_count_inc (&answer->references);
  engine_probe_async (self->engine, spec, self->cancellable, probed_cb, answer);
}

static void
add_file (UiFindings *self, const EngineFound *found)
{
  g_autofree char *name =
      engine_file_name_choose (NULL, NULL, found->address, found->address, NULL);
  g_autoptr (GIcon) icon = ui_icon_for_name (name);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = make_label (name, NULL);
  GtkWidget *facts = make_label ("", "side");
  const Answer *known = g_hash_table_lookup (self->asked, found->address);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (GTK_LABEL (label), 8);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, found->address);
  gtk_widget_add_css_class (facts, "numeric");
  gtk_box_append (GTK_BOX (line), make_icon (icon, NULL));
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), facts);
  if (engine_find_address (self->engine, found->address) != NULL)
    add_duplicate (self, GTK_BOX (line), found->address, TRUE);
  gtk_box_append (self->box, line);
  g_hash_table_insert (self->labels, found->address, facts);
  if (known != NULL)
    show_facts (self, known);
  else
    ask (self, found->address);
}

static void
show_verdict (UiFindings *self, int understood, int problems)
{
  g_autofree char *good =
      g_strdup_printf (ngettext ("%d address", "%d addresses", understood), understood);
  g_autofree char *both = NULL;

  if (understood + problems == 0)
    {
      gtk_label_set_text (self->verdict, _ ("One address a line, or text with addresses in it"));
      return;
    }
  if (problems > 0)
    /* Translators: `3 addresses`, and how many lines are not understood */
    both = g_strdup_printf (_ ("%s · %d not understood"), good, problems);
  gtk_label_set_text (self->verdict, both != NULL ? both : good);
}

void
ui_findings_show (UiFindings *self, GPtrArray *found, const char *folder)
{
  int understood = 0;
  int problems = 0;

  BASE_ASSERT_MAIN ();
  self->found = found;
  /* Whether a name is taken is another question in another folder. */
  if (g_strcmp0 (folder, self->folder) != 0)
    g_hash_table_remove_all (self->asked);
  g_free (self->folder);
  self->folder = g_strdup (folder);
  clear_lines (self);
  for (guint i = 0; i < found->len; i++)
    {
      const EngineFound *entry = g_ptr_array_index (found, i);

      if (entry->address != NULL)
        understood++;
      else if (++problems <= MOST_LINES)
        add_problem (self, i);
    }
  for (guint i = 0, shown = 0; i < found->len && shown < MOST_LINES; i++)
    {
      const EngineFound *entry = g_ptr_array_index (found, i);

      if (entry->address == NULL || g_hash_table_contains (self->labels, entry->address))
        continue;
      add_file (self, entry);
      shown++;
    }
  show_verdict (self, understood, problems);
  show_total (self);
}

gint64
ui_findings_get_total (UiFindings *self)
{
  gint64 total = -1;

  for (guint i = 0; self->found != NULL && i < self->found->len; i++)
    {
      const EngineFound *entry = g_ptr_array_index (self->found, i);
      const Answer *answer =
          entry->address != NULL ? g_hash_table_lookup (self->asked, entry->address) : NULL;

      if (answer != NULL && answer->probe != NULL && answer->probe->length >= 0)
        total = MAX (total, 0) + answer->probe->length;
    }
  return total;
}

static gboolean
is_duplicate (UiFindings *self, const char *address)
{
  const EngineProbe *probe = get_probe (self, address);

  return engine_find_address (self->engine, address) != NULL || (probe != NULL && probe->is_taken);
}

gboolean
ui_findings_are_duplicates (UiFindings *self)
{
  int understood = 0;

  for (guint i = 0; self->found != NULL && i < self->found->len; i++)
    {
      const EngineFound *entry = g_ptr_array_index (self->found, i);

      if (entry->address == NULL)
        continue;
      understood++;
      if (!is_duplicate (self, entry->address))
        return FALSE;
    }
  return understood > 0;
}

UiFindings *
ui_findings_new (GtkBox *box,
                 GtkLabel *verdict,
                 GtkLabel *total,
                 Engine *engine,
                 const UiFindingsCalls *calls,
                 gpointer user_data)
{
  UiFindings *self = g_new0 (UiFindings, 1);

  self->box = box;
  self->verdict = verdict;
  self->total = total;
  self->engine = g_object_ref (engine);
  self->calls = calls;
  self->user_data = user_data;
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, answer_forget);
  self->labels = g_hash_table_new (g_str_hash, g_str_equal);
  self->cancellable = g_cancellable_new ();
  return self;
}

void
ui_findings_free (UiFindings *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->asked);
  g_hash_table_unref (self->labels);
  g_object_unref (self->engine);
  g_free (self->folder);
  g_free (self);
}

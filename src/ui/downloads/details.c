/* The details of one download. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/downloads/details.h"

#include <glib/gi18n.h>

#include "base/clock.h"
#include "base/human.h"
#include "base/thread.h"
#include "ui/downloads/connections-plot.h"
#include "ui/downloads/speed-history.h"
#include "ui/downloads/icon.h"
#include "ui/downloads/log.h"
#include "ui/downloads/remedy.h"
#include "ui/downloads/speed-plot.h"
#include "ui/text/properties.h"

struct _UiDetails
{
  AdwBin parent_instance;

  /* The template's. */
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *headline;
  GtkBox *verdict;
  GtkImage *verdict_icon;
  GtkLabel *verdict_title;
  GtkLabel *verdict_digest;
  UiRemedy *remedy;
  GtkButton *copy_digest;
  GtkBox *connections_card;
  GtkLabel *rate;
  UiConnectionsPlot *connections;
  GtkBox *speed_card;
  GtkLabel *speed_note;
  UiSpeedPlot *speed;
  GtkLabel *address;
  GtkLabel *final_address;
  GtkLabel *folder;
  GtkLabel *size;
  GtkLabel *added;
  GtkLabel *finished;
  GtkLabel *finished_key;
  GtkLabel *validator;
  GtkLabel *digest;
  GtkLabel *digest_key;
  GtkBox *log_card;
  UiLog *log;

  EngineDownload *download; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (UiDetails, ui_details, ADW_TYPE_BIN)

/* A label that a person selects in is left alone while it says the same. */
static void
set_text (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (label), text) == 0)
    return;
  gtk_label_set_text (label, text);
  if (gtk_label_get_ellipsize (label) != PANGO_ELLIPSIZE_NONE)
    gtk_widget_set_tooltip_text (GTK_WIDGET (label), text);
}

static gint64
get_run_s (EngineDownload *download)
{
  gint64 started_us = engine_download_get_started_us (download);
  gint64 ended_us = engine_download_get_ended_us (download);

  /* What came in an earlier run took time that nobody knows any more. */
  if (started_us == 0 || ended_us < started_us || engine_download_get_resumed_from (download) > 0)
    return 0;
  return (ended_us - started_us + BASE_SECOND_US / 2) / BASE_SECOND_US;
}

static void
show_head (UiDetails *self, const UiFacts *facts)
{
  g_autofree char *headline = ui_property_headline (facts, get_run_s (self->download));

  ui_icon_show (self->icon, self->download);
  set_text (self->name, facts->name);
  set_text (self->headline, headline);
}

static void
show_banner (UiDetails *self, gboolean good, const char *title, const char *digest)
{
  gtk_image_set_from_icon_name (self->verdict_icon,
                                good ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->verdict), good ? "bad" : "good");
  gtk_widget_add_css_class (GTK_WIDGET (self->verdict), good ? "good" : "bad");
  set_text (self->verdict_title, title);
  set_text (self->verdict_digest, digest != NULL ? digest : "");
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_digest), digest != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->copy_digest), digest != NULL);
}

/* What the checksum said, or why it failed or waits. */
static void
show_verdict (UiDetails *self, const UiFacts *facts)
{
  const char *digest = facts->checksum != NULL ? ui_property_digest (facts->checksum) : NULL;
  g_autofree char *kind =
      facts->checksum != NULL ? ui_property_digest_name (facts->checksum) : NULL;
  g_autofree char *title = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->verdict), TRUE);
  ui_remedy_show (self->remedy, engine_download_get_address (self->download),
                  engine_download_get_error (self->download));
  if (facts->state == ENGINE_STATE_COMPLETED && digest != NULL && !facts->skipped)
    {
      /* Translators: %s is a kind of checksum, such as SHA-256 */
      title = g_strdup_printf (_ ("%s matches"), kind);
      show_banner (self, TRUE, title, digest);
    }
  else if (facts->problem != NULL)
    {
      title = ui_label_sizes (facts, FALSE);
      show_banner (self, FALSE, title, NULL);
    }
  else
    gtk_widget_set_visible (GTK_WIDGET (self->verdict), FALSE);
}

static GArray *
dup_connections (EngineDownload *download)
{
  GArray *lanes = engine_download_get_lanes (download);
  GArray *connections = g_array_new (FALSE, FALSE, sizeof (UiConnection));
  gint64 total = engine_download_get_total (download);

  for (guint i = 0; lanes != NULL && i < lanes->len; i++)
    {
      const EngineLaneView *lane = &g_array_index (lanes, EngineLaneView, i);
      UiConnection connection = { .start = lane->start,
                                  .position = lane->position,
                                  .end = lane->end >= 0 ? lane->end : total,
                                  .rate = lane->rate };

      g_array_append_val (connections, connection);
    }
  return connections;
}

static void
show_connections (UiDetails *self, const UiFacts *facts)
{
  GArray *connections = dup_connections (self->download);
  gboolean shown = facts->state == ENGINE_STATE_ACTIVE && facts->total > 0 && connections->len > 0;
  g_autofree char *rate = ui_label_rate (facts);

  gtk_widget_set_visible (GTK_WIDGET (self->connections_card), shown);
  set_text (self->rate, rate);
  if (shown)
    ui_connections_plot_show (self->connections, connections, facts->total);
  else
    g_array_unref (connections);
}

static void
show_speed (UiDetails *self, const UiFacts *facts)
{
  UiSpeeds speeds;
  gboolean known = ui_speed_history_get (self->download, &speeds);
  g_autofree char *note = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->speed_card), known);
  if (!known)
    return;
  ui_speed_plot_show (self->speed, &speeds, facts->state == ENGINE_STATE_ACTIVE);
  note = ui_speed_plot_dup_note (self->speed);
  set_text (self->speed_note, note);
}

/* What the checksum is, or will be, compared with; the verdict has a place of its own. */
static void
show_digest (UiDetails *self, const UiFacts *facts)
{
  gboolean shown = facts->checksum != NULL && facts->state != ENGINE_STATE_COMPLETED;
  g_autofree char *kind =
      facts->checksum != NULL ? ui_property_digest_name (facts->checksum) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->digest), shown);
  gtk_widget_set_visible (GTK_WIDGET (self->digest_key), shown);
  if (!shown)
    return;
  set_text (self->digest_key, kind);
  set_text (self->digest, facts->state == ENGINE_STATE_FAILED
                              ? ui_property_digest (facts->checksum)
                              : _ ("compared once the last byte is in"));
}

static void
show_properties (UiDetails *self, const UiFacts *facts)
{
  EngineDownload *download = self->download;
  const char *address = engine_download_get_address (download);
  const char *final_address = engine_download_get_final_address (download);
  gint64 finished_us = engine_download_get_finished_us (download);
  g_autofree char *folder =
      ui_property_folder (engine_download_get_folder (download), g_get_home_dir ());
  g_autofree char *size = facts->total >= 0 ? base_human_size (facts->total) : NULL;
  g_autofree char *added = ui_property_date (engine_download_get_added_us (download));
  g_autofree char *finished = ui_property_date (finished_us);
  g_autofree char *validator = ui_property_validator (engine_download_get_validator (download));

  set_text (self->address, address);
  set_text (self->final_address, final_address == NULL                     ? _ ("not known yet")
                                 : g_strcmp0 (address, final_address) == 0 ? _ ("the same address")
                                                                           : final_address);
  set_text (self->folder, folder);
  set_text (self->size, size != NULL ? size : _ ("not known"));
  set_text (self->added, added);
  set_text (self->finished, finished);
  gtk_widget_set_visible (GTK_WIDGET (self->finished), finished_us > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->finished_key), finished_us > 0);
  set_text (self->validator, final_address == NULL ? _ ("not known yet") : validator);
  show_digest (self, facts);
}

void
ui_details_refresh (UiDetails *self)
{
  UiFacts facts;

  BASE_ASSERT_MAIN ();
  if (self->download == NULL)
    return;
  ui_facts_take (&facts, self->download);
  show_head (self, &facts);
  show_verdict (self, &facts);
  show_connections (self, &facts);
  show_speed (self, &facts);
  show_properties (self, &facts);
  ui_log_show (self->log, self->download);
  gtk_widget_set_visible (GTK_WIDGET (self->log_card), ui_log_get_count (self->log) > 0);
}

void
ui_details_show (UiDetails *self, EngineDownload *download)
{
  g_set_object (&self->download, download);
  if (download != NULL)
    ui_details_refresh (self);
  else
    ui_log_show (self->log, NULL);
}

EngineDownload *
ui_details_get_download (UiDetails *self)
{
  return self->download;
}

static void
close_cb (UiDetails *self)
{
  g_signal_emit_by_name (self, "closed");
}

static void
copy_digest_cb (UiDetails *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (self->verdict_digest));
}

static void
copy_log_cb (UiDetails *self)
{
  g_autofree char *text = ui_log_dup_text (self->log);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

static void
ui_details_dispose (GObject *object)
{
  g_clear_object (&UI_DETAILS (object)->download);
  G_OBJECT_CLASS (ui_details_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, UiDetails, child)
  BIND (icon);
  BIND (name);
  BIND (headline);
  BIND (verdict);
  BIND (verdict_icon);
  BIND (verdict_title);
  BIND (verdict_digest);
  BIND (remedy);
  BIND (copy_digest);
  BIND (connections_card);
  BIND (rate);
  BIND (connections);
  BIND (speed_card);
  BIND (speed_note);
  BIND (speed);
  BIND (address);
  BIND (final_address);
  BIND (folder);
  BIND (size);
  BIND (added);
  BIND (finished);
  BIND (finished_key);
  BIND (validator);
  BIND (digest);
  BIND (digest_key);
  BIND (log_card);
  BIND (log);
#undef BIND
}

static void
ui_details_class_init (UiDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ui_details_dispose;
  g_signal_new ("closed", UI_TYPE_DETAILS, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_type_ensure (UI_TYPE_CONNECTIONS_PLOT);
  g_type_ensure (UI_TYPE_SPEED_PLOT);
  g_type_ensure (UI_TYPE_LOG);
  g_type_ensure (UI_TYPE_REMEDY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/bobbin/Bobbin/downloads/details.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_digest_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_log_cb);
  gtk_widget_class_add_binding_signal (widget_class, GDK_KEY_Escape, 0, "closed", NULL);
}

static void
ui_details_init (UiDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* JSON text, as RFC 8259 has it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/json.h"

#include <math.h>
#include <string.h>

void
cli_json_init (CliJson *self)
{
  self->text = g_string_new (NULL);
  self->comma = FALSE;
}

char *
cli_json_finish (CliJson *self)
{
  return g_string_free (g_steal_pointer (&self->text), FALSE);
}

static void
begin_value (CliJson *self)
{
  if (self->comma)
    g_string_append_c (self->text, ',');
  self->comma = TRUE;
}

void
cli_json_open (CliJson *self, char bracket)
{
  begin_value (self);
  g_string_append_c (self->text, bracket);
  self->comma = FALSE;
}

void
cli_json_close (CliJson *self, char bracket)
{
  g_string_append_c (self->text, bracket);
  self->comma = TRUE;
}

static void
append_quoted (GString *text, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  g_string_append_c (text, '"');
  for (const char *p = valid; *p != '\0'; p++)
    {
      unsigned char c = *p;

      if (c == '"' || c == '\\')
        g_string_append_printf (text, "\\%c", c);
      else if (c == '\n')
        g_string_append (text, "\\n");
      else if (c == '\t')
        g_string_append (text, "\\t");
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (text, "\\u%04x", c);
      else
        g_string_append_c (text, c);
    }
  g_string_append_c (text, '"');
}

void
cli_json_key (CliJson *self, const char *key)
{
  begin_value (self);
  append_quoted (self->text, key);
  g_string_append_c (self->text, ':');
  self->comma = FALSE;
}

void
cli_json_string (CliJson *self, const char *value)
{
  if (value == NULL)
    {
      cli_json_null (self);
      return;
    }
  begin_value (self);
  append_quoted (self->text, value);
}

void
cli_json_int (CliJson *self, gint64 value)
{
  begin_value (self);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
}

static void
append_double (CliJson *self, double value, const char *format)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      cli_json_null (self);
      return;
    }
  begin_value (self);
  g_string_append (self->text, g_ascii_formatd (buffer, sizeof buffer, format, value));
}

void
cli_json_double (CliJson *self, double value)
{
  append_double (self, value, "%.6g");
}

void
cli_json_exact_double (CliJson *self, double value)
{
  append_double (self, value, "%.17g");
}

void
cli_json_bool (CliJson *self, gboolean value)
{
  begin_value (self);
  g_string_append (self->text, value ? "true" : "false");
}

void
cli_json_null (CliJson *self)
{
  begin_value (self);
  g_string_append (self->text, "null");
}

/* Checksums as a person pastes them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text/checksum.h"

#include <string.h>

static const struct
{
  const char *name;
  const char *also; /* as it is written elsewhere */
  gsize digits;
} kinds[] = {
  { "md5", "md5", 32 },        { "sha1", "sha-1", 40 },      { "sha256", "sha-256", 64 },
  { "sha384", "sha-384", 96 }, { "sha512", "sha-512", 128 },
};

gboolean
ui_checksum_is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

/* The digits that @text begins with, lower case, if that is all of the first word. */
static char *
dup_digits (const char *text)
{
  const char *start = text + strspn (text, " \t\r\n");
  gsize length = 0;
  char *digits;

  while (g_ascii_isxdigit (start[length]))
    length++;
  if (start[length] != '\0' && !g_ascii_isspace (start[length]))
    return NULL;
  digits = g_ascii_strdown (start, length);
  return digits;
}

static int
find_kind (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strcasecmp (name, kinds[i].name) == 0 ||
        g_ascii_strcasecmp (name, kinds[i].also) == 0)
      return i;
  return -1;
}

char *
ui_checksum_guess (const char *text)
{
  const char *mark = strpbrk (text, "=:");
  g_autofree char *name = mark != NULL ? g_strstrip (g_strndup (text, mark - text)) : NULL;
  g_autofree char *digits = dup_digits (mark != NULL ? mark + 1 : text);
  int named = name != NULL ? find_kind (name) : -1;

  if (digits == NULL || (name != NULL && named < 0))
    return NULL;
  for (int i = 0; i < (int) G_N_ELEMENTS (kinds); i++)
    if (strlen (digits) == kinds[i].digits && (named < 0 || named == i))
      return g_strdup_printf ("%s=%s", kinds[i].name, digits);
  return NULL;
}

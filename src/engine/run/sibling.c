/* Files of checksums. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/run/sibling.h"

#include <string.h>

#include "engine/http/exchange.h"
#include "engine/plan/checksum.h"

/* A larger one is passed over. */
#define MOST_TEXT (16 * 1024 * 1024)

static const struct
{
  const char *name; /* begins with `.`: added to the file's own */
  GChecksumType kind;
} siblings[] = {
  { ".sha256", G_CHECKSUM_SHA256 },    { ".sha256sum", G_CHECKSUM_SHA256 },
  { ".sha512", G_CHECKSUM_SHA512 },    { "SHA256SUMS", G_CHECKSUM_SHA256 },
  { "SHA512SUMS", G_CHECKSUM_SHA512 }, { "sha256sum.txt", G_CHECKSUM_SHA256 },
  { "SHA1SUMS", G_CHECKSUM_SHA1 },     { ".sha1", G_CHECKSUM_SHA1 },
  { "MD5SUMS", G_CHECKSUM_MD5 },       { ".md5", G_CHECKSUM_MD5 },
};

/* @address without its query, with its last segment or that replaced. */
static char *
make_address (const char *address, const char *sibling)
{
  gsize length = strcspn (address, "?#");
  g_autofree char *path = g_strndup (address, length);
  char *slash = strrchr (path, '/');

  if (slash == NULL || slash[1] == '\0')
    return NULL;
  if (*sibling == '.')
    return g_strconcat (path, sibling, NULL);
  slash[1] = '\0';
  return g_strconcat (path, sibling, NULL);
}

static char *
dup_last_segment (const char *address)
{
  g_autofree char *path = g_strndup (address, strcspn (address, "?#"));
  const char *slash = strrchr (path, '/');
  char *name = slash != NULL ? g_uri_unescape_string (slash + 1, NULL) : NULL;

  return name != NULL ? name : g_strdup ("");
}

/* The text at @address, NULL where there is none to be had. */
static char *
fetch (EngineTransfer *transfer, EngineSession *session, const char *address)
{
  g_autoptr (EngineSpec) spec = engine_spec_copy (transfer->order->spec);
  EngineRequest request = { .spec = spec,
                            .start = -1,
                            .end = -1,
                            .timeout_s = transfer->order->timeout_s,
                            .insecure = transfer->order->insecure };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EngineExchange) exchange = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  char block[16384];
  gssize n = -1;

  g_free (spec->address);
  spec->address = g_strdup (address);
  exchange = engine_exchange_open (session, &request, cancellable, NULL);
  if (exchange == NULL || engine_exchange_get_reply (exchange)->status != 200)
    return NULL;
  while (text->len <= MOST_TEXT && !engine_transfer_is_cancelled (transfer) &&
         (n = engine_exchange_read (exchange, block, sizeof block, cancellable, NULL)) > 0)
    g_string_append_len (text, block, n);
  if (n != 0 || strlen (text->str) != text->len)
    return NULL;
  return g_strdup (text->str);
}

char *
engine_sibling_find (EngineTransfer *transfer, EngineSession *session)
{
  const EngineMirror *home = g_ptr_array_index (transfer->mirrors, MAX (transfer->home, 0));
  const char *address = home->spec->address;
  g_autofree char *name = dup_last_segment (address);

  for (gsize i = 0; i < G_N_ELEMENTS (siblings) && !engine_transfer_is_cancelled (transfer); i++)
    {
      g_autofree char *there = make_address (address, siblings[i].name);
      g_autofree char *text = there != NULL ? fetch (transfer, session, there) : NULL;
      char *found = text != NULL ? engine_checksum_from_file (text, name, *siblings[i].name == '.',
                                                              siblings[i].kind)
                                 : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

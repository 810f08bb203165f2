/* Any text as a Metalink: it is refused, or what it says can be used. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/address.h"
#include "engine/plan/metalink.h"
#include "fuzz.h"

#include <string.h>

static void
check_file (const EngineMetalinkFile *file)
{
  g_assert_nonnull (file->name);
  g_assert_null (strpbrk (file->name, "/\\"));
  g_assert_true (file->name[0] != '\0' && file->name[0] != '.');
  g_assert_cmpint (file->size, >=, -1);
  g_assert_cmpuint (file->addresses->len, >=, 1);
  /* One alone may be what cannot be used, so that its download fails with the reason. */
  for (guint i = 0; file->addresses->len > 1 && i < file->addresses->len; i++)
    {
      g_autofree char *address =
          engine_address_normalize (g_ptr_array_index (file->addresses, i), NULL);

      g_assert_nonnull (address);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = engine_metalink_parse ((const char *) data, size, &error);

  g_assert_true ((files == NULL) == (error != NULL));
  engine_metalink_is ((const char *) data, size);
  for (guint i = 0; files != NULL && i < files->len; i++)
    check_file (g_ptr_array_index (files, i));
  return 0;
}

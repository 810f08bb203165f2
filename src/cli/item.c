/* Items. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/item.h"

CliItem *
cli_item_new (const char *address)
{
  CliItem *self = g_new0 (CliItem, 1);

  self->address = g_strdup (address);
  return self;
}

CliItem *
cli_item_new_for_file (EngineMetalinkFile *file)
{
  CliItem *self = cli_item_new (g_ptr_array_index (file->addresses, 0));

  self->file = file;
  return self;
}

void
cli_item_free (CliItem *self)
{
  g_free (self->address);
  g_clear_pointer (&self->file, engine_metalink_file_free);
  g_free (self);
}

/* What the window remembers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/memory.h"

#include "base/thread.h"

#define GROUP "window"

struct _UiMemory
{
  GKeyFile *file; /* owned */
  char *path;     /* owned */
  gboolean changed;
};

UiMemory *
ui_memory_new (void)
{
  UiMemory *self = g_new0 (UiMemory, 1);

  BASE_ASSERT_MAIN ();
  self->path = g_build_filename (g_get_user_state_dir (), "bobbin", "window.ini", NULL);
  self->file = g_key_file_new ();
  /* Not there, or not ours: a window of the default size is no loss. */
  g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_NONE, NULL);
  return self;
}

void
ui_memory_free (UiMemory *self)
{
  g_key_file_unref (self->file);
  g_free (self->path);
  g_free (self);
}

int
ui_memory_get_int (UiMemory *self, const char *key, int otherwise)
{
  g_autoptr (GError) error = NULL;
  int value = g_key_file_get_integer (self->file, GROUP, key, &error);

  return error == NULL ? value : otherwise;
}

void
ui_memory_set_int (UiMemory *self, const char *key, int value)
{
  if (ui_memory_get_int (self, key, value - 1) == value)
    return;
  g_key_file_set_integer (self->file, GROUP, key, value);
  self->changed = TRUE;
}

char *
ui_memory_dup_string (UiMemory *self, const char *key)
{
  return g_key_file_get_string (self->file, GROUP, key, NULL);
}

void
ui_memory_set_string (UiMemory *self, const char *key, const char *value)
{
  g_autofree char *old = ui_memory_dup_string (self, key);

  if (g_strcmp0 (old, value) == 0)
    return;
  g_key_file_set_string (self->file, GROUP, key, value);
  self->changed = TRUE;
}

void
ui_memory_save (UiMemory *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *text = NULL;
  gsize length;

  if (!self->changed)
    return;
  text = g_key_file_to_data (self->file, &length, NULL);
  g_mkdir_with_parents (folder, 0700);
  /* A disk that does not take it costs the remembered size, which nobody needs told. */
  g_file_set_contents_full (self->path, text, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
  self->changed = FALSE;
}

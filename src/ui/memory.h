/* memory.h: what the window remembers by itself from one start to the next: its size, the view, the
 * last folder.
 *
 * Not settings: nobody sets these. A small key file in the state directory, so that
 * a separate instance is had by XDG_STATE_HOME alone. Main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _UiMemory UiMemory;

/** ui_memory_new: Returns: (transfer full): what was remembered; nothing where the file is not
 * there or not ours */
UiMemory *ui_memory_new (void);
void ui_memory_free (UiMemory *self);

/** ui_memory_get_int: Returns: the number of that @key, @otherwise where none is remembered */
int ui_memory_get_int (UiMemory *self, const char *key, int otherwise);
void ui_memory_set_int (UiMemory *self, const char *key, int value);

/** ui_memory_dup_string: Returns: (transfer full) (nullable) */
char *ui_memory_dup_string (UiMemory *self, const char *key);
void ui_memory_set_string (UiMemory *self, const char *key, const char *value);

/** ui_memory_save: writes what has changed, whole or not at all */
void ui_memory_save (UiMemory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (UiMemory, ui_memory_free)

G_END_DECLS

/* final-name.h: giving a finished file its name, which nobody else may have.
 *
 * May block on the disk: never the main thread.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * engine_final_name_take:
 * @folder: descriptor of the folder
 * @from: the name that the file has
 * @wanted: the name that it should get
 * @overwrite: whether a file of that name may be replaced
 * @rename: whether `name (1).ext` and so on may be taken where the name is taken
 *
 * Takes the name exclusively: never is a file replaced unless @overwrite.
 *
 * Returns: (transfer full): the name that it got, or %NULL with an ENGINE_ERROR
 */
char *engine_final_name_take (int folder,
                              const char *from,
                              const char *wanted,
                              gboolean overwrite,
                              gboolean rename,
                              GError **error);

G_END_DECLS

/* translations.h: where the texts in the person's language are. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * base_translations_bind:
 *
 * Takes up the person's locale and binds the program's texts to its
 * translations: those of the build when the program runs from there, then those
 * in share/locale beside the program's folder, then those where it was to be
 * installed. A language that is not there leaves the texts in English.
 *
 * First thing in main(), before any other thread
 */
void base_translations_bind (void);

G_END_DECLS

/* file-name.h: one safe name from what a server, an address or a person says.
 *
 * Pure; any thread. Whatever comes in, what goes out is one path component that
 * any file system takes and no reader is deceived by.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * engine_file_name_make_safe:
 * @name: any bytes
 *
 * No separators, control or bidirectional-override characters, leading dots, trailing
 * dots or spaces, names reserved elsewhere (CON, NUL…); valid UTF-8; at most 240 bytes with the
 * extension kept (room for `.part` and ` (1)` in the 255 that file systems take).
 *
 * Returns: (transfer full): never empty: `download` where nothing is left
 */
char *engine_file_name_make_safe (const char *name);

/**
 * engine_file_name_from_disposition:
 * @value: a Content-Disposition header's value
 *
 * RFC 6266 and RFC 8187: filename* first, then filename; quoted pairs; and the
 * common broken forms as browsers take them.
 *
 * Returns: (transfer full) (nullable): the name said, not yet safe; %NULL where none
 */
char *engine_file_name_from_disposition (const char *value);

/**
 * engine_file_name_from_address:
 *
 * Returns: (transfer full) (nullable): the decoded last segment of the path, not yet safe; %NULL where empty
 */
char *engine_file_name_from_address (const char *address);

/**
 * engine_file_name_choose:
 * @wanted: (nullable): what the person asked for
 * @disposition: (nullable): the header's value
 * @address: the final address after redirects
 * @first_address: the address as given, whose name counts where the final one has none
 * @content_type: (nullable): gives an extension to a name made up for want of any
 *
 * Returns: (transfer full): a safe name
 */
char *engine_file_name_choose (const char *wanted,
                               const char *disposition,
                               const char *address,
                               const char *first_address,
                               const char *content_type);

/**
 * engine_file_name_with_number:
 * @n: at least 1
 *
 * Returns: (transfer full): `name (1).ext`, also `name (1).tar.gz`, within the length limit
 */
char *engine_file_name_with_number (const char *name, int n);

G_END_DECLS

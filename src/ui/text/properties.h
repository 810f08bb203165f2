/* properties.h: what the details of a download say. Pure: facts in, text out. Any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/text/labels.h"

G_BEGIN_DECLS

/**
 * ui_property_headline:
 * @ran_s: how long its last run took, below 1 not known
 *
 * Returns: (transfer full): `Downloading · 45 % · 2 min 48 s left`, `Finished · 88.3 MB in 19 s
 * · 4.6 MB/s`
 */
char *ui_property_headline (const UiFacts *facts, gint64 ran_s);

/** ui_property_validator: Returns: (transfer full): `ETag "65c3", strong`, or that the server gave
 * none */
char *ui_property_validator (const EngineValidator *validator);

/** ui_property_digest_name: @checksum: `sha256=…`. Returns: (transfer full): `SHA-256` */
char *ui_property_digest_name (const char *checksum);

/** ui_property_digest: @checksum: `sha256=…`. Returns: (transfer none): what follows the `=` */
const char *ui_property_digest (const char *checksum);

/** ui_property_folder: Returns: (transfer full): @folder with the home folder as `~`, in valid
 * UTF-8 */
char *ui_property_folder (const char *folder, const char *home);

/** ui_property_date: @us: (wall clock microseconds). Returns: (transfer full): date and time as the
 * locale writes them */
char *ui_property_date (gint64 us);

G_END_DECLS

/* header-rows.h: rows in which a person writes headers of a request, as many as wanted. Main
 * thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** ui_header_rows_add: one more empty row at the end of @expander, with the cursor in it */
void ui_header_rows_add (AdwExpanderRow *expander);

/** ui_header_rows_dup: Returns: (transfer full): each row that reads `NAME: VALUE` */
GStrv ui_header_rows_dup (AdwExpanderRow *expander);

G_END_DECLS

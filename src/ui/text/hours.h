/* hours.h: a time of day as people write it. Pure. Any thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** ui_text_dup_hour: Returns: (transfer full): @minute after midnight as `08:00` */
char *ui_text_dup_hour (int minute);

/** ui_text_parse_hour: Returns: minutes after midnight of `8`, `08:00` or `8.30`; -1 where @text is
 * no time of day */
int ui_text_parse_hour (const char *text);

G_END_DECLS

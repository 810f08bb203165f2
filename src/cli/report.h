/* report.h: results on standard output, in the order given. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine/engine.h"

G_BEGIN_DECLS

/**
 * cli_report_print:
 * @address: as the command line gave it
 * @download: ended; where @interrupted it may be anything
 * @interrupted: the program was told to stop before it ended
 *
 * Prints the result of one address, as text or as one line of JSON.
 */
void cli_report_print (const char *address,
                       EngineDownload *download,
                       gboolean interrupted,
                       gboolean json);

/** cli_report_advise: Returns: (transfer none): what to do about a download that failed, a
 * sentence; else an empty text */
const char *cli_report_advise (EngineDownload *download);

/** cli_report_failed: Returns: whether @download counts as failed */
gboolean cli_report_failed (EngineDownload *download);

G_END_DECLS

/* step-listing.h: what stands beside a walk's lanes: the program with each thread's next line, the
 * variables, and what the marks mean. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/lab/listing.h"
#include "ui/lab/path.h"
#include "ui/plot/wrap.h"

G_BEGIN_DECLS

/** ui_step_listing_show: at the stepper's position */
void ui_step_listing_show (UiListing *listing, UiPath *path);

/** ui_step_legend_show: of all that @program can do */
void ui_step_legend_show (UiWrap *legend, const LabProgram *program);

G_END_DECLS

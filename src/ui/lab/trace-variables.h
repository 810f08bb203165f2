/* trace-variables.h: the variables after a real run. Main thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"
#include "ui/lab/variables.h"

G_BEGIN_DECLS

/**
 * ui_trace_variables_show:
 * @trace: (nullable): the run; %NULL: what they begin with
 * @program: its text, which says what the shared one is called
 */
void ui_trace_variables_show (UiVariables *table,
                              const LabTrace *trace,
                              const char *program,
                              int threads);

G_END_DECLS

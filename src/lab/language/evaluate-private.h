/* evaluate-private.h: bounds of evaluation. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Each level of nesting holds at most one value for each of the six levels of operators and one for
 * itself. */
#define LAB_EVALUATE_STACK 2048

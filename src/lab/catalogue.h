/* catalogue.h: which mechanism stands behind a variant. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"
#include "lab/real/runner.h"

G_BEGIN_DECLS

/**
 * lab_catalogue_get_mechanism:
 * @id: a variant's full id
 *
 * Returns: whether it counts, and so takes threads and increments. Any thread
 */
gboolean lab_catalogue_get_mechanism (const char *id, LabMechanism *mechanism);

G_END_DECLS

/* catalogue.h: which mechanism stands behind a variant. The folder's own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lab/lab.h"
#include "lab/real/runner.h"

G_BEGIN_DECLS

/** lab_catalogue_get_mechanism: Any thread. */
LabMechanism lab_catalogue_get_mechanism (const LabVariant *variant);

G_END_DECLS

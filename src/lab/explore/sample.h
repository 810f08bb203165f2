/* sample.h: random walks, where the exact answer is out of reach. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "lab/machine/machine.h"

G_BEGIN_DECLS

#define LAB_SAMPLE_MOST_WALKS 10000
#define LAB_SAMPLE_MOST_STEPS 20000

/* What random walks saw; each enabled step is equally likely at each point. */
typedef struct
{
  int walks; /* 0: none were made */
  int bad;
  int unfinished; /* given up after LAB_SAMPLE_MOST_STEPS */
  double low;     /* 95 % confidence interval of the probability of a bad schedule; */
  double high;    /* a walk given up counts as good in low, as bad in high */
} LabSample;

/** lab_sample: walks, the same walks each time, at most a second or two. Any thread */
LabSample lab_sample (const LabProgram *program, GCancellable *cancellable);

G_END_DECLS

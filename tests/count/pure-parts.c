/* One pure part, a hundred times, for Callgrind to count: pure-parts NAME.
 *
 * Only what runs inside of count_this() is counted.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/human.h"
#include "engine/plan/checksum.h"
#include "engine/plan/content-range.h"
#include "engine/plan/file-name.h"
#include "engine/plan/segments.h"

#define TIMES 100
#define GIB (G_GINT64_CONSTANT (1) << 30)
#define PIECE 65536
#define LANES 16

/* A file of 1 GiB by sixteen connections, each of which takes a place and brings a piece. */
static void
segments (void)
{
  EngineSegments *file = engine_segments_new (GIB);
  EngineClaim *claims[LANES];
  EngineClaim *robbed;

  for (int i = 0; i < LANES; i++)
    {
      EngineWish wish = { .min_split = PIECE, .rate = -1, .now_us = i };

      claims[i] = engine_segments_claim (file, &wish, &robbed);
      engine_segments_advance (file, claims[i], PIECE, i, &robbed);
    }
  for (int i = 0; i < LANES; i++)
    engine_segments_release (file, claims[i]);
  engine_segments_free (file);
}

static void
names (void)
{
  g_free (engine_file_name_choose (NULL, "attachment; filename=\"a report.pdf\"",
                                   "http://example.org/get?id=5", "http://example.org/get?id=5",
                                   "application/pdf"));
  g_free (engine_file_name_choose (NULL, NULL, "http://example.org/a/b%20c.tar.gz",
                                   "http://example.org/a/b%20c.tar.gz", "application/gzip"));
}

static void
headers (void)
{
  EngineContentRange range;

  engine_content_range_parse ("bytes 65536-131071/1073741824", &range);
  engine_content_length_parse ("1073741824");
  engine_retry_after_parse ("Wed, 21 Oct 2026 07:28:00 GMT", 1760000000);
  g_free (engine_range_format (65536, -1));
  g_free (engine_checksum_from_header (
      "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:, md5=:1B2M2Y8AsgTpgAmY7PhCfg==:"));
}

static void
human (void)
{
  g_free (base_human_size (1234567890));
  g_free (base_human_rate (1234567.8));
  g_free (base_human_duration (3725));
}

static const struct
{
  const char *name;
  void (*run) (void);
} parts[] = {
  { "segments", segments },
  { "names", names },
  { "headers", headers },
  { "human", human },
};

/* Callgrind finds it by its name. */
__attribute__ ((noinline)) void count_this (void (*run) (void));

__attribute__ ((noinline)) void
count_this (void (*run) (void))
{
  for (int i = 0; i < TIMES; i++)
    run ();
}

int
main (int argc, char **argv)
{
  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].name, argv[1]) == 0)
      {
        /* What happens only once is not meant. */
        parts[i].run ();
        count_this (parts[i].run);
        printf ("%d\n", TIMES);
        return 0;
      }
  return 2;
}

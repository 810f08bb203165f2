/* SHA-256 by x86's SHA extensions, two rounds an instruction. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/digest-private.h"

#ifdef __x86_64__

#include <cpuid.h>
#include <immintrin.h>

/* CPUID's bits, from the Intel 64 manual's page of that instruction. */
#define LEAF1_ECX_SSSE3 (1u << 9)
#define LEAF1_ECX_SSE41 (1u << 19)
#define LEAF7_EBX_SHA (1u << 29)

gboolean
engine_sha256_is_there (void)
{
  unsigned a, b, c, d;

  if (!__get_cpuid (1, &a, &b, &c, &d) || (c & LEAF1_ECX_SSSE3) == 0 || (c & LEAF1_ECX_SSE41) == 0)
    return FALSE;
  return __get_cpuid_count (7, 0, &a, &b, &c, &d) && (b & LEAF7_EBX_SHA) != 0;
}

/* FIPS 180-4, 4.2.2. */
static const guint32 constants[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/* Four rounds, and the four words of the schedule that the fourth group after this one needs. The
 * instructions do two rounds each, and want the state as ABEF and CDGH. */
#define FOUR_ROUNDS(i)                                                                             \
  do                                                                                               \
    {                                                                                              \
      __m128i w =                                                                                  \
          _mm_add_epi32 (m[(i) % 4], _mm_loadu_si128 ((const __m128i *) &constants[4 * (i)]));     \
                                                                                                   \
      cdgh = _mm_sha256rnds2_epu32 (cdgh, abef, w);                                                \
      if ((i) >= 3 && (i) < 15)                                                                    \
        m[((i) + 1) % 4] = _mm_sha256msg2_epu32 (                                                  \
            _mm_add_epi32 (m[((i) + 1) % 4], _mm_alignr_epi8 (m[(i) % 4], m[((i) + 3) % 4], 4)),   \
            m[(i) % 4]);                                                                           \
      abef = _mm_sha256rnds2_epu32 (abef, cdgh, _mm_shuffle_epi32 (w, 0x0e));                      \
      if ((i) >= 1 && (i) < 13)                                                                    \
        m[((i) + 3) % 4] = _mm_sha256msg1_epu32 (m[((i) + 3) % 4], m[(i) % 4]);                    \
    }                                                                                              \
  while (0)

__attribute__ ((target ("sha,ssse3,sse4.1"))) void
engine_sha256_compress (guint32 state[8], const guint8 *data, gsize blocks)
{
  const __m128i swap = _mm_set_epi64x (0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i low = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) &state[0]), 0xb1);
  __m128i high = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) &state[4]), 0x1b);
  __m128i abef = _mm_alignr_epi8 (low, high, 8);
  __m128i cdgh = _mm_blend_epi16 (high, low, 0xf0);

  for (; blocks > 0; blocks--, data += ENGINE_SHA256_BLOCK)
    {
      __m128i abef_before = abef;
      __m128i cdgh_before = cdgh;
      __m128i m[4];

      for (int i = 0; i < 4; i++)
        m[i] = _mm_shuffle_epi8 (_mm_loadu_si128 ((const __m128i *) data + i), swap);
      FOUR_ROUNDS (0);
      FOUR_ROUNDS (1);
      FOUR_ROUNDS (2);
      FOUR_ROUNDS (3);
      FOUR_ROUNDS (4);
      FOUR_ROUNDS (5);
      FOUR_ROUNDS (6);
      FOUR_ROUNDS (7);
      FOUR_ROUNDS (8);
      FOUR_ROUNDS (9);
      FOUR_ROUNDS (10);
      FOUR_ROUNDS (11);
      FOUR_ROUNDS (12);
      FOUR_ROUNDS (13);
      FOUR_ROUNDS (14);
      FOUR_ROUNDS (15);
      abef = _mm_add_epi32 (abef, abef_before);
      cdgh = _mm_add_epi32 (cdgh, cdgh_before);
    }
  low = _mm_shuffle_epi32 (abef, 0x1b);
  high = _mm_shuffle_epi32 (cdgh, 0xb1);
  _mm_storeu_si128 ((__m128i *) &state[0], _mm_blend_epi16 (low, high, 0xf0));
  _mm_storeu_si128 ((__m128i *) &state[4], _mm_alignr_epi8 (high, low, 8));
}

#else

gboolean
engine_sha256_is_there (void)
{
  return FALSE;
}

void
engine_sha256_compress (guint32 state[8], const guint8 *data, gsize blocks)
{
  g_assert_not_reached ();
}

#endif

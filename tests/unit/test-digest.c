/* The fast checksums are the checksums. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/digest.h"

#include <string.h>

#define SIZE 5000

static const GChecksumType kinds[] = { G_CHECKSUM_MD5, G_CHECKSUM_SHA1, G_CHECKSUM_SHA256,
                                       G_CHECKSUM_SHA384, G_CHECKSUM_SHA512 };

static void
fill (guint8 *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    data[i] = g_test_rand_int_range (0, 256);
}

/* RFC 6234, 8.5, and FIPS 180-2's example of a million. */
static void
test_known_answers (void)
{
  static const struct
  {
    const char *text;
    int times;
    const char *hex;
  } answers[] = {
    { "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
    { "abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
    { "a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (EngineDigest) digest = engine_digest_new (G_CHECKSUM_SHA256);
      g_autofree char *hex = NULL;

      for (int n = 0; n < answers[i].times; n++)
        engine_digest_update (digest, answers[i].text, strlen (answers[i].text));
      hex = engine_digest_finish (digest);
      g_assert_cmpstr (hex, ==, answers[i].hex);
    }
}

static void
test_every_length_around_a_block (void)
{
  g_autofree guint8 *data = g_malloc (SIZE);

  fill (data, SIZE);
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (gsize length = 0; length < 300; length++)
      {
        g_autoptr (EngineDigest) digest = engine_digest_new (kinds[k]);
        g_autofree char *expected = g_compute_checksum_for_data (kinds[k], data, length);
        g_autofree char *hex = NULL;

        engine_digest_update (digest, data, length);
        hex = engine_digest_finish (digest);
        g_assert_cmpstr (hex, ==, expected);
      }
}

static void
test_however_it_is_cut (void)
{
  g_autofree guint8 *data = g_malloc (SIZE);

  fill (data, SIZE);
  for (int round = 0; round < 500; round++)
    {
      GChecksumType kind = kinds[round % G_N_ELEMENTS (kinds)];
      gsize length = g_test_rand_int_range (0, SIZE);
      g_autoptr (EngineDigest) digest = engine_digest_new (kind);
      g_autofree char *expected = g_compute_checksum_for_data (kind, data, length);
      g_autofree char *hex = NULL;

      for (gsize at = 0; at < length;)
        {
          gsize most = g_test_rand_int_range (0, 200);
          gsize n = MIN (length - at, most);

          engine_digest_update (digest, data + at, n);
          at += n;
        }
      hex = engine_digest_finish (digest);
      g_assert_cmpstr (hex, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digest/known-answers", test_known_answers);
  g_test_add_func ("/digest/every-length-around-a-block", test_every_length_around_a_block);
  g_test_add_func ("/digest/however-it-is-cut", test_however_it_is_cut);
  return g_test_run ();
}

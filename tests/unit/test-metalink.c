/* What Metalink files say, and that broken ones say why. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/error.h"
#include "engine/plan/metalink.h"

#include <string.h>

#define HEAD                                                                                       \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                   \
  "<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">"
#define TAIL "</metalink>"
#define SHA1 "da39a3ee5e6b4b0d3255bfef95601890afd80709"
#define SHA256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define MD5 "d41d8cd98f00b204e9800998ecf8427e"

static GPtrArray *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *files = engine_metalink_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return files;
}

static EngineMetalinkFile *
file_at (GPtrArray *files, guint i)
{
  g_assert_cmpuint (i, <, files->len);
  return g_ptr_array_index (files, i);
}

static const char *
address_at (const EngineMetalinkFile *file, guint i)
{
  g_assert_cmpuint (i, <, file->addresses->len);
  return g_ptr_array_index (file->addresses, i);
}

static void
assert_refused (const char *text, gsize length, const char *why)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (engine_metalink_parse (text, length, &error));
  g_assert_error (error, ENGINE_ERROR, ENGINE_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, why));
}

/* The example of RFC 5854, 1.1. */
static void
test_the_example_of_the_standard (void)
{
  g_autoptr (GPtrArray) files = parse (
      HEAD "<published>2009-05-15T12:23:23Z</published>"
           "<file name=\"example.ext\"><size>14471447</size><identity>Example</identity>"
           "<version>1.0</version><language>en</language><description>A description</description>"
           "<hash type=\"sha-256\">" SHA256 "</hash>"
           "<url location=\"de\" priority=\"1\">ftp://ftp.example.com/example.ext</url>"
           "<url location=\"fr\" priority=\"1\">http://example.com/example.ext</url>"
           "<metaurl mediatype=\"torrent\" priority=\"2\">http://example.com/example.ext.torrent"
           "</metaurl></file>" TAIL);
  EngineMetalinkFile *file = file_at (files, 0);

  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpstr (file->name, ==, "example.ext");
  g_assert_cmpint (file->size, ==, 14471447);
  g_assert_cmpstr (file->checksum, ==, "sha256=" SHA256);
  /* What cannot be fetched, and what is no address of the file, is left out. */
  g_assert_cmpuint (file->addresses->len, ==, 1);
  g_assert_cmpstr (address_at (file, 0), ==, "http://example.com/example.ext");
  g_assert_null (file->pieces);
}

static void
test_the_preferred_address_comes_first (void)
{
  g_autoptr (GPtrArray) files =
      parse (HEAD "<file name=\"a\"><url>http://none/</url><url priority=\"7\">http://seven/</url>"
                  "<url priority=\"999999\">http://last/</url><url priority=\"2\">http://two/</url>"
                  "<url priority=\"2\">http://two/b</url><url priority=\"-3\">http://odd/</url>"
                  "<url priority=\"x\">http://x/</url></file>" TAIL);
  static const char *const order[] = { "http://two/",  "http://two/b", "http://seven/",
                                       "http://none/", "http://last/", "http://odd/",
                                       "http://x/" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    g_assert_cmpstr (address_at (file_at (files, 0), i), ==, order[i]);
}

static void
test_names_lead_nowhere_else (void)
{
  static const struct
  {
    const char *said;
    const char *name;
  } names[] = {
    { "a.iso", "a.iso" },        { "debian/12/a.iso", "a.iso" }, { "../../etc/passwd", "passwd" },
    { "/etc/passwd", "passwd" }, { "a&amp;b.iso", "a&b.iso" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text =
          g_strdup_printf (HEAD "<file name=\"%s\"><url>http://h/</url></file>" TAIL,
                           names[i].said);
      g_autoptr (GPtrArray) files = parse (text);

      g_assert_cmpstr (file_at (files, 0)->name, ==, names[i].name);
    }
}

static void
test_the_strongest_known_checksum_counts (void)
{
  g_autoptr (GPtrArray) files = parse (
      HEAD "<file name=\"a\"><hash type=\"md5\">" MD5 "</hash><hash type=\"sha-256\"> \n"
           "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855 </hash>"
           "<hash type=\"sha-1\">" SHA1 "</hash><hash type=\"whirlpool\">00</hash>"
           "<hash type=\"sha-512\">abc</hash><url>http://h/</url></file>"
           "<file name=\"b\"><hash type=\"sha-256\">xyz</hash><url>http://h/</url></file>" TAIL);

  g_assert_cmpstr (file_at (files, 0)->checksum, ==, "sha256=" SHA256);
  g_assert_null (file_at (files, 1)->checksum);
}

static char *
with_pieces (int size, int length, int n, const char *hash)
{
  GString *text = g_string_new (HEAD "<file name=\"a\">");

  g_string_append_printf (text, "<pieces type=\"sha-1\" length=\"%d\">", length);
  for (int i = 0; i < n; i++)
    g_string_append_printf (text, "<hash>%s</hash>", hash);
  g_string_append_printf (text, "</pieces><size>%d</size><url>http://h/</url></file>" TAIL, size);
  return g_string_free (text, FALSE);
}

static void
test_pieces_that_do_not_fit_say_nothing (void)
{
  static const struct
  {
    int size;
    int length;
    int n;
    const char *hash;
    gboolean fits;
  } cases[] = {
    { 300, 100, 3, SHA1, TRUE },   { 201, 100, 3, SHA1, TRUE }, { 200, 100, 3, SHA1, FALSE },
    { 301, 100, 3, SHA1, FALSE },  { 300, 0, 3, SHA1, FALSE },  { 300, 100, 3, "00", FALSE },
    { 300, 100, 3, "zz", FALSE },  { 0, 100, 0, SHA1, FALSE },  { 1, 100, 1, SHA1, TRUE },
    { 300, -100, 3, SHA1, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          with_pieces (cases[i].size, cases[i].length, cases[i].n, cases[i].hash);
      g_autoptr (GPtrArray) files = parse (text);
      EnginePieces *pieces = file_at (files, 0)->pieces;

      g_assert_cmpint (pieces != NULL, ==, cases[i].fits);
      /* Nor are they taken for checksums of the whole. */
      g_assert_null (file_at (files, 0)->checksum);
      if (pieces == NULL)
        continue;
      g_assert_cmpuint (engine_pieces_get_count (pieces), ==, cases[i].n);
      g_assert_cmpint (engine_pieces_get_length (pieces), ==, cases[i].length);
      g_assert_cmpint (engine_pieces_get_kind (pieces), ==, G_CHECKSUM_SHA1);
      g_assert_cmpstr (engine_pieces_get_digest (pieces, 0), ==, SHA1);
    }
}

static void
test_each_file_has_its_own (void)
{
  g_autoptr (GPtrArray) files =
      parse (HEAD "<file name=\"a\"><size>1</size><hash type=\"md5\">" MD5 "</hash>"
                  "<url>http://a/</url></file><file name=\"b\"><url>http://b/</url></file>" TAIL);

  g_assert_cmpuint (files->len, ==, 2);
  g_assert_cmpstr (address_at (file_at (files, 0), 0), ==, "http://a/");
  g_assert_cmpstr (address_at (file_at (files, 1), 0), ==, "http://b/");
  g_assert_cmpint (file_at (files, 1)->size, ==, -1);
  g_assert_null (file_at (files, 1)->checksum);
}

static void
test_a_file_that_cannot_be_fetched_is_kept_to_fail (void)
{
  g_autoptr (GPtrArray) files =
      parse (HEAD "<file name=\"a\"><url>ftp://h/a</url></file><file name=\"b\"/>" TAIL);

  g_assert_cmpstr (address_at (file_at (files, 0), 0), ==, "ftp://h/a");
  g_assert_cmpstr (address_at (file_at (files, 1), 0), ==, "");
}

static void
test_prefixes_marks_and_sections_are_read (void)
{
  g_autoptr (GPtrArray) files = parse (
      "\xef\xbb\xbf<m:metalink xmlns:m=\"urn:ietf:params:xml:ns:metalink\"><!-- none -->"
      "<m:file name=\"a\"><x:other xmlns:x=\"y\"><x:url>http://wrong/</x:url></x:other>"
      "<m:url><![CDATA[http://h/?a=1&b=2]]></m:url><m:url>\n  http://h/&#x41;&amp;b\n</m:url>"
      "</m:file></m:metalink>");

  g_assert_cmpuint (file_at (files, 0)->addresses->len, ==, 2);
  g_assert_cmpstr (address_at (file_at (files, 0), 0), ==, "http://h/?a=1&b=2");
  g_assert_cmpstr (address_at (file_at (files, 0), 1), ==, "http://h/A&b");
}

static void
test_broken_ones_say_why (void)
{
  static const struct
  {
    const char *text;
    const char *why;
  } cases[] = {
    { "", "cannot be read" },
    { "http://h/a.iso\n", "cannot be read" },
    { HEAD "<file name=\"a\"><url>http://h/</url></file>", "cannot be read" },
    { HEAD "<file name=\"a\"><url>http://h/</file>" TAIL, "cannot be read" },
    { HEAD "<file name=\"a\"><url>http://h/&outside;</url></file>" TAIL, "cannot be read" },
    { HEAD TAIL, "it has no files" },
    { "<html><body/></html>", "it does not begin as a Metalink file does" },
    { "<metalink version=\"3.0\" xmlns=\"http://www.metalinker.org/\"><files><file name=\"a\">"
      "<resources><url>http://h/</url></resources></file></files></metalink>",
      "it is of an older version than 4" },
  };
  GString *deep = g_string_new (HEAD "<file name=\"a\">");
  g_autofree char *huge = g_malloc0 (ENGINE_MOST_METALINK + 1);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].text, strlen (cases[i].text), cases[i].why);
  for (int i = 0; i < 40; i++)
    g_string_append (deep, "<x>");
  assert_refused (deep->str, deep->len, "nested too deeply");
  g_string_free (deep, TRUE);
  assert_refused (huge, ENGINE_MOST_METALINK + 1, "longer than 16 MiB");
}

static void
test_it_is_known_by_its_beginning_and_type (void)
{
  static const char *const not [] = { "", "http://metalink/", "<html>metalink</html>",
                                      "<metalink xmlns=\"http://www.metalinker.org/\">" };

  g_assert_true (engine_metalink_is (HEAD, strlen (HEAD)));
  g_assert_true (engine_metalink_is ("\xef\xbb\xbf\n" HEAD, strlen ("\xef\xbb\xbf\n" HEAD)));
  for (gsize i = 0; i < G_N_ELEMENTS (not ); i++)
    g_assert_false (engine_metalink_is (not [i], strlen (not [i])));
  g_assert_true (engine_metalink_is_type ("application/metalink4+xml"));
  g_assert_true (engine_metalink_is_type ("application/metalink+xml"));
  g_assert_false (engine_metalink_is_type ("application/xml"));
  g_assert_false (engine_metalink_is_type (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add_func ("/metalink/" name, func)
  ADD ("the-example-of-the-standard", test_the_example_of_the_standard);
  ADD ("the-preferred-address-comes-first", test_the_preferred_address_comes_first);
  ADD ("names-lead-nowhere-else", test_names_lead_nowhere_else);
  ADD ("the-strongest-known-checksum-counts", test_the_strongest_known_checksum_counts);
  ADD ("pieces-that-do-not-fit-say-nothing", test_pieces_that_do_not_fit_say_nothing);
  ADD ("each-file-has-its-own", test_each_file_has_its_own);
  ADD ("a-file-that-cannot-be-fetched-is-kept-to-fail",
       test_a_file_that_cannot_be_fetched_is_kept_to_fail);
  ADD ("prefixes-marks-and-sections-are-read", test_prefixes_marks_and_sections_are_read);
  ADD ("broken-ones-say-why", test_broken_ones_say_why);
  ADD ("it-is-known-by-its-beginning-and-type", test_it_is_known_by_its_beginning_and_type);
  return g_test_run ();
}

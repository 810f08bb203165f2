/* Making certificates. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/certificates.h"

#include <string.h>

G_GNUC_PRINTF (2, 3)
static void
run (const char *folder, const char *format, ...)
{
  g_autofree char *line = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  g_assert_true (g_shell_parse_argv (line, NULL, &words, &error));
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
write_text (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
join_files (const char *folder, const char *into, const char *const *names)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (int i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_string_append (all, text);
    }
  write_text (folder, into, all->str);
}

static void
make_authority (const char *folder, const char *name)
{
  run (folder,
       "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "
       "/CN=%s "
       "-keyout %s.key -out %s.pem -addext basicConstraints=critical,CA:TRUE -addext "
       "keyUsage=critical,keyCertSign,cRLSign",
       name, name, name);
}

/* Valid from and to are as openssl's `ca` has them: the only command that takes a past. */
static void
make_signed (const char *folder,
             const char *kind,
             const char *authority,
             const char *from,
             const char *to,
             const char *extension)
{
  g_autofree char *index = g_strdup_printf ("%s.index", kind);
  g_autofree char *config = g_strdup_printf (
      "[ca]\ndefault_ca=d\n[d]\ndatabase=%s\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\n"
      "policy=p\nunique_subject=no\nx509_extensions=e\n[p]\ncommonName=supplied\n[e]\n%s\n",
      index, extension);
  g_autofree char *config_name = g_strdup_printf ("%s.cnf", kind);

  write_text (folder, index, "");
  write_text (folder, config_name, config);
  run (folder,
       "openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=%s -keyout "
       "%s.key "
       "-out %s.csr",
       kind, kind, kind);
  run (
      folder,
      "openssl ca -batch -notext -config %s -cert %s.pem -keyfile %s.key -startdate %s -enddate %s "
      "-in %s.csr -out %s.crt",
      config_name, authority, authority, from, to, kind, kind);
}

void
certificates_make (const char *folder)
{
  static const char *const here = "subjectAltName=IP:127.0.0.1,DNS:localhost";
  static const char *const from = "20200101000000Z";
  static const char *const to = "20491231235959Z";
  static const char *const kinds[] = { "good", "expired", "early", "name", "stranger", NULL };

  make_authority (folder, "ca");
  make_authority (folder, "other");
  make_signed (folder, "good", "ca", from, to, here);
  make_signed (folder, "expired", "ca", from, "20210101000000Z", here);
  make_signed (folder, "early", "ca", "20480101000000Z", to, here);
  make_signed (folder, "name", "ca", from, to, "subjectAltName=DNS:elsewhere.example");
  make_signed (folder, "stranger", "other", from, to, here);
  make_signed (folder, "middle", "ca", from, to, "basicConstraints=critical,CA:TRUE");
  join_files (folder, "middle.pem", (const char *const[]){ "middle.crt", NULL });
  make_signed (folder, "chain", "middle", from, to, here);
  for (int i = 0; kinds[i] != NULL; i++)
    {
      g_autofree char *certificate = g_strconcat (kinds[i], ".crt", NULL);
      g_autofree char *key = g_strconcat (kinds[i], ".key", NULL);
      g_autofree char *both = g_strconcat (kinds[i], ".pem", NULL);

      join_files (folder, both, (const char *const[]){ certificate, key, NULL });
    }
  join_files (folder, "chain.pem",
              (const char *const[]){ "chain.crt", "middle.crt", "chain.key", NULL });
  run (folder,
       "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "
       "/CN=self "
       "-keyout self.key -out self.crt -addext %s",
       here);
  join_files (folder, "self.pem", (const char *const[]){ "self.crt", "self.key", NULL });
}

GTlsCertificate *
certificates_load (const char *folder, const char *kind)
{
  g_autofree char *name = g_strconcat (kind, ".pem", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return certificate;
}

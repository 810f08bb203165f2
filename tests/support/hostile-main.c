/* The hostile server as a program: prints its address, serves until its standard input ends. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>

#include "support/hostile-server.h"

/* Arguments: port (0: a free one), then a PEM file with certificate and key for TLS. */
int
main (int argc, char **argv)
{
  HostileOptions options = { .port = argc > 1 ? atoi (argv[1]) : 0 };
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) error = NULL;
  HostileServer *server;
  g_autofree char *base = NULL;

  if (argc > 2)
    certificate = g_tls_certificate_new_from_file (argv[2], &error);
  options.certificate = certificate;
  server = error == NULL ? hostile_server_start (&options, &error) : NULL;
  if (server == NULL)
    {
      fprintf (stderr, "hostile-server: %s\n", error->message);
      return 1;
    }
  base = hostile_server_dup_address (server, "%s", "");
  printf ("%s\n", base);
  fflush (stdout);
  while (getchar () != EOF)
    continue;
  hostile_server_stop (server);
  return 0;
}

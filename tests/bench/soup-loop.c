/* soup-loop: libsoup's own least: one session, one GET, reads of 512 KiB and pwrite().
 *
 * soup-loop URL FILE. What Bobbin costs above this is Bobbin's.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <libsoup/soup.h>
#include <unistd.h>

#define BUFFER (512 * 1024)

int
main (int argc, char **argv)
{
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GInputStream) body = NULL;
  g_autofree char *buffer = g_malloc (BUFFER);
  goffset done = 0;
  gssize n;
  int out;

  if (argc != 3)
    return 2;
  g_setenv ("SOUP_FORCE_HTTP1", "1", TRUE);
  session = soup_session_new_with_options ("idle-timeout", 0, "proxy-resolver", NULL, NULL);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  message = soup_message_new ("GET", argv[1]);
  if (message == NULL)
    return 2;
  body = soup_session_send (session, message, NULL, NULL);
  if (body == NULL || soup_message_get_status (message) != SOUP_STATUS_OK)
    return 1;
  out = open (argv[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  while ((n = g_input_stream_read (body, buffer, BUFFER, NULL, NULL)) > 0)
    {
      if (pwrite (out, buffer, n, done) != n)
        return 1;
      done += n;
    }
  return n == 0 ? 0 : 1;
}

/* Kinds of files. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/text/kinds.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  const char *title;
  const char *icon;
  const char *extensions; /* each between spaces */
} kinds[UI_N_KINDS] = {
  [UI_KIND_ARCHIVES] = { N_ ("Archives"), "package-x-generic-symbolic",
                         " zip gz tgz bz2 xz zst 7z rar tar lz lzma deb rpm jar cab pbf " },
  [UI_KIND_DISK_IMAGES] = { N_ ("Disk images"), "media-optical-symbolic",
                            " iso img qcow2 vdi vmdk dmg raw " },
  [UI_KIND_DOCUMENTS] = { N_ ("Documents"), "x-office-document-symbolic",
                          " pdf epub txt md html htm doc docx odt ods odp xls xlsx ppt pptx csv "
                          "json xml rtf ps djvu mobi tex " },
  [UI_KIND_MUSIC] = { N_ ("Music"), "audio-x-generic-symbolic",
                      " mp3 ogg oga opus flac wav m4a aac wma mid " },
  [UI_KIND_PICTURES] = { N_ ("Pictures"), "image-x-generic-symbolic",
                         " jpg jpeg png gif webp svg avif heic bmp tif tiff ico xcf " },
  [UI_KIND_PROGRAMS] = { N_ ("Programs"), "application-x-executable-symbolic",
                         " exe msi appimage flatpak flatpakref apk run sh bin " },
  [UI_KIND_VIDEOS] = { N_ ("Videos"), "video-x-generic-symbolic",
                       " mp4 mkv webm avi mov ogv mpg mpeg m4v wmv flv ts " },
  [UI_KIND_OTHERS] = { N_ ("Others"), "text-x-generic-symbolic", " " },
};

UiKind
ui_kind_of_name (const char *name)
{
  const char *dot = strrchr (name, '.');
  char word[16];

  if (dot == NULL || strlen (dot) + 1 >= sizeof word)
    return UI_KIND_OTHERS;
  g_snprintf (word, sizeof word, " %s ", dot + 1);
  for (char *p = word; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  for (int kind = 0; kind < UI_N_KINDS; kind++)
    if (strstr (kinds[kind].extensions, word) != NULL)
      return kind;
  return UI_KIND_OTHERS;
}

const char *
ui_kind_get_title (UiKind kind)
{
  return _ (kinds[kind].title);
}

const char *
ui_kind_get_icon (UiKind kind)
{
  return kinds[kind].icon;
}

/* What to do about an error. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan/remedy.h"

#include <glib/gi18n.h>

typedef struct
{
  EngineRemedy remedy;
  const char *advice; /* to be translated */
} Answer;

static const Answer answers[ENGINE_N_ERRORS] = {
  [ENGINE_ERROR_ADDRESS] = { ENGINE_REMEDY_CHANGE_ADDRESS, N_ ("Check the address.") },
  [ENGINE_ERROR_RESOLVE] = { ENGINE_REMEDY_RETRY,
                             N_ ("Check the address and the network, then try again.") },
  [ENGINE_ERROR_CONNECT] = { ENGINE_REMEDY_RETRY, N_ ("Check the network, or try again later.") },
  [ENGINE_ERROR_TIMEOUT] = { ENGINE_REMEDY_RETRY,
                             N_ ("Try again later, or allow a longer time-out.") },
  [ENGINE_ERROR_CLOSED_EARLY] = { ENGINE_REMEDY_RETRY,
                                  N_ ("Try again: what has arrived is kept.") },
  [ENGINE_ERROR_TLS] = { ENGINE_REMEDY_RETRY,
                         N_ ("Check this computer’s date. If it is right, somebody may be in "
                             "between: send nothing secret there, and ask who runs the server.") },
  [ENGINE_ERROR_PROTOCOL] = { ENGINE_REMEDY_CHANGE_ADDRESS,
                              N_ ("Get the file from another address, or try again later.") },
  [ENGINE_ERROR_HTTP] = { ENGINE_REMEDY_RETRY, N_ ("The server has trouble. Try again later.") },
  [ENGINE_ERROR_REDIRECT] = { ENGINE_REMEDY_CHANGE_ADDRESS,
                              N_ ("Get a new link from the page that offers the file.") },
  [ENGINE_ERROR_CHANGED] = { ENGINE_REMEDY_RETRY,
                             N_ ("Try again later, or get the file from another address.") },
  [ENGINE_ERROR_DISK_FULL] = { ENGINE_REMEDY_MAKE_ROOM,
                               N_ ("Free some space there, then let it go on.") },
  [ENGINE_ERROR_DISK_AWAY] = { ENGINE_REMEDY_CHOOSE_FOLDER,
                               N_ ("Connect the disk again and let it go on, or choose another "
                                   "folder.") },
  [ENGINE_ERROR_DISK] = { ENGINE_REMEDY_CHOOSE_FOLDER,
                          N_ ("Check the folder and who may write to it, or choose another.") },
  [ENGINE_ERROR_NAME] = { ENGINE_REMEDY_CHOOSE_NAME, N_ ("Choose another name or folder.") },
  [ENGINE_ERROR_IN_USE] = { ENGINE_REMEDY_RETRY,
                            N_ ("Wait until the other is done or close it, then try again.") },
  [ENGINE_ERROR_CHECKSUM] = { ENGINE_REMEDY_RETRY,
                              N_ ("Do not use what has arrived. Try again; if that does not help, "
                                  "check the checksum or get the file from another address.") },
  [ENGINE_ERROR_CANCELLED] = { ENGINE_REMEDY_RETRY,
                               N_ ("Start it again when you want it: what has arrived is kept.") },
  [ENGINE_ERROR_JOURNAL] = { ENGINE_REMEDY_NONE,
                             N_ ("Make room on the disk of your home folder, check who may write "
                                 "there, then start Bobbin again.") },
  [ENGINE_ERROR_DAMAGED] = { ENGINE_REMEDY_RETRY,
                             N_ ("Try again: only the damaged pieces are fetched.") },
  [ENGINE_ERROR_PROXY] = { ENGINE_REMEDY_SET_PROXY, N_ ("Check the proxy’s address, and the user "
                                                        "name and password in it.") },
};

/* What a status asks for, where that is not what all server errors ask for. */
static const struct
{
  int first;
  int last;
  Answer answer;
} statuses[] = {
  { 401,
    401,
    { ENGINE_REMEDY_SIGN_IN, N_ ("The server wants a user name and a password that it knows.") } },
  { 403,
    403,
    { ENGINE_REMEDY_CHANGE_ADDRESS,
      N_ ("The server does not give this file to everybody. The link may have expired: get a new "
          "one.") } },
  { 404,
    404,
    { ENGINE_REMEDY_CHANGE_ADDRESS,
      N_ ("The server has no file at this address. Check it, or get a new link.") } },
  { 407,
    407,
    { ENGINE_REMEDY_SET_PROXY,
      N_ ("The proxy wants a user name and a password in its address.") } },
  { 408, 408, { ENGINE_REMEDY_RETRY, N_ ("The server got tired of waiting. Try again.") } },
  { 410,
    410,
    { ENGINE_REMEDY_CHANGE_ADDRESS,
      N_ ("The server no longer has this file. Get it from another address.") } },
  { 412, 412, { ENGINE_REMEDY_RETRY, N_ ("The file on the server has changed. Try again.") } },
  { 416, 416, { ENGINE_REMEDY_RETRY, N_ ("The file on the server has changed. Try again.") } },
  { 425, 425, { ENGINE_REMEDY_RETRY, N_ ("The server is not ready yet. Try again.") } },
  { 429,
    429,
    { ENGINE_REMEDY_RETRY,
      N_ ("The server wants to be asked less often. Try again later, with fewer connections.") } },
  { 451,
    451,
    { ENGINE_REMEDY_CHANGE_ADDRESS,
      N_ ("The law forbids the server to give this file. Get it from another address.") } },
  { 511,
    511,
    { ENGINE_REMEDY_RETRY, N_ ("Sign in to the network with a web browser, then try again.") } },
  { 400,
    499,
    { ENGINE_REMEDY_CHANGE_ADDRESS,
      N_ ("The server does not accept the request. Check the address.") } },
  { 100,
    399,
    { ENGINE_REMEDY_CHANGE_ADDRESS,
      N_ ("The server sends no file from this address. Check it, or get a new link.") } },
};

static const Answer *
find_answer (const GError *error)
{
  int status = engine_error_get_http_status (error);

  if (error->domain != ENGINE_ERROR || error->code < 0 || error->code >= ENGINE_N_ERRORS)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    if (status >= statuses[i].first && status <= statuses[i].last)
      return &statuses[i].answer;
  return &answers[error->code];
}

EngineRemedy
engine_remedy_of (const GError *error)
{
  const Answer *answer = find_answer (error);

  return answer != NULL ? answer->remedy : ENGINE_REMEDY_NONE;
}

const char *
engine_remedy_advise (const GError *error)
{
  const Answer *answer = find_answer (error);

  return answer != NULL && answer->advice != NULL ? _ (answer->advice) : "";
}

#include "CLibPQ.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static struct libpq calls;
static int is_loaded;
static char reason[400];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char *why = dlerror();
    snprintf(reason, sizeof reason, "%s", why ? why : "libpq.so.5");
    return;
  }
  const struct {
    const char *name;
    void **target;
  } names[] = {
    {"PQlibVersion", (void **)&calls.libVersion},
    {"PQconnectdbParams", (void **)&calls.connectdbParams},
    {"PQfinish", (void **)&calls.finish},
    {"PQstatus", (void **)&calls.status},
    {"PQtransactionStatus", (void **)&calls.transactionStatus},
    {"PQserverVersion", (void **)&calls.serverVersion},
    {"PQparameterStatus", (void **)&calls.parameterStatus},
    {"PQerrorMessage", (void **)&calls.errorMessage},
    {"PQhost", (void **)&calls.host},
    {"PQport", (void **)&calls.port},
    {"PQsocket", (void **)&calls.socket},
    {"PQconnectionNeedsPassword", (void **)&calls.connectionNeedsPassword},
    {"PQsetnonblocking", (void **)&calls.setnonblocking},
    {"PQflush", (void **)&calls.flush},
    {"PQsendQuery", (void **)&calls.sendQuery},
    {"PQsendQueryParams", (void **)&calls.sendQueryParams},
    {"PQsendPrepare", (void **)&calls.sendPrepare},
    {"PQsendQueryPrepared", (void **)&calls.sendQueryPrepared},
    {"PQsetSingleRowMode", (void **)&calls.setSingleRowMode},
    {"PQconsumeInput", (void **)&calls.consumeInput},
    {"PQisBusy", (void **)&calls.isBusy},
    {"PQgetResult", (void **)&calls.getResult},
    {"PQnotifies", (void **)&calls.notifies},
    {"PQfreemem", (void **)&calls.freemem},
    {"PQsetNoticeReceiver", (void **)&calls.setNoticeReceiver},
    {"PQgetCancel", (void **)&calls.getCancel},
    {"PQfreeCancel", (void **)&calls.freeCancel},
    {"PQcancel", (void **)&calls.cancel},
    {"PQresultStatus", (void **)&calls.resultStatus},
    {"PQresultErrorField", (void **)&calls.resultErrorField},
    {"PQresultErrorMessage", (void **)&calls.resultErrorMessage},
    {"PQcmdStatus", (void **)&calls.cmdStatus},
    {"PQcmdTuples", (void **)&calls.cmdTuples},
    {"PQntuples", (void **)&calls.ntuples},
    {"PQnfields", (void **)&calls.nfields},
    {"PQftype", (void **)&calls.ftype},
    {"PQgetvalue", (void **)&calls.getvalue},
    {"PQgetlength", (void **)&calls.getlength},
    {"PQgetisnull", (void **)&calls.getisnull},
    {"PQclear", (void **)&calls.clear},
    {"PQconninfoParse", (void **)&calls.conninfoParse},
    {"PQconninfoFree", (void **)&calls.conninfoFree},
  };
  for (size_t index = 0; index < sizeof names / sizeof *names; index++) {
    *names[index].target = dlsym(library, names[index].name);
    if (*names[index].target) continue;
    snprintf(reason, sizeof reason, "libpq.so.5 has no %s", names[index].name);
    return;
  }
  is_loaded = 1;
}

const struct libpq *libpq_load(const char **why) {
  pthread_once(&once, load);
  *why = reason;
  return is_loaded ? &calls : NULL;
}

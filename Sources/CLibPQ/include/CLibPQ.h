// The calls of libpq that the program makes, as its documentation declares them (PostgreSQL 15, chapter 34).
//
// The library is loaded when a store on PostgreSQL is opened, instead of being linked: with what it needs itself
// (OpenSSL, Kerberos, LDAP) it would cost every start more than the rest of the program.

#ifndef SWITCHLIST_LIBPQ_H
#define SWITCHLIST_LIBPQ_H

#include <stddef.h>
#include <stdint.h>

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef struct pg_cancel PGcancel;

typedef struct PGnotify {
  char *relname;
  int be_pid;
  char *extra;
  struct PGnotify *next;
} PGnotify;

typedef struct PQconninfoOption {
  char *keyword;
  char *envvar;
  char *compiled;
  char *val;
  char *label;
  char *dispchar;
  int dispsize;
} PQconninfoOption;

typedef void (*PQnoticeReceiver)(void *arg, const PGresult *res);

struct libpq {
  int (*libVersion)(void);
  PGconn *(*connectdbParams)(const char *const *keywords, const char *const *values, int expand_dbname);
  void (*finish)(PGconn *conn);
  int (*status)(const PGconn *conn);
  int (*transactionStatus)(const PGconn *conn);
  int (*serverVersion)(const PGconn *conn);
  const char *(*parameterStatus)(const PGconn *conn, const char *name);
  char *(*errorMessage)(const PGconn *conn);
  char *(*host)(const PGconn *conn);
  char *(*port)(const PGconn *conn);
  int (*socket)(const PGconn *conn);
  int (*connectionNeedsPassword)(const PGconn *conn);
  int (*setnonblocking)(PGconn *conn, int arg);
  int (*flush)(PGconn *conn);
  int (*sendQuery)(PGconn *conn, const char *query);
  int (*sendQueryParams)(
    PGconn *conn, const char *command, int count, const uint32_t *types, const char *const *values,
    const int *lengths, const int *formats, int resultFormat);
  int (*sendPrepare)(PGconn *conn, const char *name, const char *query, int count, const uint32_t *types);
  int (*sendQueryPrepared)(
    PGconn *conn, const char *name, int count, const char *const *values, const int *lengths,
    const int *formats, int resultFormat);
  int (*setSingleRowMode)(PGconn *conn);
  int (*consumeInput)(PGconn *conn);
  int (*isBusy)(PGconn *conn);
  PGresult *(*getResult)(PGconn *conn);
  PGnotify *(*notifies)(PGconn *conn);
  void (*freemem)(void *ptr);
  PQnoticeReceiver (*setNoticeReceiver)(PGconn *conn, PQnoticeReceiver proc, void *arg);
  PGcancel *(*getCancel)(PGconn *conn);
  void (*freeCancel)(PGcancel *cancel);
  int (*cancel)(PGcancel *cancel, char *errbuf, int errbufsize);
  int (*resultStatus)(const PGresult *res);
  char *(*resultErrorField)(const PGresult *res, int fieldcode);
  char *(*resultErrorMessage)(const PGresult *res);
  char *(*cmdStatus)(PGresult *res);
  char *(*cmdTuples)(PGresult *res);
  int (*ntuples)(const PGresult *res);
  int (*nfields)(const PGresult *res);
  uint32_t (*ftype)(const PGresult *res, int column);
  char *(*getvalue)(const PGresult *res, int row, int column);
  int (*getlength)(const PGresult *res, int row, int column);
  int (*getisnull)(const PGresult *res, int row, int column);
  void (*clear)(PGresult *res);
  PQconninfoOption *(*conninfoParse)(const char *conninfo, char **errmsg);
  void (*conninfoFree)(PQconninfoOption *options);
};

/// Loads the library once, from any thread. Null if it can't be, with why in `why`, which stays valid.
const struct libpq *libpq_load(const char **why);

enum { LIBPQ_CONNECTION_OK = 0, LIBPQ_CONNECTION_BAD = 1 };

enum {
  LIBPQ_EMPTY_QUERY = 0,
  LIBPQ_COMMAND_OK = 1,
  LIBPQ_TUPLES_OK = 2,
  LIBPQ_NONFATAL_ERROR = 6,
  LIBPQ_FATAL_ERROR = 7,
  LIBPQ_SINGLE_TUPLE = 9
};

enum { LIBPQ_IDLE = 0, LIBPQ_ACTIVE = 1, LIBPQ_IN_TRANSACTION = 2, LIBPQ_IN_ERROR = 3, LIBPQ_UNKNOWN = 4 };

#endif

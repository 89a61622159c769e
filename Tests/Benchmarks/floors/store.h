// What the floors share: a store opened as the program opens it, and short ways to use SQLite.
#ifndef STORE_H
#define STORE_H

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3 *db;

static _Noreturn void fail(const char *what) {
  fprintf(stderr, "error: %s: %s\n", what, db ? sqlite3_errmsg(db) : "no database");
  exit(2);
}

static void exec(const char *sql) {
  if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql);
}

static sqlite3_stmt *prepare(sqlite3 *in, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v3(in, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK) fail(sql);
  return statement;
}

// True while there is a row.
static int step(sqlite3_stmt *statement) {
  int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) return 1;
  if (code != SQLITE_DONE) fail(sqlite3_sql(statement));
  return 0;
}

// Runs a statement that gives no rows.
static void run(sqlite3_stmt *statement) {
  step(statement);
  sqlite3_reset(statement);
}

static const char *text(sqlite3_stmt *row, int column) {
  return (const char *)sqlite3_column_text(row, column);
}

static void open_store(const char *path, int flags) {
  if (sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) fail(path);
  sqlite3_busy_timeout(db, 10000);
  exec("PRAGMA synchronous = FULL; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY;"
       "PRAGMA foreign_keys = ON");
}

static double milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

// Seconds since 1970 as ISO 8601 in UTC, 20 characters and a zero.
static void iso8601(int64_t seconds, char into[21]) {
  static int64_t last_day = -1;
  static char last[21];
  int64_t day = seconds / 86400, rest = seconds % 86400;
  if (day != last_day) {
    time_t midnight = day * 86400;
    struct tm date;
    gmtime_r(&midnight, &date);
    strftime(last, sizeof last, "%Y-%m-%dT%H:%M:%SZ", &date);
    last_day = day;
  }
  memcpy(into, last, 21);
  int parts[] = {rest / 3600, rest / 60 % 60, rest % 60};
  for (int i = 0; i < 3; i++) {
    into[11 + 3 * i] = '0' + parts[i] / 10;
    into[12 + 3 * i] = '0' + parts[i] % 10;
  }
}

#endif

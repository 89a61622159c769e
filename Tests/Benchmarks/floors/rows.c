// rows all|start STORE SOURCE: writes the rows of a finished store, which it has read into memory before
// the clock starts; prints the milliseconds from opening to closing the store, and those of them that the
// processor worked.
//
// `all` makes the store and writes everything in one transaction, as `import` and `shop import` do.
// `start` adds runs to a store that has the shops, as `start --all` does: as many shops to a transaction as
// fit into 100 ms.
#include "store.h"

struct table {
  const char *read, *write;
  sqlite3_stmt *reader, *writer;
};

#define EVENT "INSERT INTO event (shop, number, body, hash) VALUES (?, ?, ?, ?)"
#define RUN "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
#define ITEM "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

static struct table once[] = {
  {"SELECT * FROM definition ORDER BY sha256", "INSERT INTO definition VALUES (?, ?, ?)", 0, 0},
  {"SELECT * FROM migration ORDER BY name", "INSERT OR IGNORE INTO migration VALUES (?)", 0, 0},
  {0}};
static struct table whole[] = {
  {"SELECT * FROM shop WHERE id = ?",
   "INSERT INTO shop VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", 0, 0},
  {"SELECT shop, number, body, hash FROM event WHERE shop = ? ORDER BY number", EVENT, 0, 0},
  {"SELECT * FROM run WHERE shop = ? ORDER BY number", RUN, 0, 0},
  {"SELECT * FROM item WHERE shop = ? ORDER BY run, position", ITEM, 0, 0},
  {0}};
static struct table started[] = {
  {"SELECT * FROM shop WHERE id = ? AND runs > 0",
   "UPDATE shop SET runs = ?9, events = ?10, head = ?11, total = ?13, outstanding = ?14, due_at = ?15,"
   " waiting = ?16 WHERE id = ?1", 0, 0},
  {"SELECT shop, number, body, hash FROM event WHERE shop = ? AND number > 1 ORDER BY number", EVENT, 0, 0},
  {"SELECT * FROM run WHERE shop = ? ORDER BY number", RUN, 0, 0},
  {"SELECT * FROM item WHERE shop = ? ORDER BY run, position", ITEM, 0, 0},
  {0}};

// The rows one after another: 1 and the values of a row; 0 where the next table begins.
static char *memory;
static size_t filled, room;

static void keep(const void *bytes, size_t count) {
  if (filled + count > room) memory = realloc(memory, room = 2 * (filled + count) + (1 << 20));
  if (!memory) fail("out of memory");
  memcpy(memory + filled, bytes, count);
  filled += count;
}

static void keep_rows(sqlite3_stmt *reader) {
  while (step(reader)) {
    keep("\1", 1);
    for (int i = 0; i < sqlite3_column_count(reader); i++) {
      char type = sqlite3_column_type(reader, i);
      keep(&type, 1);
      if (type == SQLITE_INTEGER) {
        int64_t value = sqlite3_column_int64(reader, i);
        keep(&value, sizeof value);
      } else if (type != SQLITE_NULL) {
        const void *bytes = sqlite3_column_blob(reader, i);
        int count = sqlite3_column_bytes(reader, i);
        keep(&count, sizeof count);
        keep(bytes, count);
      }
    }
  }
  keep("\0", 1);
  sqlite3_reset(reader);
}

static const char *write_rows(const char *at, sqlite3_stmt *writer) {
  int columns = sqlite3_bind_parameter_count(writer);
  while (*at++) {
    for (int i = 1; i <= columns; i++) {
      char type = *at++;
      if (type == SQLITE_NULL) {
        sqlite3_bind_null(writer, i);
      } else if (type == SQLITE_INTEGER) {
        int64_t value;
        memcpy(&value, at, sizeof value);
        at += sizeof value;
        sqlite3_bind_int64(writer, i, value);
      } else {
        int count;
        memcpy(&count, at, sizeof count);
        at += sizeof count;
        if (type == SQLITE_TEXT) sqlite3_bind_text(writer, i, at, count, SQLITE_STATIC);
        else sqlite3_bind_blob(writer, i, at, count, SQLITE_STATIC);
        at += count;
      }
    }
    run(writer);
  }
  return at;
}

int main(int count, char **arguments) {
  if (count != 4) return 64;
  int starting = strcmp(arguments[1], "start") == 0;
  struct table *tables = starting ? started : whole;

  sqlite3 *source;
  if (sqlite3_open_v2(arguments[3], &source, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) fail("the source");
  char *schema = strdup("");
  sqlite3_stmt *row = prepare(source, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid");
  while (step(row)) {
    char *longer = sqlite3_mprintf("%s%s;", schema, text(row, 0));
    schema = longer;
  }
  for (struct table *t = once; t->read; t++) keep_rows(prepare(source, t->read));
  sqlite3_stmt *shops = prepare(source, "SELECT id FROM shop ORDER BY id");
  for (struct table *t = tables; t->read; t++) t->reader = prepare(source, t->read);
  int64_t shop_count = 0;
  for (; step(shops); shop_count++) {
    for (struct table *t = tables; t->read; t++) {
      sqlite3_bind_text(t->reader, 1, text(shops, 0), -1, SQLITE_TRANSIENT);
      keep_rows(t->reader);
    }
  }

  double began = milliseconds(), worked = -clock() * 1e3 / CLOCKS_PER_SEC;
  open_store(arguments[2], SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!starting) {
    exec("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE");
    exec(schema);
  } else {
    exec("BEGIN IMMEDIATE");
  }
  double opened = milliseconds();
  for (struct table *t = once; t->read; t++) t->writer = prepare(db, t->write);
  for (struct table *t = tables; t->read; t++) t->writer = prepare(db, t->write);
  const char *at = memory;
  for (struct table *t = once; t->read; t++) at = write_rows(at, t->writer);
  for (int64_t i = 0; i < shop_count; i++) {
    for (struct table *t = tables; t->read; t++) at = write_rows(at, t->writer);
    if (starting && milliseconds() - opened > 100) {
      exec("COMMIT; BEGIN IMMEDIATE");
      opened = milliseconds();
    }
  }
  exec("COMMIT");
  for (struct table *t = once; t->read; t++) sqlite3_finalize(t->writer);
  for (struct table *t = tables; t->read; t++) sqlite3_finalize(t->writer);
  sqlite3_close(db);
  worked += clock() * 1e3 / CLOCKS_PER_SEC;
  printf("%.3f %.3f\n", milliseconds() - began, worked);
}

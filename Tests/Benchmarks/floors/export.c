// export STORE: the bytes of `switchlist export`.
#include "output.h"

static void put_hex(const unsigned char *bytes, int count) {
  static const char digits[] = "0123456789abcdef";
  char hex[128];
  for (int i = 0; i < count; i++) {
    hex[2 * i] = digits[bytes[i] >> 4];
    hex[2 * i + 1] = digits[bytes[i] & 15];
  }
  put(hex, 2 * count);
}

int main(int count, char **arguments) {
  if (count != 2) return 64;
  open_store(arguments[1], SQLITE_OPEN_READWRITE);
  exec("BEGIN");
  int64_t definitions = 0, shops = 0, events = 0;
  put_text("{\"format\":\"switchlist-export\",\"version\":1}\n");
  sqlite3_stmt *row = prepare(db, "SELECT canonical, sha256 FROM definition ORDER BY sha256");
  while (step(row)) {
    put_text("{\"definition\":");
    put(text(row, 0), sqlite3_column_bytes(row, 0));
    put_text(",\"sha256\":\"");
    put_text(text(row, 1));
    put_text("\"}\n");
    definitions++;
  }
  sqlite3_finalize(row);
  row = prepare(db, "SELECT number, body, hash FROM event ORDER BY shop, number");
  while (step(row)) {
    put("{\"event\":", 9);
    put(text(row, 1), sqlite3_column_bytes(row, 1));
    put(",\"hash\":\"", 9);
    put_hex(sqlite3_column_blob(row, 2), 32);
    put("\"}\n", 3);
    shops += sqlite3_column_int64(row, 0) == 1;
    events++;
  }
  sqlite3_finalize(row);
  put_text("{\"end\":{\"definitions\":");
  put_number(definitions);
  put_text(",\"shops\":");
  put_number(shops);
  put_text(",\"events\":");
  put_number(events);
  put_text("}}\n");
  flush();
  exec("COMMIT");
  sqlite3_close(db);
}

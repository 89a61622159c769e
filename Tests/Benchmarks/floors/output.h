// Standard output in large pieces, and cells of CSV as the program writes them.
#ifndef OUTPUT_H
#define OUTPUT_H

#include "store.h"
#include <unistd.h>

static char out[1 << 16];
static size_t used;

static void flush(void) {
  for (size_t done = 0; done < used;) {
    ssize_t count = write(1, out + done, used - done);
    if (count < 0) { perror("error: standard output"); exit(2); }
    done += count;
  }
  used = 0;
}

static void put(const char *bytes, size_t count) {
  if (count > sizeof out - used) {
    flush();
    for (; count > sizeof out; bytes += sizeof out, count -= sizeof out) {
      memcpy(out, bytes, used = sizeof out);
      flush();
    }
  }
  memcpy(out + used, bytes, count);
  used += count;
}

static void put_text(const char *text) { put(text, strlen(text)); }

static void put_number(int64_t number) {
  char digits[24];
  char *first = digits + sizeof digits;
  uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
  do *--first = '0' + rest % 10; while (rest /= 10);
  if (number < 0) *--first = '-';
  put(first, digits + sizeof digits - first);
}

static void cell_number(int64_t number) {
  put_number(number);
  put(",", 1);
}

static void cell_time(sqlite3_stmt *row, int column) {
  if (sqlite3_column_type(row, column) != SQLITE_NULL) {
    char time[21];
    iso8601(sqlite3_column_int64(row, column) / 1000, time);
    put(time, 20);
  }
}

// A text, quoted where it must be, kept from being a formula.
static void cell_bytes(const unsigned char *text, size_t count) {
  int quotes = 0, special = 0;
  for (size_t i = 0; i < count; i++) {
    unsigned char c = text[i];
    if (c <= '"' || c == ',') {
      quotes |= c == '"';
      special |= c == '"' || c == ',' || c == '\n' || c == '\r';
    }
  }
  int formula = count && (strchr("=+-@\t\n\r", text[0]) != NULL
    || (count >= 3 && text[0] == 0xEF && text[1] == 0xBC && strchr("\x9D\x8B\x8D\xA0", text[2])));
  if (special) put("\"", 1);
  if (formula) put("'", 1);
  if (quotes) {
    for (size_t i = 0; i < count; i++) put("\"\"", text[i] == '"' ? 2 : 0), put((char *)&text[i], text[i] != '"');
  } else {
    put((const char *)text, count);
  }
  if (special) put("\"", 1);
}

static void cell(sqlite3_stmt *row, int column) {
  const unsigned char *text = sqlite3_column_text(row, column);
  if (text) cell_bytes(text, sqlite3_column_bytes(row, column));
  put(",", 1);
}

#endif

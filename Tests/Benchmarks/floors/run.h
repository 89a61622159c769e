// What the floors share that change runs: items in memory, a run's counters, and the chain of events.
#ifndef RUN_H
#define RUN_H

#include "sha256.h"
#include "store.h"

enum { MOST_ITEMS = 500 };

struct item {
  char id[65], state[8], waiting_for[1024];
  int position, open, waits_less;
  int64_t due_at, changed_at;
};

static void bind_text(sqlite3_stmt *statement, int at, const char *value) {
  sqlite3_bind_text(statement, at, value, -1, SQLITE_STATIC);
}

static void bind_key(sqlite3_stmt *statement, const char *shop, int64_t run) {
  bind_text(statement, 1, shop);
  sqlite3_bind_int64(statement, 2, run);
}

// Takes a word out of words separated by spaces; whether it was there.
static int remove_word(char *words, const char *word) {
  size_t length = strlen(word);
  for (char *at = words; (at = strstr(at, word)); at += length) {
    if ((at > words && at[-1] != ' ') || (at[length] != ' ' && at[length])) continue;
    if (at[length]) memmove(at, at + length + 1, strlen(at + length + 1) + 1);
    else at[at > words ? -1 : 0] = 0;
    return 1;
  }
  return 0;
}

static int by_time(const void *left, const void *right) {
  int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

static void join_times(int64_t *times, int count, char *into) {
  qsort(times, count, sizeof *times, by_time);
  *into = 0;
  for (int i = 0; i < count; i++) into += sprintf(into, i ? " %lld" : "%lld", (long long)times[i]);
}

// Binds from a place on: state, total, done, skipped, blocked, pending, outstanding_due, done_at, holding_up,
// due_at. They stay where they are until the next call.
static void bind_counters(sqlite3_stmt *statement, int first, struct item *items, int count) {
  static char due_text[MOST_ITEMS * 20], done_text[MOST_ITEMS * 20], holding[MOST_ITEMS * 65];
  static int64_t due[MOST_ITEMS], done[MOST_ITEMS];
  int due_count = 0, done_count = 0, skipped = 0, blocked = 0, pending = 0;
  char *end = holding;
  *end = 0;
  for (int i = 0; i < count; i++) {
    struct item *item = &items[i];
    if (strcmp(item->state, "done") == 0) { done[done_count++] = item->changed_at; continue; }
    if (strcmp(item->state, "skipped") == 0) { skipped++; continue; }
    *(strcmp(item->state, "blocked") == 0 ? &blocked : &pending) += 1;
    if (item->due_at) due[due_count++] = item->due_at;
    char waiting_for[1024], *rest = strcpy(waiting_for, item->waiting_for);
    for (char *word; (word = strsep(&rest, " ")) && *word;) {
      char *copy = strcpy(end + (end > holding), word);
      char seen[sizeof holding];
      memcpy(seen, holding, end - holding);
      seen[end - holding] = 0;
      if (remove_word(seen, word)) { *end = 0; continue; }
      if (end > holding) *end = ' ';
      end = copy + strlen(word);
    }
  }
  join_times(due, due_count, due_text);
  join_times(done, done_count, done_text);
  bind_text(statement, first, blocked + pending ? "active" : "finished");
  int counters[] = {count, done_count, skipped, blocked, pending};
  for (int i = 0; i < 5; i++) sqlite3_bind_int(statement, first + 1 + i, counters[i]);
  bind_text(statement, first + 6, due_text);
  bind_text(statement, first + 7, done_text);
  bind_text(statement, first + 8, holding);
  if (due_count) sqlite3_bind_int64(statement, first + 9, due[0]);
  else sqlite3_bind_null(statement, first + 9);
}

// What a shop's row sums of its runs that count.
#define COUNTS "COALESCE(SUM(total), 0), COALESCE(SUM(blocked + pending), 0)"
#define DEADLINES "MIN(due_at), COALESCE(MAX(CASE WHEN holding_up <> '' THEN 1 ELSE 0 END), 0)"
#define OF_RUNS " FROM run WHERE shop = ?1 AND counted = 1"

// Of a run's items: the first due time of what is outstanding, 0 without one, and whether something waits.
static int64_t first_due(const struct item *items, int count, int *waits) {
  int64_t first = 0;
  *waits = 0;
  for (int i = 0; i < count; i++) {
    if (strcmp(items[i].state, "pending") != 0 && strcmp(items[i].state, "blocked") != 0) continue;
    if (items[i].due_at && (!first || items[i].due_at < first)) first = items[i].due_at;
    if (*items[i].waiting_for) *waits = 1;
  }
  return first;
}

// The end of a shop's chain: the hash stands before the next event's bytes, as it is hashed.
struct chain {
  int64_t number;
  unsigned char sealed[1 << 16];
};

// Writes the shop's next event, which happened now; `rest` is what follows its actor.
static void append(
  struct chain *chain, sqlite3_stmt *write_event, const char *shop, const char *kind, const char *time,
  const char *login, const char *rest
) {
  char *body = (char *)chain->sealed + 32;
  chain->number++;
  size_t length = snprintf(body, sizeof chain->sealed - 32 - 72,
    "{\"number\":%lld,\"shop\":\"%s\",\"kind\":\"%s\",\"at\":\"%s\",\"recorded_at\":\"%s\","
    "\"by\":\"benchmark\",\"login\":\"%s\",\"channel\":\"cli\",\"clock_set\":true%s}",
    (long long)chain->number, shop, kind, time, time, login, rest);
  if (length >= sizeof chain->sealed - 32 - 72) fail("an event that is too long");
  unsigned char hash[32];
  // The hash is taken first: it needs room behind the text, which may overwrite nothing of it.
  sha256(chain->sealed, 32 + length, hash);
  bind_key(write_event, shop, chain->number);
  sqlite3_bind_text(write_event, 3, body, length, SQLITE_STATIC);
  sqlite3_bind_blob(write_event, 4, hash, 32, SQLITE_STATIC);
  run(write_event);
  memcpy(chain->sealed, hash, 32);
}

#endif

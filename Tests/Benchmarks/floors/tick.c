// tick STORE NOW NOTE SHOP ITEM: what `switchlist tick SHOP ITEM --note NOTE --as benchmark` writes.
// tick STORE NOW NOTE <ITEMS:    the same for every line `SHOP ITEM`, one transaction each; prints the
//                                milliseconds that they took.
//
// It decides as the program does for an item of a single active run, and gives up on anything else. The
// note and the names must need no escapes in JSON.
#include "run.h"
#include <pwd.h>
#include <unistd.h>

static sqlite3_stmt *begin, *commit, *read_shop, *read_run, *read_definition, *read_items, *write_counts,
  *write_deadlines, *write_event, *write_run, *write_item, *write_waiting;

static void prepare_all(void) {
  begin = prepare(db, "BEGIN IMMEDIATE");
  commit = prepare(db, "COMMIT");
  read_shop = prepare(db, "SELECT events, head FROM shop WHERE id = ?");
  read_run = prepare(db,
    "SELECT number, definition, switched_at FROM run WHERE shop = ? AND state = 'active' AND newer IS NULL");
  read_definition = prepare(db, "SELECT canonical FROM definition WHERE id = ?");
  read_items = prepare(db,
    "SELECT id, state, open, due_at, waiting_for, changed_at FROM item WHERE shop = ? AND run = ?"
    " ORDER BY position");
  write_counts = prepare(db,
    "UPDATE shop SET events = ?2, head = ?3, (total, outstanding) = (SELECT " COUNTS OF_RUNS ") WHERE id = ?1");
  write_deadlines = prepare(db,
    "UPDATE shop SET events = ?2, head = ?3, (total, outstanding, due_at, waiting) ="
    " (SELECT " COUNTS ", " DEADLINES OF_RUNS ") WHERE id = ?1");
  write_event = prepare(db, "INSERT INTO event (shop, number, body, hash) VALUES (?, ?, ?, ?)");
  write_run = prepare(db,
    "UPDATE run SET state = ?3, total = ?4, done = ?5, skipped = ?6, blocked = ?7, pending = ?8,"
    " outstanding_due = ?9, done_at = ?10, holding_up = ?11, due_at = ?12 WHERE shop = ?1 AND number = ?2");
  write_item = prepare(db,
    "UPDATE item SET state = 'done', open = 0, waiting_for = '', awaiting_by = NULL, awaiting_at = NULL,"
    " awaiting_link = NULL,"
    " blocked_reason = NULL, note = ?4, proof = ?5, changed_at = ?6, changed_by = 'benchmark'"
    " WHERE shop = ?1 AND run = ?2 AND position = ?3");
  write_waiting = prepare(db,
    "UPDATE item SET waiting_for = ?4 WHERE shop = ?1 AND run = ?2 AND position = ?3");
}

// Whether the definition takes a note as proof of the item; canonical JSON is the same every time.
static int takes_note(const char *canonical, const char *id) {
  char start[100];
  snprintf(start, sizeof start, "{\"id\":\"%s\",", id);
  const char *item = strstr(canonical, start);
  if (!item) fail("an item that isn't defined");
  const char *next = strstr(item + 1, "{\"id\":\""), *proof = strstr(item, "\"proof\":[");
  if (!proof || (next && next < proof)) return 0;
  const char *note = strstr(proof, "\"note\"");
  return note && note < strchr(proof, ']');
}

static void tick(const char *shop, const char *id, int64_t now, const char *note, const char *login) {
  static struct item items[MOST_ITEMS];
  static struct chain chain;
  char time[21], proof[256];
  iso8601(now, time);
  run(begin);

  bind_text(read_shop, 1, shop);
  if (!step(read_shop)) fail("an unknown shop");
  chain.number = sqlite3_column_int64(read_shop, 0);
  memcpy(chain.sealed, sqlite3_column_blob(read_shop, 1), 32);
  sqlite3_reset(read_shop);

  bind_text(read_run, 1, shop);
  if (!step(read_run)) fail("no active run");
  int64_t run_number = sqlite3_column_int64(read_run, 0);
  sqlite3_bind_int64(read_definition, 1, sqlite3_column_int64(read_run, 1));
  if (sqlite3_column_int64(read_run, 2) > now * 1000) fail("the run began later");
  if (step(read_run)) fail("several active runs");
  sqlite3_reset(read_run);
  if (!step(read_definition) || !takes_note(text(read_definition, 0), id)) fail("a note is no proof");
  sqlite3_reset(read_definition);

  int count = 0;
  struct item *ticked = NULL;
  bind_key(read_items, shop, run_number);
  while (step(read_items)) {
    struct item *item = &items[count];
    snprintf(item->id, sizeof item->id, "%s", text(read_items, 0));
    snprintf(item->state, sizeof item->state, "%s", text(read_items, 1));
    item->open = sqlite3_column_int(read_items, 2);
    item->due_at = sqlite3_column_int64(read_items, 3);
    snprintf(item->waiting_for, sizeof item->waiting_for, "%s", text(read_items, 4));
    item->changed_at = sqlite3_column_int64(read_items, 5);
    item->position = count++;
    if (strcmp(item->id, id) == 0) ticked = item;
    item->waits_less = remove_word(item->waiting_for, id);
  }
  sqlite3_reset(read_items);
  if (!ticked || !ticked->open || *ticked->waiting_for) fail("the item is done or waits");
  // What waited for it waited for something before.
  int waited, waits;
  int64_t due_before = first_due(items, count, &waited);
  for (int i = 0; i < count; i++) waited |= items[i].waits_less;
  strcpy(ticked->state, "done");
  ticked->changed_at = now * 1000;

  char rest[1 << 14];
  snprintf(rest, sizeof rest, ",\"run\":%lld,\"item\":\"%s\",\"note\":\"%s\",\"proof\":{\"kind\":\"note\"}",
    (long long)run_number, id, note);
  append(&chain, write_event, shop, "item-ticked", time, login, rest);
  bind_key(write_run, shop, run_number);
  bind_counters(write_run, 3, items, count);
  run(write_run);
  int moves = first_due(items, count, &waits) != due_before;
  sqlite3_stmt *write_shop = moves || waits != waited ? write_deadlines : write_counts;
  bind_key(write_shop, shop, chain.number);
  sqlite3_bind_blob(write_shop, 3, chain.sealed, 32, SQLITE_STATIC);
  run(write_shop);
  snprintf(proof, sizeof proof, "{\"at\":\"%s\",\"by\":\"benchmark\",\"content\":{\"kind\":\"note\"}}", time);
  bind_key(write_item, shop, run_number);
  sqlite3_bind_int(write_item, 3, ticked->position);
  bind_text(write_item, 4, note);
  bind_text(write_item, 5, proof);
  sqlite3_bind_int64(write_item, 6, now * 1000);
  run(write_item);
  for (int i = 0; i < count; i++) {
    if (!items[i].waits_less) continue;
    bind_key(write_waiting, shop, run_number);
    sqlite3_bind_int(write_waiting, 3, items[i].position);
    bind_text(write_waiting, 4, items[i].waiting_for);
    run(write_waiting);
  }
  run(commit);
}

static void tick_listed(int64_t now, const char *note, const char *login) {
  static char shops[100000][65], ids[100000][65];
  int count = 0;
  while (count < 100000 && scanf("%64s %64s", shops[count], ids[count]) == 2) count++;
  double began = milliseconds();
  for (int i = 0; i < count; i++) tick(shops[i], ids[i], now, note, login);
  printf("%.3f\n", milliseconds() - began);
}

int main(int count, char **arguments) {
  if (count != 4 && count != 6) return 64;
  int64_t now = atoll(arguments[2]);
  const char *note = arguments[3];
  struct passwd *user = getpwuid(getuid());
  const char *login = count == 4 ? "benchmark" : user ? user->pw_name : "";
  open_store(arguments[1], SQLITE_OPEN_READWRITE);
  prepare_all();
  if (count == 4) tick_listed(now, note, login);
  else tick(arguments[4], arguments[5], now, note, login);
  sqlite3_stmt *all[] = {begin, commit, read_shop, read_run, read_definition, read_items, write_counts,
                         write_deadlines, write_event, write_run, write_item, write_waiting};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) sqlite3_finalize(all[i]);
  sqlite3_close(db);
}

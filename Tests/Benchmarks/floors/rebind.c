// rebind STORE FINISHED NOW LIST: what `switchlist switch rebind @LIST --as benchmark` writes for shops whose
// cool-down is over, as many to a transaction as fit into 100 ms.
//
// FINISHED is a store where that has been done: what is the same for all shops, the definition of the run that
// begins and its due times, is read from it before the first shop. It decides as the program does for Douyin
// shops in Shanghai's time with one item that stands for the rebinding, and gives up on anything else. Names
// must need no escapes in JSON.
#include "run.h"
#include <pwd.h>
#include <unistd.h>

#define BEGUN "douyin-after-switch"

enum { MOST_DEFINITIONS = 100, MOST_SHOPS = 1000000 };

static sqlite3_stmt *read_shop, *read_switch, *read_binding, *read_runs, *read_definition, *read_items, *write_shop,
  *write_event, *write_switch, *write_binding, *add_run, *add_item, *write_run, *write_item, *write_waiting;

static void prepare_all(void) {
  read_shop = prepare(db,
    "SELECT platform, owner, time_zone, archived, runs, events, head FROM shop WHERE id = ?");
  read_switch = prepare(db,
    "SELECT number, state, to_account, until, unbound_at FROM account_switch WHERE shop = ? AND latest = 1");
  read_binding = prepare(db, "SELECT number, ended_by FROM binding WHERE shop = ? ORDER BY number DESC LIMIT 1");
  read_runs = prepare(db,
    "SELECT number, definition, checklist, began_at FROM run WHERE shop = ? AND state = 'active'"
    " AND newer IS NULL ORDER BY number");
  read_definition = prepare(db, "SELECT canonical FROM definition WHERE id = ?");
  read_items = prepare(db,
    "SELECT id, state, open, due_at, waiting_for, changed_at FROM item WHERE shop = ? AND run = ?"
    " ORDER BY position");
  write_shop = prepare(db,
    "UPDATE shop SET runs = ?2, events = ?3, head = ?4, (total, outstanding, due_at, waiting) ="
    " (SELECT " COUNTS ", " DEADLINES OF_RUNS ") WHERE id = ?1");
  write_event = prepare(db, "INSERT INTO event (shop, number, body, hash) VALUES (?, ?, ?, ?)");
  write_switch = prepare(db,
    "UPDATE account_switch SET state = 'rebound', ended_at = ?3 WHERE shop = ?1 AND number = ?2");
  write_binding = prepare(db,
    "INSERT INTO binding (shop, number, previous, account, since, begun_by)"
    " VALUES (?1, ?2, ?2 - 1, ?3, ?4, ?5)");
  add_run = prepare(db,
    "INSERT INTO run (shop, number, checklist, definition, switched_at, time_zone, newer, counted, state, total,"
    "  done, skipped, blocked, pending, outstanding_due, done_at, holding_up, due_at, began_at,"
    "  account_switch)"
    " VALUES (?, ?, '" BEGUN "', ?3, ?4, 'Asia/Shanghai', NULL, 1, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
    "  ?4, ?15)");
  add_item = prepare(db,
    "INSERT INTO item (shop, run, position, id, state, open, due_at, owner, waiting_for)"
    " VALUES (?, ?, ?, ?, 'pending', 1, ?, ?, ?)");
  write_run = prepare(db,
    "UPDATE run SET state = ?3, total = ?4, done = ?5, skipped = ?6, blocked = ?7, pending = ?8,"
    " outstanding_due = ?9, done_at = ?10, holding_up = ?11, due_at = ?12 WHERE shop = ?1 AND number = ?2");
  write_item = prepare(db,
    "UPDATE item SET state = 'done', open = 0, waiting_for = '', awaiting_by = NULL, awaiting_at = NULL,"
    " awaiting_link = NULL,"
    " blocked_reason = NULL, changed_at = ?4, changed_by = 'benchmark'"
    " WHERE shop = ?1 AND run = ?2 AND position = ?3");
  write_waiting = prepare(db,
    "UPDATE item SET waiting_for = ?4 WHERE shop = ?1 AND run = ?2 AND position = ?3");
}

// What begins: the same for every shop but for the owner.
static struct item begun[MOST_ITEMS];
static int begun_count;
static char begun_sha256[65];
static int64_t begun_definition;

static void read_begun(const char *finished, const char *shop) {
  sqlite3 *source;
  if (sqlite3_open_v2(finished, &source, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) fail(finished);
  sqlite3_stmt *row = prepare(source,
    "SELECT d.sha256, d.canonical, i.id, i.due_at, i.waiting_for FROM run r JOIN definition d ON d.id = r.definition"
    " JOIN item i ON i.shop = r.shop AND i.run = r.number"
    " WHERE r.checklist = '" BEGUN "' AND r.shop = ? ORDER BY i.position");
  bind_text(row, 1, shop);
  while (step(row)) {
    struct item *item = &begun[begun_count];
    strcpy(item->state, "pending");
    snprintf(item->id, sizeof item->id, "%s", text(row, 2));
    item->due_at = sqlite3_column_int64(row, 3);
    snprintf(item->waiting_for, sizeof item->waiting_for, "%s", text(row, 4));
    if (begun_count++) continue;
    snprintf(begun_sha256, sizeof begun_sha256, "%s", text(row, 0));
    sqlite3_stmt *add = prepare(db,
      "INSERT INTO definition SELECT COALESCE(MAX(id), 0) + 1, ?, ? FROM definition WHERE true"
      " ON CONFLICT (sha256) DO NOTHING");
    bind_text(add, 1, begun_sha256);
    bind_text(add, 2, text(row, 1));
    run(add);
    sqlite3_finalize(add);
  }
  sqlite3_finalize(row);
  sqlite3_close(source);
  row = prepare(db, "SELECT id FROM definition WHERE sha256 = ?");
  bind_text(row, 1, begun_sha256);
  if (!step(row)) fail("the definition isn't kept");
  begun_definition = sqlite3_column_int64(row, 0);
  sqlite3_finalize(row);
}

// The item of a definition that stands for the rebinding, or an empty text; each definition is read once.
static const char *standing(int64_t definition) {
  static char known[MOST_DEFINITIONS][66];
  if (definition >= MOST_DEFINITIONS) fail("too many definitions");
  char *id = known[definition] + 1;
  if (known[definition][0]) return id;
  known[definition][0] = 1;
  sqlite3_bind_int64(read_definition, 1, definition);
  if (!step(read_definition)) fail("a definition is missing");
  const char *stands = strstr(text(read_definition, 0), "\"stands-for\":\"rebound\"");
  if (stands) {
    while (strncmp(stands, "{\"id\":\"", 7) != 0) stands--;
    snprintf(id, 65, "%.*s", (int)strcspn(stands + 7, "\""), stands + 7);
  }
  sqlite3_reset(read_definition);
  return id;
}

static void rebind(const char *shop, int64_t now, const char *time, const char *login) {
  static struct item items[MOST_ITEMS];
  static struct chain chain;
  char owner[401], account[401], rest[1 << 14];

  bind_text(read_shop, 1, shop);
  if (!step(read_shop)) fail("an unknown shop");
  const char *zone = text(read_shop, 2);
  if (strcmp(text(read_shop, 0), "douyin") != 0 || (zone && strcmp(zone, "Asia/Shanghai") != 0)
      || sqlite3_column_int(read_shop, 3))
    fail("another kind of shop");
  snprintf(owner, sizeof owner, "%s", text(read_shop, 1));
  int64_t runs = sqlite3_column_int64(read_shop, 4) + 1;
  chain.number = sqlite3_column_int64(read_shop, 5);
  memcpy(chain.sealed, sqlite3_column_blob(read_shop, 6), 32);
  sqlite3_reset(read_shop);

  bind_text(read_switch, 1, shop);
  if (!step(read_switch) || strcmp(text(read_switch, 1), "unbound") != 0
      || sqlite3_column_int64(read_switch, 3) > now * 1000 || sqlite3_column_int64(read_switch, 4) > now * 1000)
    fail("it can't be rebound");
  int64_t change = sqlite3_column_int64(read_switch, 0);
  snprintf(account, sizeof account, "%s", text(read_switch, 2));
  sqlite3_reset(read_switch);
  bind_text(read_binding, 1, shop);
  if (!step(read_binding) || sqlite3_column_int64(read_binding, 1) != change) fail("the binding hasn't ended");
  int64_t binding = sqlite3_column_int64(read_binding, 0) + 1;
  sqlite3_reset(read_binding);

  int64_t ticked_run = 0;
  const char *id = "";
  bind_text(read_runs, 1, shop);
  while (step(read_runs)) {
    if (strcmp(text(read_runs, 2), BEGUN) == 0) fail("a run that would be superseded");
    const char *stands = standing(sqlite3_column_int64(read_runs, 1));
    if (!*stands) continue;
    if (ticked_run || sqlite3_column_int64(read_runs, 3) > now * 1000) fail("not one item to tick");
    ticked_run = sqlite3_column_int64(read_runs, 0);
    id = stands;
  }
  sqlite3_reset(read_runs);
  int count = 0;
  struct item *ticked = NULL;
  bind_key(read_items, shop, ticked_run);
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
  if (!ticked || !ticked->open) fail("the item is done");
  strcpy(ticked->state, "done");
  *ticked->waiting_for = 0;
  ticked->changed_at = now * 1000;

  snprintf(rest, sizeof rest, ",\"switch\":%lld,\"to\":\"%s\"", (long long)change, account);
  append(&chain, write_event, shop, "switch-rebound", time, login, rest);
  char *end = rest + sprintf(rest,
    ",\"run\":%lld,\"checklist\":\"" BEGUN "\",\"definition\":\"%s\",\"switched_at\":\"%s\",\"switch\":%lld,"
    "\"time_zone\":\"Asia/Shanghai\",\"items\":", (long long)runs, begun_sha256, time, (long long)change);
  for (int i = 0; i < begun_count; i++) {
    char due[21];
    iso8601(begun[i].due_at / 1000, due);
    end += snprintf(end, rest + sizeof rest - end, "%s{\"item\":\"%s\",\"due_at\":\"%s\",\"owner\":\"%s\"}",
      i ? "," : "[", begun[i].id, due, owner);
    if (end > rest + sizeof rest - 2) fail("too many items");
  }
  strcpy(end, "]");
  append(&chain, write_event, shop, "run-started", time, login, rest);
  snprintf(rest, sizeof rest, ",\"run\":%lld,\"item\":\"%s\"", (long long)ticked_run, id);
  append(&chain, write_event, shop, "item-ticked", time, login, rest);

  bind_key(write_switch, shop, change);
  sqlite3_bind_int64(write_switch, 3, now * 1000);
  run(write_switch);
  bind_key(write_binding, shop, binding);
  bind_text(write_binding, 3, account);
  sqlite3_bind_int64(write_binding, 4, now * 1000);
  sqlite3_bind_int64(write_binding, 5, change);
  run(write_binding);

  bind_key(add_run, shop, runs);
  sqlite3_bind_int64(add_run, 3, begun_definition);
  sqlite3_bind_int64(add_run, 4, now * 1000);
  bind_counters(add_run, 5, begun, begun_count);
  sqlite3_bind_int64(add_run, 15, change);
  run(add_run);
  for (int i = 0; i < begun_count; i++) {
    bind_key(add_item, shop, runs);
    sqlite3_bind_int(add_item, 3, i);
    bind_text(add_item, 4, begun[i].id);
    sqlite3_bind_int64(add_item, 5, begun[i].due_at);
    bind_text(add_item, 6, owner);
    bind_text(add_item, 7, begun[i].waiting_for);
    run(add_item);
  }

  bind_key(write_run, shop, ticked_run);
  bind_counters(write_run, 3, items, count);
  run(write_run);
  bind_key(write_shop, shop, runs);
  sqlite3_bind_int64(write_shop, 3, chain.number);
  sqlite3_bind_blob(write_shop, 4, chain.sealed, 32, SQLITE_STATIC);
  run(write_shop);
  bind_key(write_item, shop, ticked_run);
  sqlite3_bind_int(write_item, 3, ticked->position);
  sqlite3_bind_int64(write_item, 4, now * 1000);
  run(write_item);
  for (int i = 0; i < count; i++) {
    if (!items[i].waits_less) continue;
    bind_key(write_waiting, shop, ticked_run);
    sqlite3_bind_int(write_waiting, 3, items[i].position);
    bind_text(write_waiting, 4, items[i].waiting_for);
    run(write_waiting);
  }
}

int main(int count, char **arguments) {
  if (count != 5) return 64;
  static char shops[MOST_SHOPS][65];
  int64_t now = atoll(arguments[3]);
  int shop_count = 0;
  char time[21];
  iso8601(now, time);
  FILE *list = fopen(arguments[4], "r");
  if (!list) fail(arguments[4]);
  while (shop_count < MOST_SHOPS && fscanf(list, "%64s", shops[shop_count]) == 1) shop_count++;
  struct passwd *user = getpwuid(getuid());
  open_store(arguments[1], SQLITE_OPEN_READWRITE);
  prepare_all();
  exec("BEGIN IMMEDIATE");
  read_begun(arguments[2], shops[0]);
  double opened = milliseconds();
  for (int i = 0; i < shop_count; i++) {
    rebind(shops[i], now, time, user ? user->pw_name : "");
    if (milliseconds() - opened > 100) {
      exec("COMMIT; BEGIN IMMEDIATE");
      opened = milliseconds();
    }
  }
  exec("COMMIT");
  for (sqlite3_stmt *each; (each = sqlite3_next_stmt(db, NULL));) sqlite3_finalize(each);
  sqlite3_close(db);
}

// upgrade STORE FINISHED NOW: what `switchlist upgrade --all --checklist douyin-after-switch --as benchmark` writes,
// as many shops to a transaction as fit into 100 ms.
//
// FINISHED is a store where that has been done: the content that the runs are to follow is the last that it
// keeps. The floor knows no calendar: due times that the new content counts otherwise, or for the first time,
// must be hours. It gives up on anything else that it can't do as the program does. Names must need no escapes
// in JSON.
#include "run.h"
#include <pwd.h>
#include <unistd.h>

enum { MOST_NEEDS = 20, COLUMNS = 15 };

// One of the texts is empty where it is absent.
struct defined {
  char id[65], due[65], owner[401], needs[MOST_NEEDS][65];
  int need_count, before;
};

struct definition {
  int count;
  struct defined *items;
};

// A column of an item's row.
struct value {
  int type, count;
  int64_t number;
  char bytes[256];
};

// The columns that an upgrade may write, as they are read.
enum { ID, STATE, OPEN, DUE_AT, OWNER, WAITING_FOR, AWAITING_BY, AWAITING_AT, BLOCKED_REASON, NOTE, PROOF,
       CHANGED_AT, CHANGED_BY, DUE_MOVED, ASSIGNED };
struct row { struct value values[COLUMNS]; };

#define LIST "id, state, open, due_at, owner, waiting_for, awaiting_by, awaiting_at, blocked_reason, note, proof," \
  " changed_at, changed_by, due_moved, assigned"

static sqlite3_stmt *read_shop, *read_run, *read_items, *write_shop, *write_event, *write_run, *write_item, *add_item,
  *remove_item;

static void prepare_all(void) {
  read_shop = prepare(db, "SELECT owner, events, head FROM shop WHERE id = ?");
  read_run = prepare(db, "SELECT definition, switched_at, state, newer FROM run WHERE shop = ? AND number = ?");
  read_items = prepare(db, "SELECT " LIST " FROM item WHERE shop = ? AND run = ? ORDER BY position");
  write_shop = prepare(db,
    "UPDATE shop SET events = ?2, head = ?3, (total, outstanding, due_at, waiting) ="
    " (SELECT " COUNTS ", " DEADLINES OF_RUNS ") WHERE id = ?1");
  write_event = prepare(db, "INSERT INTO event (shop, number, body, hash) VALUES (?, ?, ?, ?)");
  write_run = prepare(db,
    "UPDATE run SET state = ?3, total = ?4, done = ?5, skipped = ?6, blocked = ?7, pending = ?8,"
    " outstanding_due = ?9, done_at = ?10, holding_up = ?11, due_at = ?12, definition = ?13 WHERE shop = ?1 AND number = ?2");
  write_item = prepare(db,
    "UPDATE item SET id = ?4, state = ?5, open = ?6, due_at = ?7, owner = ?8, waiting_for = ?9, awaiting_by = ?10,"
    " awaiting_at = ?11, blocked_reason = ?12, note = ?13, proof = ?14, changed_at = ?15, changed_by = ?16,"
    " due_moved = ?17, assigned = ?18 WHERE shop = ?1 AND run = ?2 AND position = ?3");
  add_item = prepare(db, "INSERT INTO item (shop, run, position, " LIST ") VALUES"
    " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  remove_item = prepare(db, "DELETE FROM item WHERE shop = ? AND run = ? AND position = ?");
}

// Copies a text of an item's canonical JSON that ends before `end`; empty where the key is absent.
static void take(const char *item, const char *end, const char *key, char *into, size_t room) {
  const char *at = strstr(item, key);
  *into = 0;
  if (!at || at > end) return;
  at += strlen(key);
  snprintf(into, room, "%.*s", (int)strcspn(at, "\""), at);
}

static struct definition parsed(const char *canonical) {
  struct definition parsed = {0};
  parsed.items = calloc(MOST_ITEMS, sizeof *parsed.items);
  if (!parsed.items) fail("out of memory");
  const char *item = strstr(canonical, "\"items\":[{\"id\":\"");
  if (item) item += 9;
  while (item) {
    struct defined *into = &parsed.items[parsed.count++];
    const char *next = strstr(item + 1, ",{\"id\":\""), *end = next ? next : item + strlen(item);
    take(item, end, "{\"id\":\"", into->id, sizeof into->id);
    take(item, end, ",\"due\":\"", into->due, sizeof into->due);
    take(item, end, ",\"owner\":\"", into->owner, sizeof into->owner);
    const char *needs = strstr(item, ",\"needs\":[");
    if (needs && needs < end) {
      for (needs += 10; *needs == '"' || *needs == ','; needs += strcspn(needs, ",]")) {
        needs += *needs == ',';
        if (into->need_count == MOST_NEEDS) fail("too many needs");
        snprintf(into->needs[into->need_count++], 65, "%.*s", (int)strcspn(needs + 1, "\""), needs + 1);
      }
    }
    item = next ? next + 1 : NULL;
  }
  return parsed;
}

static int place(const struct definition *in, const char *id) {
  for (int i = 0; i < in->count; i++) if (strcmp(in->items[i].id, id) == 0) return i;
  return -1;
}

static struct definition target;
static char target_sha256[65];
static int64_t target_id;

static void read_target(const char *finished) {
  sqlite3 *source;
  if (sqlite3_open_v2(finished, &source, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) fail(finished);
  sqlite3_stmt *row = prepare(source, "SELECT sha256, canonical, id FROM definition ORDER BY id DESC LIMIT 1");
  if (!step(row)) fail("no definition");
  snprintf(target_sha256, sizeof target_sha256, "%s", text(row, 0));
  target = parsed(text(row, 1));
  target_id = sqlite3_column_int64(row, 2);
  sqlite3_stmt *add = prepare(db, "INSERT INTO definition VALUES (?, ?, ?)");
  sqlite3_bind_int64(add, 1, target_id);
  bind_text(add, 2, target_sha256);
  bind_text(add, 3, text(row, 1));
  run(add);
  sqlite3_finalize(add);
  sqlite3_finalize(row);
  sqlite3_close(source);
}

// The content that all runs follow, compared with the one that they are to follow; it is read once.
static struct definition *known(int64_t id) {
  static struct definition old;
  static int64_t known_id;
  if (known_id && id != known_id) fail("runs of several contents");
  if (known_id) return &old;
  known_id = id;
  sqlite3_stmt *row = prepare(db, "SELECT canonical FROM definition WHERE id = ?");
  sqlite3_bind_int64(row, 1, id);
  if (!step(row)) fail("a definition is missing");
  old = parsed(text(row, 0));
  sqlite3_finalize(row);
  for (int i = 0; i < target.count; i++) target.items[i].before = place(&old, target.items[i].id);
  return &old;
}

static int64_t due_at(const char *due, int64_t switched_at) {
  char *unit;
  int64_t hours = strtoll(due, &unit, 10);
  if (strcmp(unit, "h") != 0) fail("a due time that isn't hours");
  return switched_at + hours * 3600000;
}

static void set_text(struct value *value, const char *text) {
  value->type = SQLITE_TEXT;
  value->count = snprintf(value->bytes, sizeof value->bytes, "%s", text);
}

static void set_number(struct value *value, int64_t number) {
  value->type = SQLITE_INTEGER;
  value->number = number;
}

static int same_value(const struct value *left, const struct value *right) {
  if (left->type != right->type) return 0;
  if (left->type == SQLITE_NULL) return 1;
  if (left->type == SQLITE_INTEGER) return left->number == right->number;
  return left->count == right->count && memcmp(left->bytes, right->bytes, left->count) == 0;
}

static int same_row(const struct row *left, const struct row *right) {
  for (int i = 0; i < COLUMNS; i++) if (!same_value(&left->values[i], &right->values[i])) return 0;
  return 1;
}

static void write_row(sqlite3_stmt *statement, const char *shop, int64_t run_number, int position, struct row *row) {
  bind_key(statement, shop, run_number);
  sqlite3_bind_int(statement, 3, position);
  for (int i = 0; i < COLUMNS; i++) {
    struct value *value = &row->values[i];
    if (value->type == SQLITE_NULL) sqlite3_bind_null(statement, 4 + i);
    else if (value->type == SQLITE_INTEGER) sqlite3_bind_int64(statement, 4 + i, value->number);
    else sqlite3_bind_text(statement, 4 + i, value->bytes, value->count, SQLITE_STATIC);
  }
  run(statement);
}

static int is_outstanding(const struct row *row) {
  return strcmp(row->values[STATE].bytes, "pending") == 0 || strcmp(row->values[STATE].bytes, "blocked") == 0;
}

// What an item of the new content waits for, given the rows of all.
static void settle_waiting(struct row *rows, int index) {
  char list[1024] = "", *end = list;
  struct defined *item = &target.items[index];
  if (is_outstanding(&rows[index])) {
    for (int i = 0; i < item->need_count; i++) {
      int needed = place(&target, item->needs[i]);
      if (needed < 0 || !is_outstanding(&rows[needed])) continue;
      end += snprintf(end, list + sizeof list - end, "%s%s", end > list ? " " : "", item->needs[i]);
    }
  }
  set_text(&rows[index].values[WAITING_FOR], list);
}

static void upgrade(const char *shop, int64_t number, const char *time, const char *login) {
  static struct row before[MOST_ITEMS], after[MOST_ITEMS];
  static struct item items[MOST_ITEMS];
  static struct chain chain;
  char merchant[401], rest[1 << 14];

  bind_text(read_shop, 1, shop);
  if (!step(read_shop)) fail("an unknown shop");
  snprintf(merchant, sizeof merchant, "%s", text(read_shop, 0));
  chain.number = sqlite3_column_int64(read_shop, 1);
  memcpy(chain.sealed, sqlite3_column_blob(read_shop, 2), 32);
  sqlite3_reset(read_shop);
  bind_key(read_run, shop, number);
  if (!step(read_run) || strcmp(text(read_run, 2), "active") != 0) fail("the run isn't active");
  if (sqlite3_column_type(read_run, 3) != SQLITE_NULL) fail("the run has a newer one");
  struct definition *old = known(sqlite3_column_int64(read_run, 0));
  int64_t switched_at = sqlite3_column_int64(read_run, 1);
  sqlite3_reset(read_run);
  int count = 0;
  bind_key(read_items, shop, number);
  for (; step(read_items); count++) {
    if (count == old->count || strcmp(text(read_items, 0), old->items[count].id) != 0) fail("an item is left out");
    for (int i = 0; i < COLUMNS; i++) {
      struct value *value = &before[count].values[i];
      value->type = sqlite3_column_type(read_items, i);
      if (value->type == SQLITE_INTEGER) value->number = sqlite3_column_int64(read_items, i);
      else if (value->type == SQLITE_TEXT) {
        const char *bytes = text(read_items, i);
        value->count = sqlite3_column_bytes(read_items, i);
        if (value->count >= (int)sizeof value->bytes) fail("a long text");
        memcpy(value->bytes, bytes, value->count + 1);
      }
    }
  }
  sqlite3_reset(read_items);
  if (count != old->count) fail("an item is left out");

  char *end = rest + sprintf(rest, ",\"run\":%lld,\"definition\":\"%s\",\"items\":", (long long)number, target_sha256);
  for (int i = 0; i < target.count; i++) {
    struct defined *new = &target.items[i], *was = new->before < 0 ? NULL : &old->items[new->before];
    struct value *values = after[i].values;
    if (was) {
      after[i] = before[new->before];
    } else {
      memset(&after[i], 0, sizeof after[i]);
      for (int column = 0; column < COLUMNS; column++) values[column].type = SQLITE_NULL;
      set_text(&values[ID], new->id);
      set_text(&values[STATE], "pending");
      set_number(&values[OPEN], 1);
      set_number(&values[DUE_MOVED], 0);
      set_number(&values[ASSIGNED], 0);
    }
    if (!was || (!values[DUE_MOVED].number && strcmp(was->due, new->due) != 0))
      set_number(&values[DUE_AT], due_at(new->due, switched_at));
    if (!was || (!values[ASSIGNED].number && strcmp(was->owner, new->owner) != 0))
      set_text(&values[OWNER], strcmp(new->owner, "merchant") == 0 ? merchant : new->owner);
    char due[21];
    iso8601(values[DUE_AT].number / 1000, due);
    end += snprintf(end, rest + sizeof rest - end, "%s{\"item\":\"%s\",\"due_at\":\"%s\",\"owner\":\"%s\"}",
      i ? "," : "[", new->id, due, values[OWNER].bytes);
  }
  end += snprintf(end, rest + sizeof rest - end, "]");
  for (int i = 0, removed = 0; i < count; i++) {
    if (place(&target, old->items[i].id) >= 0) continue;
    end += snprintf(end, rest + sizeof rest - end, "%s\"%s\"", removed++ ? "," : ",\"removed\":[", old->items[i].id);
  }
  if (strstr(rest, ",\"removed\":[")) end += snprintf(end, rest + sizeof rest - end, "]");
  if (end > rest + sizeof rest - 2) fail("too many items");

  append(&chain, write_event, shop, "run-upgraded", time, login, rest);
  for (int i = 0; i < target.count; i++) {
    struct value *values = after[i].values;
    settle_waiting(after, i);
    strcpy(items[i].state, values[STATE].bytes);
    strcpy(items[i].waiting_for, values[WAITING_FOR].bytes);
    items[i].due_at = values[DUE_AT].number;
    items[i].changed_at = values[CHANGED_AT].number;
    if (i >= count) write_row(add_item, shop, number, i, &after[i]);
    else if (!same_row(&before[i], &after[i])) write_row(write_item, shop, number, i, &after[i]);
  }
  for (int i = target.count; i < count; i++) {
    bind_key(remove_item, shop, number);
    sqlite3_bind_int(remove_item, 3, i);
    run(remove_item);
  }
  bind_key(write_run, shop, number);
  bind_counters(write_run, 3, items, target.count);
  sqlite3_bind_int64(write_run, 13, target_id);
  run(write_run);
  bind_key(write_shop, shop, chain.number);
  sqlite3_bind_blob(write_shop, 3, chain.sealed, 32, SQLITE_STATIC);
  run(write_shop);
}

int main(int count, char **arguments) {
  if (count != 4) return 64;
  struct listed { char shop[65]; int64_t run; } *listed = NULL;
  size_t listed_count = 0, room = 0;
  char time[21];
  iso8601(atoll(arguments[3]), time);
  struct passwd *user = getpwuid(getuid());
  open_store(arguments[1], SQLITE_OPEN_READWRITE);
  prepare_all();
  exec("BEGIN IMMEDIATE");
  read_target(arguments[2]);
  sqlite3_stmt *row = prepare(db,
    "SELECT r.shop, r.number FROM run r JOIN shop s ON s.id = r.shop"
    " WHERE r.checklist = 'douyin-after-switch' AND r.state = 'active' AND r.definition <> ? AND s.archived = 0"
    " ORDER BY r.shop, r.number");
  sqlite3_bind_int64(row, 1, target_id);
  for (; step(row); listed_count++) {
    if (listed_count == room) listed = realloc(listed, (room = 2 * room + 1000) * sizeof *listed);
    if (!listed) fail("out of memory");
    snprintf(listed[listed_count].shop, sizeof listed->shop, "%s", text(row, 0));
    listed[listed_count].run = sqlite3_column_int64(row, 1);
  }
  sqlite3_reset(row);
  double opened = milliseconds();
  for (size_t i = 0; i < listed_count; i++) {
    upgrade(listed[i].shop, listed[i].run, time, user ? user->pw_name : "");
    if (milliseconds() - opened > 100) {
      exec("COMMIT; BEGIN IMMEDIATE");
      opened = milliseconds();
    }
  }
  exec("COMMIT");
  for (sqlite3_stmt *each; (each = sqlite3_next_stmt(db, NULL));) sqlite3_finalize(each);
  sqlite3_close(db);
}

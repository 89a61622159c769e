// overdue STORE NOW: the bytes of `switchlist overdue --format csv`.
#include "output.h"

struct item { char *id, *title; int critical; };
static struct definition { struct item *items; int count; } *definitions;
static int64_t definition_count;

static void read_definitions(void) {
  sqlite3_stmt *row = prepare(db,
    "SELECT d.id, json_extract(i.value, '$.id'),"
    "  COALESCE(json_extract(i.value, '$.title.en'), json_extract(i.value, '$.title')),"
    "  COALESCE(json_extract(i.value, '$.critical'), 0)"
    " FROM definition d, json_each(d.canonical, '$.items') i ORDER BY d.id, i.key");
  while (step(row)) {
    int64_t id = sqlite3_column_int64(row, 0);
    if (id >= definition_count) {
      definitions = realloc(definitions, (id + 1) * sizeof *definitions);
      memset(definitions + definition_count, 0, (id + 1 - definition_count) * sizeof *definitions);
      definition_count = id + 1;
    }
    struct definition *definition = &definitions[id];
    definition->items = realloc(definition->items, (definition->count + 1) * sizeof(struct item));
    definition->items[definition->count++] =
      (struct item){strdup(text(row, 1)), strdup(text(row, 2)), sqlite3_column_int(row, 3)};
  }
  sqlite3_finalize(row);
}

static const struct item *find(int64_t definition, const char *id) {
  for (int i = 0; i < definitions[definition].count; i++) {
    struct item *item = &definitions[definition].items[i];
    if (strcmp(item->id, id) == 0) return item;
  }
  fail("an item that isn't defined");
}

int main(int count, char **arguments) {
  if (count != 3) return 64;
  int64_t now = atoll(arguments[2]);
  open_store(arguments[1], SQLITE_OPEN_READWRITE);
  exec("BEGIN");
  read_definitions();
  put_text("\xEF\xBB\xBFshop,name,team,run,checklist,item,title,owner,critical,state,waiting_for,"
           "due_at,overdue_seconds\r\n");
  sqlite3_stmt *row = prepare(db,
    "SELECT i.due_at, i.shop, s.name, s.team, i.run, r.checklist, i.id, r.definition, i.owner, i.state,"
    "  i.waiting_for"
    " FROM item i JOIN run r ON r.shop = i.shop AND r.number = i.run JOIN shop s ON s.id = i.shop"
    " WHERE i.open = 1 AND i.due_at <= ? AND s.archived = 0"
    " ORDER BY i.due_at, i.shop, i.run, i.position");
  sqlite3_bind_int64(row, 1, now * 1000);
  while (step(row)) {
    const struct item *item = find(sqlite3_column_int64(row, 7), text(row, 6));
    cell(row, 1);
    cell(row, 2);
    cell(row, 3);
    cell_number(sqlite3_column_int64(row, 4));
    cell(row, 5);
    cell(row, 6);
    cell_bytes((unsigned char *)item->title, strlen(item->title));
    put(",", 1);
    cell(row, 8);
    put_text(item->critical ? "true," : "false,");
    cell(row, 9);
    for (const char *c = text(row, 10); *c; c++) put(*c == ' ' ? ";" : c, 1);
    put(",", 1);
    cell_time(row, 0);
    put(",", 1);
    put_number(now - sqlite3_column_int64(row, 0) / 1000);
    put("\r\n", 2);
  }
  sqlite3_finalize(row);
  flush();
  exec("COMMIT");
  sqlite3_close(db);
}

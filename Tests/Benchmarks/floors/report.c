// report STORE NOW: the bytes of `switchlist report --format csv`, counted by SQL over the items.
#include "output.h"

int main(int count, char **arguments) {
  if (count != 3) return 64;
  int64_t now = atoll(arguments[2]) * 1000;
  open_store(arguments[1], SQLITE_OPEN_READWRITE);
  exec("BEGIN");
  put_text("\xEF\xBB\xBFkey,name,team,shops,runs,total,done,skipped,blocked,pending,overdue,percent,"
           "done_last_7_days,overdue_since_7_days,next_due_at,oldest_overdue_at,switch,"
           "can_rebind_at,overridden\r\n");
  sqlite3_stmt *row = prepare(db,
    "SELECT s.id, s.name, s.team, 1, COUNT(DISTINCT i.run), COUNT(i.id), SUM(i.state = 'done'),"
    "  SUM(i.state = 'skipped'), SUM(i.state = 'blocked'), SUM(i.state = 'pending'),"
    "  SUM(i.open = 1 AND i.due_at <= ?1),"
    "  100 * SUM(i.state IN ('done', 'skipped')) / COUNT(i.id),"
    "  SUM(i.state = 'done' AND i.changed_at > ?2 AND i.changed_at <= ?1),"
    "  SUM(i.open = 1 AND i.due_at <= ?2),"
    "  MIN(CASE WHEN i.open = 1 AND i.due_at > ?1 THEN i.due_at END),"
    "  MIN(CASE WHEN i.open = 1 AND i.due_at <= ?1 THEN i.due_at END),"
    "  w.state, CASE WHEN w.state = 'unbound' THEN COALESCE(w.until, w.unbound_at) END,"
    "  COALESCE(json_array_length(w.overrides), 0)"
    " FROM shop s"
    " LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1"
    " LEFT JOIN run r ON r.shop = s.id AND r.counted = 1"
    " LEFT JOIN item i ON i.shop = r.shop AND i.run = r.number"
    " WHERE s.archived = 0 GROUP BY s.id ORDER BY s.id");
  sqlite3_bind_int64(row, 1, now);
  sqlite3_bind_int64(row, 2, now - 7 * 86400000LL);
  while (step(row)) {
    cell(row, 0);
    cell(row, 1);
    cell(row, 2);
    for (int column = 3; column < 14; column++) cell_number(sqlite3_column_int64(row, column));
    cell_time(row, 14);
    put(",", 1);
    cell_time(row, 15);
    put(",", 1);
    cell(row, 16);
    cell_time(row, 17);
    put(",", 1);
    put_number(sqlite3_column_int64(row, 18));
    put("\r\n", 2);
  }
  sqlite3_finalize(row);
  flush();
  exec("COMMIT");
  sqlite3_close(db);
}

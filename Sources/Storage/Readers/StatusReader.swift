import Domain
import Operations

extension StoreStatus.Counts {
  /// - Parameter tables: those that the schema has.
  init(_ connection: some SQLConnection, tables: Set<String>) throws {
    self.init()
    var counts = StoreStatus.Counts()
    if tables.contains("shop") {
      try connection.query("SELECT count(*), COALESCE(SUM(archived), 0) FROM shop", []) { row in
        counts.shops = try row.count(0)
        counts.archivedShops = try row.count(1)
      }
      try connection.query("SELECT count(*), COUNT(CASE WHEN state = 'active' THEN 1 END) FROM run", []) {
        row in
        counts.runs = try row.count(0)
        counts.activeRuns = try row.count(1)
      }
      try connection.query("SELECT count(*) FROM event", []) { counts.events = try $0.count(0) }
      // Each shop's first and last: events of one shop are recorded one after the other.
      try connection.stream(
        "SELECT e.body FROM shop s JOIN event e ON e.shop = s.id AND e.number = 1", []
      ) { row in
        guard let at = Self.recordedAt(row) else { return }
        counts.oldestEvent = min(at, counts.oldestEvent ?? at)
      }
      try connection.stream(
        "SELECT e.body FROM shop s JOIN event e ON e.shop = s.id AND e.number = s.events", []
      ) { row in
        guard let at = Self.recordedAt(row) else { return }
        counts.newestEvent = max(at, counts.newestEvent ?? at)
      }
    }
    if tables.contains("user_account") {
      try connection.query("SELECT count(*) FROM user_account", []) { counts.users = try $0.count(0) }
      try connection.query("SELECT count(*) FROM access_token", []) { counts.tokens = try $0.count(0) }
      try connection.query("SELECT count(*) FROM shop_link", []) { counts.links = try $0.count(0) }
      try connection.query(
        "SELECT count(*), COALESCE(SUM(size), 0) FROM kept_file WHERE deleted_at IS NULL", []
      ) {
        row in
        counts.files = try row.count(0)
        counts.fileBytes = try row.count(1)
      }
    }
    self = counts
  }

  private static func recordedAt(_ row: some SQLRow) -> Moment? {
    (try? Event(canonical: row.withUTF8(0) { Array($0) }))?.recordedAt
  }
}

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
}

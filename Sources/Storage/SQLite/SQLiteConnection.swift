import GRDB

/// One connection to a store's file, used by one thread at a time.
enum SQLiteConnection {
  /// Durable means on the disk: every commit waits until its log is.
  static func configuration() -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { database in
      try database.execute(
        sql: "PRAGMA synchronous = FULL; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY")
    }
    return configuration
  }
}

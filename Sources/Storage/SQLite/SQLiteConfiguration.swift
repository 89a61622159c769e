import CSQLiteSetup
import GRDB

/// One connection to a store's file, used by one thread at a time.
enum SQLiteConfiguration {
  /// To be called before the first connection is opened; what it does it does once.
  static let prepare: Void = sqlite_setup_uncounted_memory()

  /// Durable means on the disk: every commit waits until its log is.
  static func configuration() -> Configuration {
    prepare
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.foreignKeysEnabled = true
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA synchronous = FULL; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY;
          PRAGMA wal_autocheckpoint = 4000
          """)
    }
    return configuration
  }
}

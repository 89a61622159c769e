import Domain

/// A store's location, size, version and contents.
package struct StoreStatus: Sendable, Hashable {
  /// How the store's schema relates to this program's version.
  package enum Schema: String, Sendable, Hashable {
    case current
    /// An earlier version's; migrated by the next command that opens it.
    case behind
    /// A later version's, which this program doesn't open.
    case ahead
  }

  /// The number of each kind of record; 0 if the schema doesn't have it yet.
  package struct Counts: Sendable, Hashable {
    package var shops = 0
    package var archivedShops = 0
    package var runs = 0
    package var activeRuns = 0
    package var events = 0
    /// When the oldest and the newest event were recorded; nil without any, and where one can't be read.
    package var oldestEvent: Moment?
    package var newestEvent: Moment?
    package var users = 0
    package var tokens = 0
    package var links = 0
    /// Files given as proof whose content is stored.
    package var files = 0
    package var fileBytes = 0

    package init() {}
  }

  /// As given by the user.
  package let path: String
  /// The engine's name and version.
  package let engine: String
  /// The size of the main file.
  package let bytes: Int
  /// The size of its log, which is as much a part of the store as the file.
  package let logBytes: Int
  /// Whether this process may write to it.
  package let isWritable: Bool
  /// Whether other users of the machine may read it; nil for a database, whose roles say so.
  package let isReadableByOthers: Bool?
  package let schema: Schema
  /// The latest migration applied.
  package let migration: String
  package let counts: Counts

  package init(
    path: String, engine: String, bytes: Int, logBytes: Int, isWritable: Bool, isReadableByOthers: Bool?,
    schema: Schema, migration: String, counts: Counts
  ) {
    self.path = path
    self.engine = engine
    self.bytes = bytes
    self.logBytes = logBytes
    self.isWritable = isWritable
    self.isReadableByOthers = isReadableByOthers
    self.schema = schema
    self.migration = migration
    self.counts = counts
  }
}

/// A way in which a store's file violates its engine's or its schema's rules.
package enum StoreFault: Sendable, Hashable {
  /// A fault in the engine's own structures, in the engine's words.
  case structure(String)
  /// A row refers to one that doesn't exist.
  case reference(table: String, row: Int?, to: String)
}

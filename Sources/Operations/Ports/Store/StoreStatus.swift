/// How a store stands: where it is, how large, made by which version, and what is in it.
package struct StoreStatus: Sendable, Hashable {
  /// Which version of the program its tables are of.
  package enum Schema: String, Sendable, Hashable {
    /// This program's.
    case current
    /// A former version's; the next command that opens it brings it up.
    case behind
    /// A later version's, which this program doesn't open.
    case ahead
  }

  /// What there is of each kind; 0 also where the schema doesn't know it yet.
  package struct Counts: Sendable, Hashable {
    package var shops = 0
    package var archivedShops = 0
    package var runs = 0
    package var activeRuns = 0
    package var events = 0
    package var users = 0
    package var tokens = 0
    package var links = 0
    /// Files given as proof that are kept, and their size.
    package var files = 0
    package var fileBytes = 0

    package init() {}
  }

  /// Where it is, as it was named.
  package let path: String
  /// The engine with its version.
  package let engine: String
  /// The size of its file.
  package let bytes: Int
  /// What is still in its log, which belongs to it as the file does.
  package let logBytes: Int
  /// Whether it can be written here.
  package let isWritable: Bool
  /// Whether others on the machine may read it.
  package let isReadableByOthers: Bool
  /// Which version its tables are of.
  package let schema: Schema
  /// The newest migration that was applied.
  package let migration: String
  /// What is in it.
  package let counts: Counts

  package init(
    path: String, engine: String, bytes: Int, logBytes: Int, isWritable: Bool, isReadableByOthers: Bool,
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

/// Something in a store's file that isn't as its engine or its schema demands.
package enum StoreFault: Sendable, Hashable {
  /// What the engine says of its own structures, in its words.
  case structure(String)
  /// A row refers to one that isn't there.
  case reference(table: String, row: Int?, to: String)
}

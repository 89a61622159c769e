import Domain
import Operations

/// A value bound to a statement's parameter.
enum SQLValue: Sendable {
  case null
  case integer(Int64)
  case text(String)
  /// A text as bytes, which must be valid UTF-8.
  case utf8([UInt8])
  case bytes([UInt8])

  static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }
  static func optional(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }
  static func optional(_ value: Int?) -> SQLValue { value.map { .integer($0) } ?? .null }
  static func flag(_ flag: Bool) -> SQLValue { .integer(Int64(flag ? 1 : 0)) }
  static func moment(_ moment: Moment) -> SQLValue { .integer(moment.milliseconds) }
  static func optional(_ moment: Moment?) -> SQLValue { moment.map(SQLValue.moment) ?? .null }

  /// The size of a text or of bytes; 0 for other values.
  var byteCount: Int {
    switch self {
    case .null, .integer: 0
    case .text(let text): text.utf8.count
    case .utf8(let bytes), .bytes(let bytes): bytes.count
    }
  }
}

/// A row of a result, valid only while it is current. Columns count from 0.
protocol SQLRow {
  func isNull(_ column: Int) -> Bool
  func integer(_ column: Int) -> Int64
  func text(_ column: Int) -> String
  /// The bytes are valid only during the call.
  func withBytes<Output>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Output) rethrows -> Output
  /// The UTF-8 is valid only during the call.
  func withUTF8<Output>(_ column: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Output) rethrows
    -> Output
}

extension SQLRow {
  /// A count, checked to be within a range whose sums can't overflow, since another program may have written
  /// anything.
  func count(_ column: Int) throws -> Int {
    let number = integer(column)
    if 0...1_000_000_000_000 ~= number { return Int(number) }
    throw CorruptRow(detail: "\(number) where something is counted")
  }

  func bytes(_ column: Int) -> [UInt8] { withBytes(column) { Array($0) } }
  func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
  func optionalInteger(_ column: Int) -> Int? { isNull(column) ? nil : Int(integer(column)) }
  func moment(_ column: Int) -> Moment { Moment(seconds: integer(column) / 1000) }
  func optionalMoment(_ column: Int) -> Moment? { isNull(column) ? nil : moment(column) }
  func flag(_ column: Int) -> Bool { integer(column) != 0 }
}

/// An engine's connection inside a transaction. Statements are compiled once and cached. Their parameters are
/// `$1`, `$2`, …; each may occur several times.
protocol SQLConnection: AnyObject {
  associatedtype Row: SQLRow

  /// Whether rows have to be locked before anything is decided about them, because transactions run side by side.
  static var locksRows: Bool { get }
  /// Runs a statement once, without caching it.
  func execute(_ sql: String) throws
  /// Returns the number of rows that the statement inserted, updated or deleted.
  @discardableResult
  func run(_ sql: StaticString, _ values: [SQLValue]) throws -> Int
  /// Takes note of the last event that the transaction has written, by which an engine whose COMMIT may be lost finds
  /// out whether it was carried out.
  func wrote(_ event: SealedEvent, of shop: ShopID)
  /// Undoes what the body wrote if it throws. Only inside a transaction.
  func savepoint<Output>(_ body: () throws -> Output) throws -> Output
  func query(_ sql: StaticString, _ values: [SQLValue], _ body: (Row) throws -> Void) throws
  /// Like `query`, for a statement composed of fixed pieces. Such statements are cached, too, so users' input
  /// must be bound as values and never be part of the text.
  func query(composed sql: String, _ values: [SQLValue], _ body: (Row) throws -> Void) throws
  /// Like `query`, for results of any size: an engine in another process passes them on in parts. The body may run
  /// statements, and what it throws ends the reading.
  func stream(_ sql: StaticString, _ values: [SQLValue], _ body: (Row) throws -> Void) throws
  func stream(composed sql: String, _ values: [SQLValue], _ body: (Row) throws -> Void) throws
}

extension SQLConnection {
  func wrote(_ event: SealedEvent, of shop: ShopID) {}

  func stream(_ sql: StaticString, _ values: [SQLValue], _ body: (Row) throws -> Void) throws {
    try query(sql, values, body)
  }

  func stream(composed sql: String, _ values: [SQLValue], _ body: (Row) throws -> Void) throws {
    try query(composed: sql, values, body)
  }

  /// Runs a statement that has to change exactly one row; another number means that the row isn't stored as it was
  /// read.
  func runOne(_ sql: StaticString, _ values: [SQLValue]) throws {
    let count = try run(sql, values)
    if count != 1 { throw CorruptRow(detail: "\(count) rows instead of one: \(sql)") }
  }

  /// The first row's result; nil without rows.
  func first<Output>(
    _ sql: StaticString, _ values: [SQLValue], _ body: (Row) throws -> Output
  ) throws -> Output? {
    var result: Output?
    try query(sql, values) { row in
      if result == nil { result = try body(row) }
    }
    return result
  }
}

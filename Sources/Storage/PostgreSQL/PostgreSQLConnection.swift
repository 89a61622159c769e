import CLibPQ
import Domain
import Glibc
import Operations

/// Statements on a PostgreSQL connection. Each waits for the server, but never longer than `patience` without hearing
/// from it.
///
/// Used by one thread at a time.
final class PostgreSQLConnection: SQLConnection {
  static let locksRows = true

  private struct Prepared {
    let name: String
  }

  /// A parameter's type, as far as its value tells it.
  private enum ParameterType: UInt8 {
    case unknown
    case integer
    case text
    case bytes

    init(_ value: SQLValue) {
      switch value {
      case .null: self = .unknown
      case .integer: self = .integer
      case .text, .utf8: self = .text
      case .bytes: self = .bytes
      }
    }

    /// PostgreSQL's numbers of BIGINT, TEXT and BYTEA; 0 lets the server infer it.
    var id: UInt32 {
      switch self {
      case .unknown: 0
      case .integer: 20
      case .text: 25
      case .bytes: 17
      }
    }
  }

  private struct Key: Hashable {
    let sql: String
    let types: [UInt8]
  }

  /// What is left of the result of a query that others interrupt.
  private final class PendingResult {
    /// Received, and not read yet from `next` on.
    var received: [OpaquePointer] = []
    var next = 0
    var isFinished = false
  }

  /// How long to wait for the next bytes, in milliseconds; nil: without end, as a COMMIT does.
  var patience: Int32? = 20_000
  /// What the server warned of since this was last emptied, by SQLSTATE.
  private(set) var warnings: [(state: String, message: String)] = []
  private(set) var isBroken = false
  let serverVersion: Int32

  /// Whether the current transaction has changed rows.
  private(set) var hasWritten = false
  /// The last event that the current transaction has written.
  private(set) var lastEvent: (shop: ShopID, event: SealedEvent)?
  /// The timeline of the server, which a promotion changes; nil until it is asked for.
  private(set) var timeline: String?

  private let library: LibPQ
  private let handle: OpaquePointer
  private var statements: [Key: Prepared] = [:]
  private var preparedCount = 0
  private var current: PendingResult?
  /// How many cursors are open, one in the other.
  private var openCursors = 0

  init(library: LibPQ, handle: OpaquePointer) {
    (self.library, self.handle) = (library, handle)
    serverVersion = library.call.serverVersion(handle)
    _ = library.call.setnonblocking(handle, 1)
    _ = library.call.setNoticeReceiver(
      handle,
      { connection, result in
        guard let connection else { return }
        Unmanaged<PostgreSQLConnection>.fromOpaque(connection).takeUnretainedValue().note(result)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { library.call.finish(handle) }

  private func note(_ result: OpaquePointer?) {
    guard let result, let state = library.call.resultErrorField(result, 67) else { return }
    let message = library.call.resultErrorField(result, 77).map { String(cString: $0) } ?? ""
    if warnings.count < 100 { warnings.append((String(cString: state), message)) }
  }

  func forgetWarnings() { warnings.removeAll() }

  /// Forgets what belonged to the transaction before.
  func beginRecord() {
    warnings.removeAll()
    lastEvent = nil
    hasWritten = false
  }

  func wrote(_ event: SealedEvent, of shop: ShopID) { lastEvent = (shop, event) }

  /// Which timeline the server writes; transactions' numbers mean something on the same one alone.
  func currentTimeline() throws -> String {
    if let timeline { return timeline }
    let read = try first("SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)", []) { $0.text(0) } ?? ""
    timeline = read
    return read
  }

  // MARK: Statements

  /// Returns what the server did last: `ROLLBACK`, where a COMMIT was asked of a transaction that had failed.
  @discardableResult
  func perform(_ sql: String) throws -> String {
    if let outer = current { try receiveAll(outer) }
    try sending { library.call.sendQuery(handle, sql) }
    var failure: PostgreSQLError?
    var done = ""
    while let result = try nextResult() {
      if failure == nil { failure = error(in: result) }
      done = library.call.cmdStatus(result).map { String(cString: $0) } ?? ""
      library.call.clear(result)
    }
    if let failure { throw failure }
    return done
  }

  func execute(_ sql: String) throws { try perform(sql) }

  @discardableResult
  func run(_ sql: StaticString, _ values: [SQLValue]) throws -> Int {
    var count = 0
    try perform("\(sql)", values, isStreamed: false) { result in
      count += library.call.cmdTuples(result).flatMap { Int(String(cString: $0)) } ?? 0
    }
    if count > 0 { hasWritten = true }
    return count
  }

  func savepoint<Output>(_ body: () throws -> Output) throws -> Output {
    try execute("SAVEPOINT part")
    let kept = lastEvent
    do {
      let output = try body()
      try execute("RELEASE SAVEPOINT part")
      return output
    } catch {
      lastEvent = kept
      if !isBroken { try execute("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part") }
      throw error
    }
  }

  func query(_ sql: StaticString, _ values: [SQLValue], _ body: (PostgreSQLRow) throws -> Void) throws {
    try rows("\(sql)", values, body)
  }

  func query(composed sql: String, _ values: [SQLValue], _ body: (PostgreSQLRow) throws -> Void) throws {
    try rows(sql, values, body)
  }

  private func rows(_ sql: String, _ values: [SQLValue], _ body: (PostgreSQLRow) throws -> Void) throws {
    try perform(sql, values, isStreamed: true) { result in
      for row in 0..<library.call.ntuples(result) {
        try body(PostgreSQLRow(library: library, result: result, row: row))
      }
    }
  }

  func stream(_ sql: StaticString, _ values: [SQLValue], _ body: (PostgreSQLRow) throws -> Void) throws {
    try fetch("\(sql)", values, body)
  }

  func stream(composed sql: String, _ values: [SQLValue], _ body: (PostgreSQLRow) throws -> Void) throws {
    try fetch(sql, values, body)
  }

  /// Reads by a cursor of the server's, so that neither statements that the body runs nor an early end make this
  /// connection take in the rest of the rows.
  private func fetch(_ sql: String, _ values: [SQLValue], _ body: (PostgreSQLRow) throws -> Void) throws {
    let name = "c\(openCursors)"
    try perform("DECLARE \(name) NO SCROLL CURSOR FOR \(sql)", values, isStreamed: false) { _ in }
    openCursors += 1
    defer { openCursors -= 1 }
    var count = 32
    do {
      while true {
        var rows: Int32 = 0
        var bytes = 0
        try perform("FETCH \(count) FROM \(name)", [], isStreamed: false) { result in
          rows = library.call.ntuples(result)
          let columns = library.call.nfields(result)
          for row in 0..<rows {
            for column in 0..<columns { bytes += Int(library.call.getlength(result, row, column)) }
            try body(PostgreSQLRow(library: library, result: result, row: row))
          }
        }
        if rows < count { break }
        // By powers of two, so that few statements are prepared.
        if bytes < 128 << 10, count < 2048 { count *= 2 } else if bytes > 1 << 20, count > 1 { count /= 2 }
      }
    } catch {
      // In a transaction that has failed there is nothing left to close.
      if !isBroken { try? execute("CLOSE \(name)") }
      throw error
    }
    try execute("CLOSE \(name)")
  }

  /// Runs a prepared statement. What the body throws is thrown when all of the result has been received, so that
  /// the connection can be used further.
  private func perform(
    _ sql: String, _ values: [SQLValue], isStreamed: Bool, _ body: (OpaquePointer) throws -> Void
  ) throws {
    // One connection receives one result at a time: the rest of an outer query's rows has to be taken in first.
    if let outer = current { try receiveAll(outer) }
    let prepared = try prepare(sql, values)
    try send(prepared, values)
    if isStreamed { _ = library.call.setSingleRowMode(handle) }
    let pending = PendingResult()
    let outer = current
    current = pending
    defer {
      current = outer
      for result in pending.received[pending.next...] { library.call.clear(result) }
    }
    var failure: (any Error)?
    while let result = try next(of: pending) {
      defer { library.call.clear(result) }
      if let error = error(in: result) {
        failure = error
      } else if failure == nil {
        do { try body(result) } catch { failure = error }
      }
    }
    if let failure { throw failure }
  }

  private func next(of pending: PendingResult) throws -> OpaquePointer? {
    if pending.next < pending.received.count {
      defer { pending.next += 1 }
      return pending.received[pending.next]
    }
    if pending.isFinished { return nil }
    let result = try nextResult()
    if result == nil { pending.isFinished = true }
    return result
  }

  private func receiveAll(_ pending: PendingResult) throws {
    while !pending.isFinished {
      guard let result = try nextResult() else {
        pending.isFinished = true
        return
      }
      pending.received.append(result)
    }
  }

  private func prepare(_ sql: String, _ values: [SQLValue]) throws -> Prepared {
    let key = Key(sql: sql, types: values.map { ParameterType($0).rawValue })
    if let known = statements[key] { return known }
    // Composed statements are of many kinds; the server keeps each until it is told otherwise.
    if statements.count >= 400 {
      try execute("DEALLOCATE ALL")
      statements.removeAll()
    }
    let text = Dialect.postgreSQL.rendering(sql)
    let used = Self.parameters(in: text)
    let types = values.enumerated().map { index, value in
      let type = ParameterType(value)
      // A parameter that isn't used has no type that the server could infer.
      return type == .unknown && !used.contains(index + 1) ? ParameterType.text.id : type.id
    }
    preparedCount += 1
    let prepared = Prepared(name: "s\(preparedCount)")
    try sending {
      library.call.sendPrepare(handle, prepared.name, text, Int32(types.count), types)
    }
    var failure: PostgreSQLError?
    while let result = try nextResult() {
      if failure == nil { failure = error(in: result) }
      library.call.clear(result)
    }
    if let failure { throw failure }
    statements[key] = prepared
    return prepared
  }

  /// The numbers after `$`. Literals hold none.
  private static func parameters(in sql: String) -> Set<Int> {
    var numbers: Set<Int> = []
    for piece in sql.split(separator: "$", omittingEmptySubsequences: false).dropFirst() {
      if let number = Int(piece.prefix { $0.isNumber }) { numbers.insert(number) }
    }
    return numbers
  }

  /// All in binary format, so that no text is cut at a zero byte.
  private func send(_ prepared: Prepared, _ values: [SQLValue]) throws {
    var bytes: [UInt8] = []
    var places: [(start: Int, count: Int)?] = []
    for value in values {
      let start = bytes.count
      switch value {
      case .null:
        places.append(nil)
        continue
      case .integer(let number): withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
      case .text(let text): bytes.append(contentsOf: text.utf8)
      case .utf8(let more), .bytes(let more): bytes.append(contentsOf: more)
      }
      places.append((start, bytes.count - start))
    }
    // The address must not be null even for an empty text, which isn't NULL.
    bytes.append(0)
    let lengths = places.map { Int32($0?.count ?? 0) }
    let formats = [Int32](repeating: 1, count: values.count)
    try bytes.withUnsafeBytes { buffer in
      let base = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      let pointers = places.map { place in place.flatMap { base?.advanced(by: $0.start) } }
      try sending {
        library.call.sendQueryPrepared(
          handle, prepared.name, Int32(values.count), pointers, lengths, formats, 1)
      }
    }
  }

  // MARK: Waiting

  private func sending(_ send: () -> Int32) throws {
    if isBroken { throw PostgreSQLError(state: nil, message: "the connection was lost") }
    guard send() == 1 else { throw lost() }
    while true {
      let left = library.call.flush(handle)
      if left == 0 { return }
      if left < 0 { throw lost() }
      // The server may have to be read from before it takes more.
      try wait(for: Int16(POLLIN) | Int16(POLLOUT))
      if library.call.consumeInput(handle) == 0 { throw lost() }
    }
  }

  private func nextResult() throws -> OpaquePointer? {
    while library.call.isBusy(handle) != 0 {
      try wait(for: Int16(POLLIN))
      if library.call.consumeInput(handle) == 0 { throw lost() }
    }
    guard let result = library.call.getResult(handle) else {
      if library.call.status(handle) != Int32(LIBPQ_CONNECTION_OK) { isBroken = true }
      return nil
    }
    return result
  }

  private func wait(for events: Int16) throws {
    var descriptor = pollfd(fd: library.call.socket(handle), events: events, revents: 0)
    while true {
      let count = poll(&descriptor, 1, patience ?? -1)
      if count > 0 { return }
      if count < 0, errno == EINTR { continue }
      isBroken = true
      throw PostgreSQLError(
        state: nil,
        message: count == 0 ? "the server didn't answer in time" : String(cString: strerror(errno)))
    }
  }

  private func lost() -> PostgreSQLError {
    isBroken = true
    return PostgreSQLError(state: nil, message: Self.line(library.call.errorMessage(handle)))
  }

  private func error(in result: OpaquePointer) -> PostgreSQLError? {
    guard library.call.resultStatus(result) == Int32(LIBPQ_FATAL_ERROR) else { return nil }
    let state = library.call.resultErrorField(result, 67).map { String(cString: $0) }
    let message =
      library.call.resultErrorField(result, 77).map { String(cString: $0) }
      ?? Self.line(library.call.resultErrorMessage(result))
    let error = PostgreSQLError(state: state, message: message)
    if error.endsConnection || library.call.status(handle) != Int32(LIBPQ_CONNECTION_OK) { isBroken = true }
    return error
  }

  /// libpq's messages have several lines, the last one empty.
  static func line(_ message: UnsafePointer<CChar>?) -> String {
    guard let message else { return "the connection failed" }
    return String(cString: message).split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

import Domain
import Glibc
import Operations

/// By what it can be found out whether a transaction was committed whose connection broke.
enum CommitWitness {
  enum Outcome {
    case committed
    /// Nothing of it is there, so it may be run again.
    case undone
    case unknown
  }

  /// The transaction has written nothing.
  case nothing
  /// An event with this hash is there if, and only if, it was committed: the hash covers author, time and all before.
  case event(shop: String, number: Int, hash: [UInt8])
  /// A random mark that the transaction wrote, where it wrote no event. Unlike the transaction's number, no crash and no
  /// promotion gives it to another one.
  case mark([UInt8])

  /// Writes a mark where the transaction has changed something without an event.
  init(of connection: PostgreSQLConnection) throws {
    if let (shop, event) = connection.lastEvent {
      self = .event(shop: shop.rawValue, number: event.number, hash: event.hash)
      return
    }
    guard connection.hasWritten else {
      self = .nothing
      return
    }
    var random = SystemRandomNumberGenerator()
    let mark = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
    try Self.lock(mark, on: connection)
    // Old ones go on the way, but not those that somebody else removes just now.
    try connection.run(
      """
      DELETE FROM commit_mark WHERE mark IN (
        SELECT mark FROM commit_mark WHERE at < CAST(EXTRACT(EPOCH FROM now()) * 1000 AS BIGINT) - 86400000
        LIMIT 100 FOR UPDATE SKIP LOCKED)
      """, [])
    try connection.run(
      """
      INSERT INTO commit_mark (mark, at) VALUES ($1, CAST(EXTRACT(EPOCH FROM now()) * 1000 AS BIGINT))
      """, [.bytes(mark)])
    self = .mark(mark)
  }

  /// Held until the transaction ends, so that whoever looks for the mark waits for it.
  private static func lock(_ mark: [UInt8], on connection: PostgreSQLConnection) throws {
    let number = mark.prefix(4).reduce(Int64(0)) { $0 << 8 | Int64($1) } - Int64(Int32.max)
    try connection.query(
      "SELECT pg_advisory_xact_lock(CAST(1937206379 AS INTEGER), CAST($1 AS INTEGER))",
      [.integer(max(number, Int64(Int32.min)))]
    ) { _ in }
  }

  /// Looks for it on a connection of its own, which leads to the new primary after a failover. Tries for some ten
  /// seconds to get one.
  func outcome(on address: PostgreSQLAddress) -> Outcome {
    if case .nothing = self { return .undone }
    for attempt in 1...10 {
      do { return try outcome(asking: address.connect()) } catch let error as PostgreSQLError
        where error.endsConnection && attempt < 10
      {
        usleep(useconds_t.random(in: 700_000...900_000))
      } catch { return .unknown }
    }
    return .unknown
  }

  private func outcome(asking connection: PostgreSQLConnection) throws -> Outcome {
    try connection.execute("BEGIN")
    let isThere: Bool
    switch self {
    case .nothing: return .undone
    case .event(let shop, let number, let hash):
      // The transaction may still be under way: it holds the shop's row, or the lock of a new shop, until it has ended.
      let transaction = ShopTransaction(connection: connection, cache: DefinitionCache())
      let stored = try transaction.lockShop(ShopID(trusted: shop))
      let found = try connection.first(
        "SELECT 1 FROM event WHERE shop = $1 AND number = $2 AND hash = $3",
        [.text(shop), .integer(number), .bytes(hash)]
      ) { _ in true }
      isThere = stored != nil && found != nil
    case .mark(let mark):
      try Self.lock(mark, on: connection)
      isThere =
        try connection.first("SELECT 1 FROM commit_mark WHERE mark = $1 FOR UPDATE", [.bytes(mark)]) { _ in
          true
        }
        ?? false
    }
    // Waits for the standby as the other one had to, so that what is called committed is replicated. It does so because
    // it has locked a row: a transaction that writes nothing into the log doesn't wait.
    connection.patience = 10_000
    connection.forgetWarnings()
    let isDone = try connection.perform("COMMIT") == "COMMIT"
    if !isDone || connection.warnings.contains(where: { $0.state == "01000" }) { return .unknown }
    return isThere ? .committed : .undone
  }
}

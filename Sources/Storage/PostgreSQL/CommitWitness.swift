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
  /// A transaction's number, on a timeline. After a promotion the same number may be another transaction's.
  case transaction(Int64, timeline: String)

  /// Asks the server only about a transaction without events.
  init(of connection: PostgreSQLConnection) throws {
    if let (shop, event) = connection.lastEvent {
      self = .event(shop: shop.rawValue, number: event.number, hash: event.hash)
      return
    }
    let number = try connection.first(
      "SELECT CAST(CAST(pg_current_xact_id_if_assigned() AS TEXT) AS BIGINT)", []
    ) { row in row.isNull(0) ? nil : row.integer(0) }
    guard let number = number ?? nil else {
      self = .nothing
      return
    }
    self = .transaction(number, timeline: try connection.currentTimeline())
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
    let outcome: Outcome
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
      outcome = stored != nil && found != nil ? .committed : .undone
    case .transaction(let number, let timeline):
      guard try connection.currentTimeline() == timeline else { return .unknown }
      let status = try connection.first(
        "SELECT pg_xact_status(CAST(CAST($1 AS TEXT) AS XID8)), pg_current_xact_id() IS NULL",
        [.text(String(number))]
      ) { $0.optionalText(0) }
      outcome = status == "committed" ? .committed : status == "aborted" ? .undone : .unknown
    }
    // Waits for the standby as the other one had to, so that what is called committed is replicated.
    connection.patience = 10_000
    connection.forgetWarnings()
    let isDone = try connection.perform("COMMIT") == "COMMIT"
    return isDone && !connection.warnings.contains { $0.state == "01000" } ? outcome : .unknown
  }
}

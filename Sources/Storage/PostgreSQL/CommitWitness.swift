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

  /// Looks for it on a connection of its own, which leads to the new primary after a failover.
  func outcome(on address: PostgreSQLAddress) -> Outcome {
    do {
      switch self {
      case .nothing: return .undone
      case .event(let shop, let number, let hash):
        let connection = try address.connect()
        try connection.execute("BEGIN")
        // The transaction may still be under way: it holds this row until it has ended.
        try connection.query("SELECT 1 FROM shop WHERE id = $1 FOR UPDATE", [.text(shop)]) { _ in }
        let found = try connection.first(
          "SELECT 1 FROM event WHERE shop = $1 AND number = $2 AND hash = $3",
          [.text(shop), .integer(number), .bytes(hash)]
        ) { _ in true }
        return found == nil ? .undone : .committed
      case .transaction(let number, let timeline):
        let connection = try address.connect()
        guard try connection.currentTimeline() == timeline else { return .unknown }
        let status = try connection.first(
          "SELECT pg_xact_status(CAST(CAST($1 AS TEXT) AS XID8))", [.text(String(number))]
        ) { $0.optionalText(0) }
        switch status ?? nil {
        case "committed": return .committed
        case "aborted": return .undone
        default: return .unknown
        }
      }
    } catch { return .unknown }
  }
}

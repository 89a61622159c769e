import Domain
import Formats

/// An event with its seal.
package struct HistoryEntry: Sendable, Hashable {
  package let event: Event
  /// In lower-case hex.
  package let hash: String
  /// The event's stored bytes as text.
  package let stored: String
  /// The shop before an edit, so that the difference can be shown; nil for other events.
  package let shopBefore: Shop?
}

package struct ReadHistory: Sendable {
  package init() {}

  /// By number. Throws `Refusal.unknownRun` for a run that was never started, or `ShopRecord.Contradiction`
  /// for an unreadable event.
  ///
  /// - Parameter run: only the events of this run.
  package func callAsFunction(
    _ shop: ShopID, run: Int?, in reading: any StoreReading
  ) throws -> [HistoryEntry] {
    let stored = try reading.require(shop)
    if let run, !(1...max(1, stored.runs)).contains(run) || stored.runs == 0 {
      if stored.runs == 0 { throw Refusal.noRuns(shop) }
      throw Refusal.unknownRun(shop, run: run, newest: stored.runs)
    }
    return try entries(of: shop, in: reading) { run == nil || $0.change.run == run }
  }

  /// What was recorded since a moment, by shop and number, archived shops included. A shop without new events
  /// costs only a look at its newest one.
  package func callAsFunction(
    since moment: Moment?, in reading: any StoreReading,
    _ body: (_ shop: Shop, _ entries: [HistoryEntry]) throws -> Void
  ) throws {
    try reading.forEachShop(ShopFilter(includesArchived: true)) { stored in
      let shop = stored.shop.id
      if let moment, let newest = try reading.events(of: shop, before: .max, limit: 1).first,
        try read(newest, of: shop).recordedAt < moment
      {
        return
      }
      let entries = try entries(of: shop, in: reading) { event in
        moment.map { event.recordedAt >= $0 } ?? true
      }
      if !entries.isEmpty { try body(stored.shop, entries) }
    }
  }

  private func entries(
    of shop: ShopID, in reading: any StoreReading, where isWanted: (Event) -> Bool
  ) throws -> [HistoryEntry] {
    var entries: [HistoryEntry] = []
    var before: Shop?
    try reading.forEachEvent(of: shop) { sealed in
      let event = try read(sealed, of: shop)
      if isWanted(event) { entries.append(HistoryEntry(event, sealed, before)) }
      before = event.change.shop ?? before
    }
    return entries
  }

  /// Newest first, at most `limit` of those numbered below `before`. The cost depends on the page's size, not
  /// on the length of the history.
  ///
  /// Throws `Refusal.unknownShop`, or `ShopRecord.Contradiction` for an unreadable event.
  package func page(
    of shop: ShopID, before: Int?, limit: Int, in reading: any StoreReading
  ) throws -> [HistoryEntry] {
    _ = try reading.require(shop)
    let sealed = try reading.events(of: shop, before: before ?? .max, limit: limit)
    var entries: [HistoryEntry] = []
    var known: Shop?
    for sealed in sealed.reversed() {
      let event = try read(sealed, of: shop)
      if case .shopEdited = event.change, known == nil {
        known = try shopBefore(of: shop, before: sealed.number, in: reading)
      }
      entries.append(HistoryEntry(event, sealed, known))
      known = event.change.shop ?? known
    }
    return entries.reversed()
  }

  private func read(_ sealed: SealedEvent, of shop: ShopID) throws -> Event {
    do { return try Event(canonical: sealed.bytes) } catch {
      throw ShopRecord.Contradiction(
        problem:
          "event \(sealed.number) of '\(shop)' can't be read; see: switchlist history \(shop) --verify")
    }
  }

  /// The shop's properties before an event.
  private func shopBefore(of shop: ShopID, before number: Int, in reading: any StoreReading) throws -> Shop? {
    var number = number
    while number > 1 {
      let some = try reading.events(of: shop, before: number, limit: 500)
      for sealed in some {
        // Only events that contain a shop are decoded.
        guard String(decoding: sealed.bytes.prefix(1024), as: UTF8.self).contains("\"kind\":\"shop-") else {
          continue
        }
        if let found = try read(sealed, of: shop).change.shop { return found }
      }
      guard let last = some.last else { return nil }
      number = last.number
    }
    return nil
  }
}

extension HistoryEntry {
  fileprivate init(_ event: Event, _ sealed: SealedEvent, _ shopBefore: Shop?) {
    self.init(
      event: event, hash: HexText.of(sealed.hash), stored: String(decoding: sealed.bytes, as: UTF8.self),
      shopBefore: shopBefore)
  }
}

extension Event.Change {
  /// The shop, if the event contains one.
  fileprivate var shop: Shop? {
    switch self {
    case .shopAdded(let shop), .shopEdited(let shop): shop
    default: nil
    }
  }
}

extension StoreReading {
  /// By number.
  package func forEachEvent(of shop: ShopID, _ body: (SealedEvent) throws -> Void) throws {
    try forEachEvent(of: shop, after: 0, body)
  }
}

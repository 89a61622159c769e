import Domain
import Formats

/// An event with its seal.
public struct HistoryEntry: Sendable, Hashable {
  /// What happened.
  public let event: Event
  /// In lower-case hex.
  public let hash: String
  /// The stored bytes as text.
  public let stored: String
  /// The shop before an edit, for saying what changed.
  public let shopBefore: Shop?
}

/// Reads a shop's events.
public struct ReadHistory: Sendable {
  package init() {}

  /// By number. Throws `Refusal.unknownRun` for a run that was never started, or
  /// `ShopRecord.Contradiction` for an event that can't be read.
  ///
  /// - Parameter run: only the events of this run.
  public func callAsFunction(
    _ shop: ShopID, run: Int?, in reading: any ShopReading
  ) throws -> [HistoryEntry] {
    let stored = try reading.require(shop)
    if let run, !(1...max(1, stored.runs)).contains(run) || stored.runs == 0 {
      if stored.runs == 0 { throw Refusal.noRuns(shop) }
      throw Refusal.unknownRun(shop, run: run, newest: stored.runs)
    }
    var entries: [HistoryEntry] = []
    var before: Shop?
    try reading.forEachEvent(of: shop) { sealed in
      let event: Event
      do { event = try Event(canonical: sealed.bytes) } catch {
        throw ShopRecord.Contradiction(
          problem:
            "event \(sealed.number) of '\(shop)' can't be read; see: switchlist history \(shop) --verify")
      }
      if run == nil || event.change.run == run {
        entries.append(
          HistoryEntry(
            event: event, hash: HexText.of(sealed.hash),
            stored: String(decoding: sealed.bytes, as: UTF8.self),
            shopBefore: before))
      }
      switch event.change {
      case .shopAdded(let shop), .shopEdited(let shop): before = shop
      default: break
      }
    }
    return entries
  }
}

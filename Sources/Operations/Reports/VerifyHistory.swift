import Crypto
import Domain
import Formats

/// Recomputes a shop's chain of events, and compares the replayed events with the tables.
package struct VerifyHistory: Sendable {
  package struct Verdict: Sendable, Hashable {
    /// The head that results from the events.
    package let head: ChainHead
    /// The problems in the order found; empty if there are none.
    package let breaks: [Break]
    /// Whether the chain contains the hash asked about; nil if none was.
    package let holdsHead: Bool?
  }

  /// A problem in a chain, or a difference between events and tables.
  package enum Break: Sendable, Hashable {
    /// An event's number isn't the next one.
    case gap(expected: Int, found: Int)
    /// An event's hash doesn't follow from its bytes and the previous hash.
    case hash(event: Int)
    /// An event can't be decoded, or describes something that can't have happened.
    case unreadable(event: Int, problem: String)
    /// A definition's canonical form doesn't have the SHA-256 that runs are pinned to.
    case definition(sha256: String)
    /// The shop's row has another head than its last event.
    case head(stored: Int, events: Int)
    /// The shop's properties differ from the events.
    case shop
    /// The bindings or switches differ from the events.
    case bindings
    /// The links differ from the events.
    case links
    /// The state of the run with this number differs from the events.
    case run(Int)
  }

  package init() {}

  /// Throws a `Refusal` for an unknown shop, or a `StoreError`.
  ///
  /// - Parameter head: a hash that somebody noted earlier, in hexadecimal.
  package func callAsFunction(
    _ shop: ShopID, head wanted: String?, in reading: any StoreReading
  ) throws -> Verdict {
    try replaying(shop, head: wanted, in: reading).verdict
  }

  /// The verdict, and what the events say.
  func replaying(
    _ shop: ShopID, head wanted: String? = nil, in reading: any StoreReading
  ) throws -> (verdict: Verdict, record: ShopRecord) {
    let stored = try reading.require(shop)
    let wantedBytes = wanted.flatMap(HexText.bytes(of:))
    var breaks: [Break] = []
    var holdsHead = false
    var head = ChainHead.empty
    var replay = ShopRecord()
    try reading.forEachEvent(of: shop) { event in
      if event.number != head.number + 1 {
        breaks.append(.gap(expected: head.number + 1, found: event.number))
      }
      if EventChain.hash(of: event.bytes, after: head.hash) != event.hash {
        breaks.append(.hash(event: event.number))
      }
      if event.hash == wantedBytes { holdsHead = true }
      head = ChainHead(number: event.number, hash: event.hash)
      if let problem = apply(event, of: shop, to: &replay, in: reading) {
        breaks.append(.unreadable(event: event.number, problem: problem))
      }
    }
    if head != stored.head {
      breaks.append(.head(stored: stored.head.number, events: head.number))
    }
    breaks += try changedDefinitions(of: replay, in: reading)
    breaks += try differences(stored, replay, in: reading)
    return (Verdict(head: head, breaks: breaks, holdsHead: wanted == nil ? nil : holdsHead), replay)
  }

  private func apply(
    _ sealed: SealedEvent, of shop: ShopID, to replay: inout ShopRecord, in reading: any StoreReading
  ) -> String? {
    do {
      let event = try Event(canonical: sealed.bytes)
      if event.shop != shop || event.number != sealed.number { return "it belongs elsewhere" }
      try replay.replay(event, definition: reading.definition)
      return nil
    } catch let error as ShopRecord.Contradiction {
      return error.problem
    } catch let error as MalformedEvent {
      return error.problem
    } catch let fault as JSONCursor.Fault {
      return "column \(fault.offset + 1): \(fault.expected) expected"
    } catch {
      return String(describing: error)
    }
  }

  private func changedDefinitions(
    of replay: ShopRecord, in reading: any StoreReading
  ) throws -> [Break] {
    let pinned = Set(replay.runs.values.map(\.definition.sha256))
    var breaks: [Break] = []
    try reading.forEachDefinition { sha256, canonical in
      if pinned.contains(sha256), HexText.of(SHA256.hash(data: canonical)) != sha256 {
        breaks.append(.definition(sha256: sha256))
      }
    }
    return breaks
  }

  private func differences(
    _ stored: StoredShop, _ replay: ShopRecord, in reading: any StoreReading
  ) throws -> [Break] {
    var breaks: [Break] = []
    let isSame = stored.shop == replay.shop && stored.runs == replay.runs.count
    if !isSame { breaks.append(.shop) }
    if try reading.history(of: stored.shop.id) != replay.history { breaks.append(.bindings) }
    let links = try reading.links(of: stored.shop.id).map { link in
      (
        link.number,
        ShopRecord.Link(
          createdBy: link.createdBy, createdAt: link.createdAt, expiresAt: link.expiresAt,
          revokedAt: link.revokedAt)
      )
    }
    if Dictionary(uniqueKeysWithValues: links) != replay.links { breaks.append(.links) }
    let summaries = try reading.runs(of: stored.shop.id)
    let numbers = Set(summaries.map(\.number)).union(replay.runs.keys)
    var areSame = true
    for number in numbers.sorted() {
      let run = try reading.run(number, of: stored.shop.id)
      let isTrue = try run.map { try reading.countersMatch(from: $0, of: stored.shop.id) } ?? false
      if run == replay.runs[number], isTrue { continue }
      breaks.append(.run(number))
      areSame = false
    }
    // If a run differs from the events, the shop's sums are bound to differ as well.
    if isSame, areSame, try !reading.sumsMatch(from: replay.runs.values, of: stored.shop) {
      breaks.insert(.shop, at: 0)
    }
    return breaks
  }
}

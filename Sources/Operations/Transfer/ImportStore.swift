import Crypto
import Domain
import Formats

/// Reads an export into an empty store, verifying every hash.
package struct ImportStore {
  /// Why an export can't be imported. Nothing was written.
  package struct BadExport: Error, Sendable, Hashable {
    package enum Problem: Sendable, Hashable {
      case notAnExport
      case newerVersion(Int64)
      /// Kinds of events that this program doesn't know.
      case unknownKinds([String])
      case unreadable(String)
      case definitionHash
      case eventHash(shop: String, event: Int)
      case eventOrder(shop: String, event: Int)
      case contradiction(shop: String, event: Int, String)
      case truncated
      case afterTheEnd
      case wrongCount
      case lineTooLong
    }

    /// Counted from 1.
    package let line: Int
    package let problem: Problem
  }

  private let transaction: any StoreWriting
  private var counts = ExportStore.Counts()
  private var line = 0
  private var isEnded = false
  private var definitions: [String: Definition] = [:]
  private var record = ShopRecord()
  private var head = ChainHead.empty
  private var events: [SealedEvent] = []
  private var current: ShopID?
  private var access = ExportedAccess()

  /// The caller has checked that the store is empty.
  package init(in transaction: any StoreWriting) {
    self.transaction = transaction
  }

  /// What has been read so far.
  package var progress: ExportStore.Counts { counts }

  /// Imports the next line, given without its line end; throws `BadExport` or a `StoreError`.
  package mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    line += 1
    if isEnded { throw bad(.afterTheEnd) }
    if line == 1 { return try readHeader(bytes) }
    do {
      var cursor = JSONCursor(bytes, isUntrusted: true)
      var body: UnsafeBufferPointer<UInt8>?
      var event: Event?
      var seal: String?
      var kind = ""
      try cursor.object { key, cursor in
        switch key {
        case "event":
          kind = key
          body = try cursor.raw { cursor in event = try Event(&cursor) }
        case _ where key == "definition" || key == "end" || ExportedAccess.kinds.contains(key):
          kind = key
          body = try cursor.rawValue()
        case "sha256", "hash": seal = try cursor.string()
        default: throw bad(.unreadable("unknown key '\(key)'"))
        }
      }
      try cursor.end()
      guard let body else { throw bad(.unreadable("no definition, event or end")) }
      switch (kind, event) {
      case ("definition", _): try readDefinition(body, seal ?? "")
      case ("event", let event?): try read(event, body, seal ?? "")
      case ("end", _): try readEnd(body)
      default:
        try writeShop()
        try access.read(kind, body, into: transaction)
        counts.others += 1
      }
    } catch let fault as JSONCursor.Fault {
      throw bad(.unreadable("column \(fault.offset + 1): \(fault.expected) expected"))
    } catch let error as MalformedEvent {
      throw bad(.unreadable(error.problem))
    } catch let error as MalformedDefinition {
      throw bad(.unreadable(error.problem))
    } catch let error as ExportedAccess.Malformed {
      throw bad(.unreadable(error.problem))
    }
  }

  /// Must be called after the last line; throws `BadExport` if the export is truncated.
  package func finish() throws -> ExportStore.Counts {
    if line == 0 { throw BadExport(line: 1, problem: .notAnExport) }
    if !isEnded { throw bad(.truncated) }
    return counts
  }

  private func readHeader(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    var format: String?
    var version: Int64?
    var kinds: [String] = []
    do {
      var cursor = JSONCursor(bytes)
      try cursor.object { key, cursor in
        switch key {
        case "format": format = try cursor.string()
        case "version": version = try cursor.integer()
        case "kinds": kinds = try cursor.strings()
        default: try cursor.skipValue()
        }
      }
      try cursor.end()
    } catch { throw bad(.notAnExport) }
    guard format == "switchlist-export", let version else { throw bad(.notAnExport) }
    if version != 1 { throw bad(.newerVersion(version)) }
    let unknown = kinds.filter { !Event.kinds.contains($0) }
    if !unknown.isEmpty { throw bad(.unknownKinds(unknown)) }
  }

  private mutating func readDefinition(_ body: UnsafeBufferPointer<UInt8>, _ sha256: String) throws {
    guard HexText.of(SHA256.hash(data: UnsafeRawBufferPointer(body))) == sha256 else {
      throw bad(.definitionHash)
    }
    let definition = Definition(sha256: sha256, checklist: try Checklist(canonical: body, isUntrusted: true))
    definitions[sha256] = definition
    try transaction.add(definition, canonical: Array(body))
    counts.definitions += 1
  }

  private mutating func read(
    _ event: Event, _ body: UnsafeBufferPointer<UInt8>, _ seal: String
  ) throws {
    if event.shop != current {
      guard ShopID(event.shop.rawValue)?.rawValue.utf8.elementsEqual(event.shop.rawValue.utf8) ?? false else {
        throw bad(.unreadable("'\(event.shop)' isn't a shop's id"))
      }
      if let current, !(current < event.shop) {
        throw bad(.eventOrder(shop: event.shop.rawValue, event: event.number))
      }
      try writeShop()
      current = event.shop
      counts.shops += 1
    }
    guard event.number == head.number + 1 else {
      throw bad(.eventOrder(shop: event.shop.rawValue, event: event.number))
    }
    let hash = EventChain.hash(of: body, after: head.hash)
    guard HexText.bytes(of: seal) == hash else {
      throw bad(.eventHash(shop: event.shop.rawValue, event: event.number))
    }
    head = ChainHead(number: event.number, hash: hash)
    events.append(SealedEvent(number: event.number, bytes: Array(body), hash: hash))
    let known = definitions
    do {
      try record.replay(event) { known[$0] }
    } catch let error as ShopRecord.Contradiction {
      throw bad(
        .contradiction(shop: event.shop.rawValue, event: event.number, error.problem))
    }
    counts.events += 1
  }

  private mutating func writeShop() throws {
    if let shop = record.shop {
      let runs = record.runs.values.sorted { $0.number < $1.number }
      try transaction.save(
        ShopChanges(
          shop, replacing: nil, events: events, runsStarted: runs.count, newRuns: runs,
          history: record.history == BindingHistory() ? nil : (BindingHistory(), record.history)))
    }
    record = ShopRecord()
    head = .empty
    events.removeAll(keepingCapacity: true)
  }

  private mutating func readEnd(_ body: UnsafeBufferPointer<UInt8>) throws {
    try writeShop()
    var stated = ExportStore.Counts()
    var cursor = JSONCursor(body)
    try cursor.object { key, cursor in
      switch key {
      case "definitions": stated.definitions = Int(try cursor.count())
      case "shops": stated.shops = Int(try cursor.count())
      case "events": stated.events = Int(try cursor.count(upTo: 1 << 53))
      case "others": stated.others = Int(try cursor.count())
      default: try cursor.skipValue()
      }
    }
    if stated != counts { throw bad(.wrongCount) }
    isEnded = true
  }

  private func bad(_ problem: BadExport.Problem) -> BadExport { BadExport(line: line, problem: problem) }
}

extension StoreReading {
  /// Whether an export may be imported: there are no shops, users or tokens.
  package var isEmpty: Bool {
    get throws {
      var hasTokens = false
      try forEachToken { _ in hasTokens = true }
      return try !hasTokens && countShops(ShopFilter(includesArchived: true)) == 0 && countUsers() == 0
    }
  }
}

import Domain
import NIOCore
import Operations
import Synchronization

/// What was rendered of shops, for as long as it is still so.
///
/// Whether it is still so is asked of the store each time: its version tells cheaply that nothing at all
/// has changed; when something has, the shop's own chain tells whether it was this shop.
package final class ShopCache: Sendable {
  /// What a rendering depends on besides the shop.
  package struct Variant: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case page(mayLead: Bool, isLink: Bool)
      case status
    }

    package let kind: Kind
    package let language: Language
    /// Counts the loadings of the definitions' folder.
    package let definitions: Int

    package init(kind: Kind, language: Language, definitions: Int) {
      self.kind = kind
      self.language = language
      self.definitions = definitions
    }
  }

  package struct Rendering: Sendable {
    package let body: ByteBuffer
    /// From this moment on it says something else.
    package let validUntil: Moment
    package let entityTag: String

    package init(body: ByteBuffer, validUntil: Moment, entityTag: String) {
      self.body = body
      self.validUntil = validUntil
      self.entityTag = entityTag
    }
  }

  /// A shop as it was found, with what was rendered of it.
  package struct Found: Sendable {
    package let stored: StoredShop
    fileprivate let version: Int64
    fileprivate var renderings: [Variant: Rendering] = [:]

    package func rendering(_ variant: Variant, at now: Moment) -> Rendering? {
      renderings[variant].flatMap { now < $0.validUntil ? $0 : nil }
    }
  }

  fileprivate struct State {
    var shops: [ShopID: Found] = [:]
    /// In the order in which they came; the oldest go first.
    var order: [ShopID] = []
    var oldest = 0
    var bytes = 0
    /// Rendered lately, and not kept: what is asked for once among thousands would only push others out.
    var passing: Set<ShopID> = []
  }

  private let store: any StoreAccess
  private let limit: Int
  private let state = Mutex(State())

  /// - Parameter limit: how many bytes of renderings are kept.
  package init(store: any StoreAccess, limit: Int = 24 << 20) {
    self.store = store
    self.limit = limit
  }

  /// The shop as the store has it now; nil when there is none.
  ///
  /// - Parameter asked: the store's version, where it was asked for just now.
  package func shop(_ id: ShopID, at asked: Int64? = nil) async throws -> Found? {
    let version = if let asked { asked } else { try await store.version() }
    let known = state.withLock { $0.shops[id] }
    if let known, known.version == version { return known }
    guard let stored = try await store.read({ try $0.shop(id) }) else { return nil }
    var found = Found(stored: stored, version: version)
    guard let known else { return found }
    let isSame = known.stored.head == stored.head
    if isSame { found.renderings = known.renderings }
    state.withLock { state in
      if isSame { return state.put(found, limit: limit) }
      state.remove(id)
      // It was worth its room before.
      state.passing.insert(id)
    }
    return found
  }

  /// Keeps what was rendered of a shop as it was found, where it is worth its room.
  package func keep(as variant: Variant, of found: Found, _ rendering: () -> Rendering) {
    state.withLock { state in
      let id = found.stored.shop.id
      var current = state.shops[id] ?? found
      guard current.stored.head == found.stored.head else { return }
      if current.renderings.isEmpty, state.passing.remove(id) == nil {
        if state.passing.count >= 1000 { state.passing.removeAll(keepingCapacity: true) }
        state.passing.insert(id)
        return
      }
      current.renderings[variant] = rendering()
      state.put(current, limit: limit)
    }
  }
}

extension ShopCache.Found {
  /// What it takes, roughly.
  fileprivate var bytes: Int { renderings.values.reduce(600) { $0 + $1.body.readableBytes } }
}

extension ShopCache.State {
  fileprivate mutating func remove(_ id: ShopID) {
    if let gone = shops.removeValue(forKey: id) { bytes -= gone.bytes }
  }

  fileprivate mutating func put(_ found: ShopCache.Found, limit: Int) {
    let id = found.stored.shop.id
    if let old = shops.updateValue(found, forKey: id) { bytes -= old.bytes } else { order.append(id) }
    bytes += found.bytes
    while bytes > limit, oldest < order.count - 1 {
      remove(order[oldest])
      oldest += 1
    }
    if oldest > 4096, oldest > order.count / 2 {
      order.removeFirst(oldest)
      oldest = 0
    }
  }
}

import Domain
import NIOCore
import Operations
import Synchronization

/// Rendered shops, cached while they are current.
///
/// Every lookup asks the store: its version tells cheaply whether anything has changed at all; if so, the
/// shop's own chain tells whether it was this shop.
package final class ShopCache: Sendable {
  /// What a rendering depends on besides the shop.
  package struct Variant: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case page(mayLead: Bool, isLink: Bool)
      case status
    }

    package let kind: Kind
    package let language: Language
    /// The number of the definitions' snapshot.
    package let definitions: Int

    package init(kind: Kind, language: Language, definitions: Int) {
      self.kind = kind
      self.language = language
      self.definitions = definitions
    }
  }

  package struct Rendering: Sendable {
    package let body: ByteBuffer
    /// When its content changes although the shop doesn't.
    package let validUntil: Moment
    package let entityTag: String

    package init(body: ByteBuffer, validUntil: Moment, entityTag: String) {
      self.body = body
      self.validUntil = validUntil
      self.entityTag = entityTag
    }
  }

  /// A shop as it was found, with its renderings.
  package final class Found: Sendable {
    package let stored: StoredShop
    fileprivate let version: Int64
    fileprivate let renderings: [Variant: Rendering]

    fileprivate init(stored: StoredShop, version: Int64, renderings: [Variant: Rendering] = [:]) {
      self.stored = stored
      self.version = version
      self.renderings = renderings
    }

    fileprivate func adding(_ rendering: Rendering, as variant: Variant) -> Found {
      var renderings = renderings
      renderings[variant] = rendering
      return Found(stored: stored, version: version, renderings: renderings)
    }

    package func rendering(_ variant: Variant, at now: Moment) -> Rendering? {
      renderings[variant].flatMap { now < $0.validUntil ? $0 : nil }
    }
  }

  fileprivate struct State {
    var shops: [ShopID: Found] = [:]
    /// A queue in order of insertion; the oldest are removed first.
    var order: [ShopID] = []
    var oldest = 0
    var bytes = 0
    /// Shops rendered once recently and not cached: caching everything requested once would displace others.
    var passing: Set<ShopID> = []
  }

  private let store: any StoreAccess
  private let limit: Int
  private let state = Mutex(State())

  /// - Parameter limit: the maximum size of renderings, in bytes.
  package init(store: any StoreAccess, limit: Int = 48 << 20) {
    self.store = store
    self.limit = limit
  }

  /// The shop's current state; nil if there is none.
  ///
  /// - Parameter asked: the store's version, if it was read just now.
  package func shop(_ id: ShopID, at asked: Int64? = nil) async throws -> Found? {
    let version = if let asked { asked } else { try await store.version() }
    let known = state.withLock { $0.shops[id] }
    if let known, known.version == version { return known }
    guard let stored = try await store.read({ try $0.shop(id) }) else { return nil }
    guard let known else { return Found(stored: stored, version: version) }
    let isSame = known.stored.head == stored.head
    let found = Found(stored: stored, version: version, renderings: isSame ? known.renderings : [:])
    state.withLock { state in
      if isSame { return state.put(found, limit: limit) }
      state.remove(id)
      // It was worth caching before, so it will be cached at its next rendering.
      state.passing.insert(id)
    }
    return found
  }

  /// Caches a rendering of a shop as it was found, if that is worthwhile.
  package func keep(as variant: Variant, of found: Found, _ rendering: () -> Rendering) {
    state.withLock { state in
      let id = found.stored.shop.id
      let current = state.shops[id] ?? found
      guard current.stored.head == found.stored.head else { return }
      if current.renderings.isEmpty, state.passing.remove(id) == nil {
        if state.passing.count >= 1000 { state.passing.removeAll(keepingCapacity: true) }
        state.passing.insert(id)
        return
      }
      state.put(current.adding(rendering(), as: variant), limit: limit)
    }
  }
}

extension ShopCache.Found {
  /// Approximate size.
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

import Domain
import Synchronization

/// Notifies open pages of changes.
package final class LiveHub: Sendable {
  package enum Signal: Sendable {
    case changed
    /// A heartbeat, since idle connections get cut on their way.
    case stillHere
  }

  private struct Listener {
    /// Nil: all shops.
    let shop: ShopID?
    let tell: AsyncStream<Signal>.Continuation
  }

  private struct State {
    var next = 0
    var listeners: [Int: Listener] = [:]
  }

  private let state = Mutex(State())

  /// A slow listener gets only the latest signals.
  ///
  /// - Parameter shop: nil: all shops.
  package func signals(of shop: ShopID?) -> AsyncStream<Signal> {
    AsyncStream(bufferingPolicy: .bufferingNewest(8)) { continuation in
      let number = state.withLock { state in
        state.next += 1
        state.listeners[state.next] = Listener(shop: shop, tell: continuation)
        return state.next
      }
      continuation.onTermination = { [weak self] _ in
        self?.state.withLock { _ = $0.listeners.removeValue(forKey: number) }
      }
    }
  }

  package func changed(_ shops: Set<ShopID>) {
    let listeners = state.withLock { state in
      state.listeners.isEmpty ? [] : state.listeners.values.filter { $0.shop.map(shops.contains) ?? true }
    }
    for listener in listeners { listener.tell.yield(.changed) }
  }

  /// Notifies all pages, because another program wrote to the store and the shops concerned are unknown.
  package func tellAll(_ signal: Signal) {
    let listeners = state.withLock { Array($0.listeners.values) }
    for listener in listeners { listener.tell.yield(signal) }
  }

  package var count: Int { state.withLock { $0.listeners.count } }
}

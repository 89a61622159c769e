import Domain
import Operations
import Synchronization

/// Collects when links and tokens were last used, to the hour, so that not every read causes a write.
package final class CredentialUses: Sendable {
  enum CredentialID: Hashable {
    case token(Int)
    case link(ShopID, Int)
  }

  private struct State {
    var noted: [CredentialID: Moment] = [:]
    /// Uses that haven't been written to the store.
    var pending: [CredentialID: Moment] = [:]
  }

  private static let often: Int64 = 3600

  private let state = Mutex(State())

  package func note(_ principal: Principal, at now: Moment) {
    let credential: CredentialID
    switch principal {
    case .token(let token): credential = .token(token.number)
    case .link(let link, _): credential = .link(link.shop, link.number)
    case .nobody, .local, .user: return
    }
    state.withLock { state in
      if let noted = state.noted[credential], now < noted + Self.often { return }
      if state.noted.count >= 50_000 { state.noted.removeAll() }
      state.noted[credential] = now
      state.pending[credential] = now
    }
  }

  /// Returns and clears the uses collected since the last call.
  func takePending() -> [CredentialID: Moment] {
    state.withLock { state in
      defer { state.pending = [:] }
      return state.pending
    }
  }
}

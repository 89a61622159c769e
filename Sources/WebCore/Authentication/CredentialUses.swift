import Domain
import Operations
import Synchronization

/// Notes when links and tokens were last used, to the hour: nobody's reading writes to the store each time.
package final class CredentialUses: Sendable {
  enum CredentialID: Hashable {
    case token(Int)
    case link(ShopID, Int)
  }

  private struct State {
    var noted: [CredentialID: Moment] = [:]
    /// What the store hasn't been told of.
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

  /// What was noted since it was last asked for.
  func takePending() -> [CredentialID: Moment] {
    state.withLock { state in
      defer { state.pending = [:] }
      return state.pending
    }
  }
}

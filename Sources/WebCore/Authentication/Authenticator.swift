import Domain
import HTTPTypes
import Hummingbird
import Operations
import Synchronization

/// Determines who sent a request.
package final class Authenticator: Sendable {
  /// A digest with the kind of secret that was presented: a secret of one kind isn't valid as another.
  private struct PresentedSecret: Hashable {
    enum Kind { case session, token, link }

    let kind: Kind
    let digest: [UInt8]
  }

  /// What the store returned for a digest; valid until the store changes.
  private struct Known: Sendable {
    let version: Int64
    let principal: Principal
    /// When the credential expires.
    let ends: Moment
  }

  private let store: any StoreAccess
  private let local: LocalMode?
  private let known = Mutex<[PresentedSecret: Known]>([:])

  /// - Parameter local: authenticates the person who started the server while there are no users.
  package init(store: any StoreAccess, local: LocalMode?) {
    self.store = store
    self.local = local
  }

  /// Throws `Problem.signIn` for an invalid token, and a problem for a link that has ended.
  ///
  /// - Parameter link: the secret in the path, if it has one.
  /// - Parameter version: set to the store's version if that was read.
  package func callAsFunction(
    _ request: Request, link: String?, now: Moment, version: inout Int64?
  ) async throws -> Principal {
    if let link {
      return try await principal(
        ofLink: link, named: CookieName.value(.name, in: request), now: now, &version)
    }
    let open = if let local, try await local.isOpen(at: &version) { local } else { LocalMode?.none }
    if let open { try open.check(request) }
    if let authorization = request.headers[.authorization] {
      let refusal = open == nil ? Problem.signIn : Problem.localOnly
      guard let secret = Self.bearer(authorization) else { throw refusal }
      if let open, open.opens(secret) { return open.principal }
      guard case .token(let token)? = try await find(secret, .token, as: token, now: now, &version),
        token.revokedAt == nil
      else { throw refusal }
      return .token(token)
    }
    if let open {
      guard let secret = CookieName.value(.local, in: request), open.opens(secret) else {
        throw Problem.localOnly
      }
      return open.principal
    }
    guard let secret = CookieName.value(.session, in: request) else { return .nobody }
    return try await find(secret, .session, as: session, now: now, &version) ?? .nobody
  }

  private func principal(
    ofLink secret: String, named name: String?, now: Moment, _ version: inout Int64?
  ) async throws -> Principal {
    guard case .link(let link, _)? = try await find(secret, .link, as: link, now: nil, &version) else {
      throw Problem.notFound
    }
    if link.revokedAt != nil || now >= link.expiresAt {
      throw Problem.linkEnded
    }
    return .link(link, name: name)
  }

  /// - Parameter now: credentials that have expired by then aren't found; nil: they are.
  private func find(
    _ secret: String, _ kind: PresentedSecret.Kind,
    as lookup: @escaping @Sendable ([UInt8], any StoreReading) throws -> (Principal, ends: Moment)?,
    now: Moment?,
    _ request: inout Int64?
  ) async throws -> Principal? {
    let digest = Secret.digest(of: secret)
    let proof = PresentedSecret(kind: kind, digest: digest)
    let version = try await store.version()
    request = version
    if let hit = known.withLock({ $0[proof] }), hit.version == version {
      return now.map { $0 < hit.ends } ?? true ? hit.principal : nil
    }
    guard let (principal, ends) = try await store.read({ try lookup(digest, $0) }) else { return nil }
    known.withLock { known in
      if known.count >= 20_000 { known.removeAll() }
      known[proof] = Known(version: version, principal: principal, ends: ends)
    }
    return now.map { $0 < ends } ?? true ? principal : nil
  }

  @Sendable private func session(_ digest: [UInt8], in reading: any StoreReading) throws -> (
    Principal, ends: Moment
  )? {
    guard let session = try reading.session(digest), let user = try reading.user(named: session.user),
      !user.isDisabled
    else { return nil }
    return (.user(user, session: digest), session.expiresAt)
  }

  @Sendable private func token(_ digest: [UInt8], in reading: any StoreReading) throws -> (
    Principal, ends: Moment
  )? {
    try reading.token(digest).map { (.token($0), $0.expiresAt) }
  }

  @Sendable private func link(_ digest: [UInt8], in reading: any StoreReading) throws -> (
    Principal, ends: Moment
  )? {
    try reading.link(digest).map { (.link($0, name: nil), $0.expiresAt) }
  }

  private static func bearer(_ authorization: String) -> String? {
    let space = UInt8(ascii: " ")
    let text = authorization.utf8
    guard text.prefix(7).elementsEqual("bearer ".utf8, by: { $0 | 0x20 == $1 }) else { return nil }
    let secret = text.dropFirst(7).drop { $0 == space }
    return secret.isEmpty || secret.contains(space) ? nil : String(Substring(secret))
  }
}

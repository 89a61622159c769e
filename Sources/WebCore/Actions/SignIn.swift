import Crypto
import Domain
import Formats
import Operations

/// Signs people in by name and password.
package final class SignIn: Sendable {
  package struct NewSession: Sendable {
    package let user: User
    /// The value of the session cookie.
    package let secret: String
    /// The value of the device cookie, which later proves that somebody has signed in from this browser.
    package let device: String
  }

  /// In bytes; a longer name is refused before it is normalized or looked up.
  package static let longestName = 400
  static let longestPassword = 4000

  private let services: WebServices
  private let passwords: PasswordQueue

  package init(services: WebServices) {
    self.services = services
    passwords = PasswordQueue(limit: services.quotas.limits[.waitingPasswords])
  }

  /// Throws a problem that doesn't reveal whether the name or the password is wrong.
  package func callAsFunction(_ name: String, _ password: String, _ request: WebRequest) async throws
    -> NewSession
  {
    guard name.utf8.count <= Self.longestName, password.utf8.count <= Self.longestPassword else {
      throw Self.wrongCredentials
    }
    let user = try await services.store.read { try $0.user(named: name) }
    let attempt = attempt(name, user, request)
    do { try await services.quotas.take(attempt.charges) } catch {
      services.signIns.throttled(user, address: request.address, at: request.now)
      throw error
    }
    // Charged before the check, so that parallel attempts get no more tries than sequential ones.
    let isRight: Bool
    do { isRight = try await check(password, against: user?.password, for: attempt.sender) } catch {
      await services.quotas.giveBack(attempt.charges)
      throw error
    }
    guard isRight, let user, !user.isDisabled else {
      if let event = services.signIns.refused(user, address: request.address, at: request.now) {
        try await services.maintain { try $0.log(event) }
      }
      throw Self.wrongCredentials
    }
    await services.quotas.giveBack(attempt.returned)
    return try await enter(user, request)
  }

  private static let wrongCredentials = Problem(
    .wrongCredentials,
    Wording(
      en: "the name or the password isn't right; check both, also capitals and spaces",
      zh: "名字或密码不对；请检查，注意大小写和空格"))

  /// Starts a session for an authenticated user. Throws a problem if the user was disabled or their password
  /// changed in the meantime.
  package func enter(_ user: User, _ request: WebRequest) async throws -> NewSession {
    let (clock, address) = (services.dependencies.now, request.address)
    let secret = Secret.session(from: services.dependencies.secrets)
    let former = CookieName.value(.session, in: request.http).map(Secret.digest)
    try await services.maintain { transaction in
      try transaction.lockPeople()
      guard let current = try transaction.user(named: user.name), !current.isDisabled,
        current.password == user.password
      else { throw Self.wrongCredentials }
      let now = clock()
      // Signing in never continues an earlier session.
      if let former { try transaction.endSession(former) }
      try transaction.insert(
        LoginSession(
          digest: secret.digest, user: user.name, createdAt: now, expiresAt: now + Retention.sessions))
      try transaction.log(
        AuditEvent(kind: .signedIn, at: now, subject: user.name, by: user.name, address: address))
    }
    return NewSession(user: user, secret: secret.text, device: Self.device(of: user))
  }

  /// Hashes an acceptable password; throws an `AccessRefusal` if it isn't.
  package func make(_ text: String, of name: String) async throws -> Password {
    let secrets = Fixed(bytes: services.dependencies.secrets.bytes(16))
    return try await queued(for: .known) { try Password(text, of: name, from: secrets) }
  }

  /// Verifies a signed-in user's password. Wrong guesses are limited as at sign-in.
  package func check(_ password: String, of user: User, _ request: WebRequest) async throws -> Bool {
    guard password.utf8.count <= Self.longestPassword else { return false }
    let charge = services.quotas.makeCharge(.deviceAttempts, "signed-in:\(Author.folded(user.name))")
    try await services.quotas.take([charge])
    let isRight = try await check(password, against: user.password, for: .known)
    if isRight { await services.quotas.giveBack([services.quotas.fullCharge(charge)]) }
    return isRight
  }

  /// Verifies a password; takes the same time if there is no such user.
  private func check(
    _ password: String, against stored: String?, for sender: PasswordQueue.Sender
  ) async throws -> Bool {
    try await queued(for: sender) {
      Password.verifies(password, against: stored ?? Password.nobody) && stored != nil
    }
  }

  private func queued<Output: Sendable>(
    for sender: PasswordQueue.Sender, _ work: @escaping @Sendable () throws -> Output
  ) async throws -> Output {
    do { return try await passwords.run(for: sender, work) } catch let short as QuotaShortage {
      throw services.quotas.refusal(short)
    }
  }

  private struct Attempt {
    /// The allowances that it is charged to.
    let charges: [QuotaCharge]
    /// Refunded on success: the address's whole allowance for this account, but only this attempt's share of
    /// the others, since knowing one account's password doesn't rule out attacks on others.
    let returned: [QuotaCharge]
    let sender: PasswordQueue.Sender
  }

  /// A browser that has signed in to the account before has an allowance of its own, which strangers can't
  /// use up.
  private func attempt(_ name: String, _ user: User?, _ request: WebRequest) -> Attempt {
    let quotas = services.quotas
    let account = Author.folded(name)
    if let user, let device = CookieName.value(.device, in: request.http), device == Self.device(of: user) {
      let charge = quotas.makeCharge(.deviceAttempts, "device:\(account):\(device)")
      return Attempt(charges: [charge], returned: [quotas.fullCharge(charge)], sender: .known)
    }
    let address = request.sender
    let here = quotas.makeCharge(.addressAccountAttempts, "\(address):\(account)")
    let others = [
      quotas.makeCharge(.addressAttempts, address), quotas.makeCharge(.accountAttempts, "account:\(account)"),
    ]
    return Attempt(
      charges: [here] + others, returned: [quotas.fullCharge(here)] + others,
      sender: .unknown(address: address))
  }

  /// Depends on the password's hash, so it changes with the password and nobody without the store can forge
  /// it.
  private static func device(of user: User) -> String {
    let key = SymmetricKey(data: Array(user.password.utf8))
    let code = HMAC<SHA256>.authenticationCode(for: Array("device:\(user.name)".utf8), using: key)
    return Base64URL.text(of: Array(code.prefix(18)))
  }
}

/// Returns bytes that were generated beforehand.
private struct Fixed: SecretSource {
  let bytes: [UInt8]

  func bytes(_ count: Int) -> [UInt8] { Array(bytes.prefix(count)) }
}

import Crypto
import Domain
import Formats
import Operations

/// Lets people in by name and password.
package final class SignIn: Sendable {
  /// What came of it.
  package struct NewSession: Sendable {
    package let user: User
    /// What the session's cookie holds.
    package let secret: String
    /// What shows later that somebody signed in from this browser.
    package let device: String
  }

  /// How long a session lasts.
  package static let lasts: Int64 = 30 * 86_400

  /// In bytes: a longer one is refused before it is composed or looked up.
  package static let longestName = 400
  static let longestPassword = 4000

  private let services: WebServices
  private let passwords: PasswordQueue

  package init(services: WebServices) {
    self.services = services
    passwords = PasswordQueue(limit: services.quotas.limits[.waitingPasswords])
  }

  /// Throws a problem that doesn't tell whether the name or the password is wrong.
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
    // Charged before it is checked, so that many at once get no more tries than one after the other.
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

  /// Begins a session for somebody who has shown who they are. Throws a problem where they were disabled, or their
  /// password was changed, since it was looked at.
  package func enter(_ user: User, _ request: WebRequest) async throws -> NewSession {
    let (clock, address) = (services.dependencies.now, request.address)
    let secret = Secret.session(from: services.dependencies.secrets)
    let former = CookieName.value(.session, in: request.http).map(Secret.digest)
    try await services.maintain { transaction in
      guard let current = try transaction.user(named: user.name), !current.isDisabled,
        current.password == user.password
      else { throw Self.wrongCredentials }
      let now = clock()
      // A session is never carried on into another sign-in.
      if let former { try transaction.endSession(former) }
      try transaction.insert(
        LoginSession(digest: secret.digest, user: user.name, createdAt: now, expiresAt: now + Self.lasts))
      try transaction.log(
        AuditEvent(kind: .signedIn, at: now, subject: user.name, by: user.name, address: address))
    }
    return NewSession(user: user, secret: secret.text, device: Self.device(of: user))
  }

  /// A password that may be used; throws an `AccessRefusal` that says why it may not.
  package func make(_ text: String, of name: String) async throws -> Password {
    let secrets = Fixed(bytes: services.dependencies.secrets.bytes(16))
    return try await queued(for: .known) { try Password(text, of: name, from: secrets) }
  }

  /// Whether it is the password of somebody who is signed in; guesses count as they do at the door.
  package func check(_ password: String, of user: User, _ request: WebRequest) async throws -> Bool {
    guard password.utf8.count <= Self.longestPassword else { return false }
    let charge = services.quotas.charge(.deviceAttempts, "signed-in:\(Author.folded(user.name))")
    try await services.quotas.take([charge])
    let isRight = try await check(password, against: user.password, for: .known)
    if isRight { await services.quotas.giveBack([services.quotas.whole(charge)]) }
    return isRight
  }

  /// Whether a password is somebody's; takes as long for nobody's.
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
    /// What it counts against.
    let charges: [QuotaCharge]
    /// What is given back when it succeeds. That somebody knows one account's password ends no attack on others.
    let returned: [QuotaCharge]
    let sender: PasswordQueue.Sender
  }

  /// A browser that signed in to the account before has its own tries, which no stranger uses up.
  private func attempt(_ name: String, _ user: User?, _ request: WebRequest) -> Attempt {
    let quotas = services.quotas
    let account = Author.folded(name)
    if let user, let device = CookieName.value(.device, in: request.http), device == Self.device(of: user) {
      let charge = quotas.charge(.deviceAttempts, "device:\(account):\(device)")
      return Attempt(charges: [charge], returned: [quotas.whole(charge)], sender: .known)
    }
    let address = request.sender
    let here = quotas.charge(.addressAccountAttempts, "\(address):\(account)")
    let others = [
      quotas.charge(.addressAttempts, address), quotas.charge(.accountAttempts, "account:\(account)"),
    ]
    return Attempt(
      charges: [here] + others, returned: [quotas.whole(here)] + others, sender: .unknown(address: address))
  }

  /// Changes with the password; nobody can make it who doesn't have the store.
  private static func device(of user: User) -> String {
    let key = SymmetricKey(data: Array(user.password.utf8))
    let code = HMAC<SHA256>.authenticationCode(for: Array("device:\(user.name)".utf8), using: key)
    return Base64URL.text(of: Array(code.prefix(18)))
  }
}

/// Bytes that were drawn before.
private struct Fixed: SecretSource {
  let bytes: [UInt8]

  func bytes(_ count: Int) -> [UInt8] { Array(bytes.prefix(count)) }
}

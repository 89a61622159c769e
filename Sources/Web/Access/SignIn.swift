import Crypto
import Dispatch
import Domain
import Formats
import Operations
import Synchronization

/// Lets people in by name and password.
final class SignIn: Sendable {
  /// What came of it.
  struct Entered: Sendable {
    let user: User
    /// What the session's cookie holds.
    let secret: String
    /// What shows later that somebody signed in from this browser.
    let device: String
  }

  /// How long a session lasts.
  static let lasts: Int64 = 30 * 86_400

  private let books: Books
  private let throttle = Throttle()
  /// Checking a password takes 32 MB and much time on purpose: one at a time, and few that wait.
  private let queue = DispatchQueue(label: "switchlist.passwords", qos: .userInitiated)
  private let waiting = Atomic<Int>(0)

  init(books: Books) { self.books = books }

  /// Throws a problem that doesn't tell whether the name or the password is wrong.
  func callAsFunction(_ name: String, _ password: String, _ asked: Asked) async throws -> Entered {
    let now = asked.now
    let user = try books.readers.read { try $0.user(named: name) }
    let subjects = subjects(name, user, asked)
    if let wait = throttle.waitsUntil(subjects, now: now) {
      try await note(.signInThrottled, name, asked)
      throw tooMany(wait, now: now)
    }
    // Counted before it is checked, so that many at once get no more tries than one after the other.
    throttle.failed(subjects, now: now)
    let isRight = try await check(password, against: user?.password)
    guard isRight, let user, !user.isDisabled else {
      try await note(.signInRefused, name, asked)
      throw Self.wrongCredentials
    }
    // That somebody knows the password ends no attack by others.
    for subject in subjects { if case .account = subject { continue } else { throttle.succeeded(subject) } }
    return try await enter(user, asked)
  }

  private static let wrongCredentials = Problem(
    .unauthorized, "wrong-credentials",
    Wording(
      en: "the name or the password isn't right; check both, also capitals and spaces",
      zh: "名字或密码不对；请检查，注意大小写和空格"))

  /// Begins a session for somebody who has shown who they are. Throws a problem where they were disabled, or their
  /// password was changed, since it was looked at.
  func enter(_ user: User, _ asked: Asked) async throws -> Entered {
    let (clock, address) = (books.parts.now, asked.address)
    let secret = Secret.session(from: books.parts.secrets)
    let former = Cookie.value(.session, in: asked.request).map(Secret.digest)
    try await books.maintain { transaction in
      guard let current = try transaction.user(named: user.name), !current.isDisabled,
        current.password == user.password
      else { throw Self.wrongCredentials }
      let now = clock()
      // A session is never carried on into another sign-in.
      if let former { try transaction.endSession(former) }
      try transaction.insert(
        StoredSession(digest: secret.digest, user: user.name, createdAt: now, expiresAt: now + Self.lasts))
      try transaction.log(
        AccessEvent(kind: .signedIn, at: now, subject: user.name, by: user.name, address: address))
    }
    return Entered(user: user, secret: secret.text, device: Self.device(of: user))
  }

  /// A password that may be used; throws an `AccessRefusal` that says why it may not.
  func make(_ text: String, of name: String) async throws -> Password {
    let secrets = Fixed(bytes: books.parts.secrets.bytes(16))
    return try await withCheckedThrowingContinuation { continuation in
      queue.async {
        continuation.resume(with: Result { try Password(text, of: name, from: secrets) })
      }
    }
  }

  /// Whether it is the password of somebody who is signed in; guesses count as they do at the door.
  func check(_ password: String, of user: User, _ asked: Asked) async throws -> Bool {
    let subject = Throttle.Subject.device(Actor.folded(user.name), Array("signed in".utf8))
    if let wait = throttle.waitsUntil([subject], now: asked.now) { throw tooMany(wait, now: asked.now) }
    throttle.failed([subject], now: asked.now)
    let isRight = try await check(password, against: user.password)
    if isRight { throttle.succeeded(subject) }
    return isRight
  }

  /// Whether a password is somebody's; takes as long for nobody's.
  func check(_ password: String, against stored: String?) async throws -> Bool {
    guard waiting.wrappingAdd(1, ordering: .relaxed).newValue <= 16 else {
      waiting.wrappingSubtract(1, ordering: .relaxed)
      throw Problem(
        .serviceUnavailable, "busy",
        Wording(en: "many people are signing in; try again in a few seconds", zh: "登录的人较多；请几秒后再试"),
        headers: [.retryAfter: "5"])
    }
    defer { waiting.wrappingSubtract(1, ordering: .relaxed) }
    return await withCheckedContinuation { continuation in
      queue.async {
        let isRight = Password.verifies(password, against: stored ?? Password.nobody)
        continuation.resume(returning: isRight && stored != nil)
      }
    }
  }

  /// What failures count against.
  private func subjects(_ name: String, _ user: User?, _ asked: Asked) -> [Throttle.Subject] {
    let address = Throttle.address(asked.address)
    let account = Actor.folded(name)
    if let user, let device = Cookie.value(.device, in: asked.request), device == Self.device(of: user) {
      return [.device(account, Array(device.utf8))]
    }
    let from: [UInt8] = if case .address(let bytes)? = address { bytes } else { [] }
    return [.account(account), .guess(account, from: from)] + (address.map { [$0] } ?? [])
  }

  /// Changes with the password; nobody can make it who doesn't have the store.
  private static func device(of user: User) -> String {
    let key = SymmetricKey(data: Array(user.password.utf8))
    let code = HMAC<SHA256>.authenticationCode(for: Array("device:\(user.name)".utf8), using: key)
    return Base64URL.text(of: Array(code.prefix(18)))
  }

  private func note(_ kind: AccessEvent.Kind, _ name: String, _ asked: Asked) async throws {
    let subject = String(name.prefix(100))
    let event = AccessEvent(kind: kind, at: asked.now, subject: subject, by: subject, address: asked.address)
    try await books.maintain { try $0.log(event) }
  }

  private func tooMany(_ wait: Moment, now: Moment) -> Problem {
    let minutes = max(1, (wait.seconds - now.seconds + 59) / 60)
    return Problem(
      .tooManyRequests, "too-many-attempts",
      Wording(
        en: "too many attempts failed; try again in \(minutes) min, or ask an admin for a new password",
        zh: "失败次数太多；请 \(minutes) 分钟后再试，或请管理员重设密码"),
      headers: [.retryAfter: String(wait.seconds - now.seconds)])
  }
}

/// Bytes that were drawn before.
private struct Fixed: SecretSource {
  let bytes: [UInt8]

  func bytes(_ count: Int) -> [UInt8] { Array(bytes.prefix(count)) }
}

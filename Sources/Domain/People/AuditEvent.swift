/// Something in the log of sign-ins, users and tokens.
package struct AuditEvent: Sendable, Hashable {
  /// What can happen.
  package enum Kind: String, Sendable, CaseIterable {
    case signedIn = "signed-in"
    case signInRefused = "sign-in-refused"
    case signInThrottled = "sign-in-throttled"
    case signedOut = "signed-out"
    case sessionsEnded = "sessions-ended"
    case passwordChanged = "password-changed"
    case userAdded = "user-added"
    case userDisabled = "user-disabled"
    case userEnabled = "user-enabled"
    case userReset = "user-reset"
    case userChanged = "user-changed"
    case tokenCreated = "token-created"
    case tokenRevoked = "token-revoked"
  }

  /// What happened.
  package let kind: Kind
  /// When it happened.
  package let at: Moment
  /// Which user or token it is about.
  package let subject: String
  /// Who did it.
  package let by: String
  /// The network address it came from; nil on the command line.
  package let address: String?
  /// How often it happened, where one entry stands for several attempts.
  package let attempts: Int

  package init(
    kind: Kind, at: Moment, subject: String, by: String, address: String? = nil, attempts: Int = 1
  ) {
    self.kind = kind
    self.at = at
    self.subject = subject
    self.by = by
    self.address = address
    self.attempts = attempts
  }
}

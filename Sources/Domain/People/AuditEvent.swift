/// An entry in the log of sign-ins, users and tokens.
package struct AuditEvent: Sendable, Hashable {
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

  package let kind: Kind
  package let at: Moment
  /// The user or token concerned.
  package let subject: String
  package let by: String
  /// The client's network address; nil on the command line.
  package let address: String?
  /// The number of occurrences, since one entry can stand for several attempts.
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

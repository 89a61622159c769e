/// What a user may do.
package enum Role: String, Sendable, CaseIterable {
  /// Works on shops that have this user's name as owner.
  case merchant
  /// Leads the shops of the user's teams.
  case lead
  /// May do everything in all shops.
  case admin
}

/// Somebody who signs in with a name and a password.
package struct User: Sendable, Hashable {
  /// Trimmed and normalized (NFC); compared by `Author.folded`.
  package let name: String
  package var role: Role
  /// The teams that a lead leads; ignored for other roles.
  package var teams: [String]
  /// A disabled user can't sign in, and has no sessions.
  package var isDisabled: Bool
  /// The hash that `Password.stored` returned, not the password.
  package var password: String
  /// Set if somebody else chose the password: the user has to choose another at the next sign-in.
  package var mustChangePassword: Bool
  package let createdAt: Moment

  package init(
    name: String, role: Role, teams: [String] = [], isDisabled: Bool = false, password: String,
    mustChangePassword: Bool = false, createdAt: Moment
  ) {
    self.name = name
    self.role = role
    self.teams = teams
    self.isDisabled = isDisabled
    self.password = password
    self.mustChangePassword = mustChangePassword
    self.createdAt = createdAt
  }
}

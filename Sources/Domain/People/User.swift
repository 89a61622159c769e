/// What somebody who signs in may do.
package enum Role: String, Sendable, CaseIterable {
  /// The shops whose owner has this person's name.
  case merchant
  /// The shops of the person's teams, and what only leads do in them.
  case lead
  /// Everything, in all shops.
  case admin
}

/// Somebody who signs in with a name and a password.
package struct User: Sendable, Hashable {
  /// As given, trimmed and composed (NFC); compared like an author's name.
  package let name: String
  /// What it may do.
  package var role: Role
  /// Which teams' shops a lead leads; of no meaning for others.
  package var teams: [String]
  /// A disabled user can't sign in, and has no sessions.
  package var isDisabled: Bool
  /// What `Password.stored` made of the password.
  package var password: String
  /// Somebody else chose the password: another has to be chosen at the next sign-in.
  package var mustChangePassword: Bool
  /// When it was added.
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

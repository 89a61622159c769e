import Domain

/// Adds and changes users. Every change is logged and ends sessions that shouldn't survive it.
package struct ManageUsers: Sendable {
  private let by: Author
  private let address: String?
  private let now: Moment

  /// - Parameter address: the network address of the client; nil on the command line.
  package init(by: Author, address: String? = nil, now: Moment) {
    self.by = by
    self.address = address
    self.now = now
  }

  /// A password chosen by somebody else is only valid for the first sign-in.
  ///
  /// Throws an `AccessRefusal`, a `Refusal` for an unacceptable text, or a `StoreError`.
  package func add(
    _ name: String, role: Role, teams: [String] = [], password: Password, in transaction: any StoreWriting
  ) throws -> User {
    try transaction.lockPeople()
    let name = try TextRules.line(name, as: .userName)
    if let known = try transaction.user(named: name) { throw AccessRefusal.userExists(known.name) }
    let user = User(
      name: name, role: role, teams: try Self.teams(teams, of: role), password: password.stored,
      mustChangePassword: !by.isSamePerson(as: name), createdAt: now)
    try transaction.insert(user)
    try log(.userAdded, user, in: transaction)
    return user
  }

  /// The result of disabling a user.
  package struct Disabled: Sendable, Hashable {
    package let user: User
    /// Whether the user was enabled before.
    package let changed: Bool
    /// Links and tokens that were revoked; empty unless requested.
    package let revoked: ActiveCredentials
    /// Links and tokens of theirs that remain usable.
    package let goingOn: ActiveCredentials
  }

  /// Prevents a user from signing in and ends their sessions.
  ///
  /// - Parameter revoking: also revokes the links and tokens that they are responsible for, even if they were
  ///   disabled before.
  package func disable(
    _ name: String, revoking: Bool = false, in transaction: any StoreWriting
  ) throws -> Disabled {
    try transaction.lockPeople()
    var user = try transaction.requireUser(name)
    let changed = !user.isDisabled
    if changed {
      try requireAnotherAdmin(than: user, in: transaction)
      user.isDisabled = true
      try transaction.save(user)
      try transaction.endSessions(of: user.name)
      try log(.userDisabled, user, in: transaction)
    }
    let live = try ReadCredentials(now: now)(of: user.name, in: transaction)
    guard revoking else {
      return Disabled(user: user, changed: changed, revoked: ActiveCredentials(), goingOn: live)
    }
    for link in live.links { try transaction.revoke(link, by: by, now: now) }
    for token in live.tokens { try transaction.revoke(token, by: by, address: address, now: now) }
    return Disabled(user: user, changed: changed, revoked: live, goingOn: ActiveCredentials())
  }

  /// Returns the user afterwards, and whether they were disabled before.
  package func enable(
    _ name: String, in transaction: any StoreWriting
  ) throws -> (user: User, changed: Bool) {
    try transaction.lockPeople()
    var user = try transaction.requireUser(name)
    if !user.isDisabled { return (user, false) }
    user.isDisabled = false
    try transaction.save(user)
    try log(.userEnabled, user, in: transaction)
    return (user, true)
  }

  /// Sets a password that somebody else chose, and ends the user's sessions.
  package func reset(
    _ name: String, to password: Password, in transaction: any StoreWriting
  ) throws -> User {
    try transaction.lockPeople()
    var user = try transaction.requireUser(name)
    user.password = password.stored
    user.mustChangePassword = !by.isSamePerson(as: user.name)
    try transaction.save(user)
    try transaction.endSessions(of: user.name)
    try log(.userReset, user, in: transaction)
    return user
  }

  /// Nil leaves a property as it is, but a new lead needs teams, and a former lead loses theirs. Ends the
  /// user's sessions, so that no page keeps their former permissions.
  package func change(
    _ name: String, role: Role? = nil, teams: [String]? = nil, in transaction: any StoreWriting
  ) throws -> (user: User, changed: Bool) {
    try transaction.lockPeople()
    let old = try transaction.requireUser(name)
    var user = old
    user.role = role ?? old.role
    user.teams = try Self.teams(teams ?? (user.role == .lead ? old.teams : []), of: user.role)
    if user == old { return (old, false) }
    if user.role != .admin { try requireAnotherAdmin(than: old, in: transaction) }
    try transaction.save(user)
    try transaction.endSessions(of: user.name)
    try log(.userChanged, user, in: transaction)
    return (user, true)
  }

  /// Changes one's own password, after `Password.verifies` with the current one. Ends all of the user's
  /// sessions.
  ///
  /// - Parameter verified: the user whose password was verified.
  package func changePassword(
    of verified: User, to password: Password, in transaction: any StoreWriting
  ) throws -> User {
    try transaction.lockPeople()
    var user = try transaction.requireUser(verified.name)
    if user.password != verified.password { throw AccessRefusal.wrongPassword }
    user.password = password.stored
    user.mustChangePassword = false
    try transaction.save(user)
    try transaction.endSessions(of: user.name)
    try log(.passwordChanged, user, in: transaction)
    return user
  }

  static func teams(_ given: [String], of role: Role) throws -> [String] {
    var teams: [String] = []
    for team in given {
      let team = try TextRules.line(team, as: .team)
      if !teams.contains(team) { teams.append(team) }
    }
    if role == .lead, teams.isEmpty { throw AccessRefusal.leadWithoutTeam }
    if role != .lead, !teams.isEmpty { throw AccessRefusal.teamsOfNoUse(role) }
    return teams
  }

  private func requireAnotherAdmin(than user: User, in transaction: any StoreWriting) throws {
    guard user.role == .admin, !user.isDisabled else { return }
    var others = 0
    try transaction.forEachUser { other in
      if other.role == .admin, !other.isDisabled, other.name != user.name { others += 1 }
    }
    if others == 0 { throw AccessRefusal.lastAdmin(user.name) }
  }

  private func log(_ kind: AuditEvent.Kind, _ user: User, in transaction: any StoreWriting) throws {
    try transaction.log(
      AuditEvent(kind: kind, at: now, subject: user.name, by: by.name, address: address))
  }
}

extension PeopleReading {
  /// Throws `AccessRefusal.unknownUser` with similar names.
  func requireUser(_ name: String) throws -> User {
    if let user = try user(named: name) { return user }
    var names: [String] = []
    try forEachUser { names.append($0.name) }
    throw AccessRefusal.unknownUser(name, nearest: Suggestions.to(name, among: names))
  }
}

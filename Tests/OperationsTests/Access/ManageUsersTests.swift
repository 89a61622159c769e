import Domain
import Operations
import TestSupport
import Testing

@Suite struct ManageUsersTests {
  private let store: any ShopStore
  private let secrets = CountedSecrets()

  init() throws { store = try TemporaryStore.sqlite().store }

  private func manage(by: Author = .li) -> ManageUsers {
    ManageUsers(by: by, address: "192.0.2.1", now: .now)
  }

  private func password(_ text: String = "three plain words") throws -> Password {
    try Password(text, of: "x1", from: secrets)
  }

  private func add(_ name: String, _ role: Role, teams: [String] = [], by: Author = .li) throws -> User {
    let password = try password()
    return try store.write {
      try manage(by: by).add(name, role: role, teams: teams, password: password, in: $0)
    }
  }

  private func signIn(_ name: String, _ digest: UInt8) throws {
    try store.write {
      try $0.insert(
        LoginSession(
          digest: [UInt8](repeating: digest, count: 32), user: name, createdAt: .now, expiresAt: .now + 99))
    }
  }

  private func isSignedIn(_ digest: UInt8) throws -> Bool {
    try store.read { try $0.session([UInt8](repeating: digest, count: 32)) != nil }
  }

  private func log() throws -> [String] {
    try store.read { reading in
      try reading.auditEvents(before: nil, limit: 99).reversed().map { _, event in
        #expect(event.at == .now)
        #expect(event.address == "192.0.2.1")
        return "\(event.kind.rawValue) \(event.subject) by \(event.by)"
      }
    }
  }

  @Test func whoAddsSomebodyElseChoosesTheirFirstPassword() throws {
    let li = try add(" LI ", .admin)
    #expect(li.name == "LI")
    #expect(!li.mustChangePassword)
    let wang = try add("Wang", .lead, teams: ["east", " east ", "west"])
    #expect(wang.mustChangePassword)
    #expect(wang.teams == ["east", "west"])
    #expect(try store.read { try $0.user(named: "wang") } == wang)
    #expect(throws: AccessRefusal.userExists("Wang")) { try add("WANG", .merchant) }
    #expect(try log() == ["user-added LI by Li", "user-added Wang by Li"])
  }

  @Test(arguments: [
    (Role.lead, [], AccessRefusal.leadWithoutTeam), (.admin, ["east"], .teamsOfNoUse(.admin)),
    (.merchant, ["east"], .teamsOfNoUse(.merchant)),
  ])
  func teamsAreForLeads(role: Role, teams: [String], refusal: AccessRefusal) throws {
    #expect(throws: refusal) { try add("Wang", role, teams: teams) }
    #expect(try store.read { try $0.countUsers() } == 0)
  }

  @Test func aNameIsALine() throws {
    #expect(throws: Refusal.emptyText(.userName)) { try add(" ", .merchant) }
    #expect(throws: Refusal.controlCharacter(in: .userName, scalar: 10, at: 2)) { try add("a\nb", .merchant) }
  }

  @Test func whoIsDisabledIsSignedOut() throws {
    _ = try add("Li", .admin)
    _ = try add("Wang", .merchant)
    try signIn("Wang", 1)
    try signIn("Li", 2)
    #expect(try store.write { try manage().disable("WANG", in: $0) }.changed)
    #expect(try store.read { try $0.user(named: "Wang")?.isDisabled } == true)
    #expect(try !isSignedIn(1))
    #expect(try isSignedIn(2))
    #expect(try !store.write { try manage().disable("Wang", in: $0) }.changed)
    #expect(try store.write { try manage().enable("Wang", in: $0) }.changed)
    #expect(try !store.write { try manage().enable("Wang", in: $0) }.changed)
    #expect(try log().suffix(2) == ["user-disabled Wang by Li", "user-enabled Wang by Li"])
  }

  /// Links and tokens of a user, one that a token of theirs made, and one of somebody else's.
  private func makeCredentials() throws {
    let user = StoreUser(store)
    try user.add("s-1")
    try user.add("s-2")
    try user.setArchived("s-2", true)
    try user.setArchived("s-2", false)
    try store.write { transaction in
      let byWang = ManageTokens(secrets: secrets, by: .named("WANG"), now: .now)
      _ = try byWang.create("cron", scopes: [.lead], in: transaction)
      _ = try ManageTokens(secrets: secrets, by: .li, now: .now).create(
        "li", scopes: [.read], in: transaction)
      for (shop, by) in [
        ("s-1", .named("Wang")), ("s-1", .byToken(1, "cron", maker: "WANG")), ("s-1", .li),
        ("s-2", .named("wang")),
      ] as [(ShopID, Author)] {
        _ = try ManageLinks(secrets: secrets, by: by, now: .now).create(shop, in: transaction)
      }
    }
    try user.setArchived("s-2", true)
  }

  private func live(of name: String? = nil, at moment: Moment = .now) throws -> [String] {
    try store.read { reading in
      let live = try ReadCredentials(now: moment)(of: name, in: reading)
      return live.links.map { "\($0.shop) \($0.number) \($0.maker)" }
        + live.tokens.map { "\($0.number) \($0.maker)" }
    }
  }

  @Test func whatADisabledUserMadeGoesOnUntilItIsRevoked() throws {
    _ = try add("Li", .admin)
    _ = try add("Wang", .lead, teams: ["east"])
    try makeCredentials()
    let theirs = ["s-1 1 Wang", "s-1 2 WANG", "s-2 1 wang", "1 WANG"]
    let kept = try store.write { try manage().disable("wang", in: $0) }
    #expect(kept.changed)
    #expect(kept.revoked.count.isEmpty)
    #expect(kept.goingOn.count == CredentialCount(links: 3, tokens: 1))
    #expect(try live(of: "Wang") == theirs)

    let revoked = try store.write { try manage().disable("wang", revoking: true, in: $0) }
    #expect(!revoked.changed)
    #expect(revoked.revoked.count == CredentialCount(links: 3, tokens: 1))
    #expect(revoked.goingOn.count.isEmpty)
    #expect(try live(of: "Wang") == [])
    #expect(try live() == ["s-1 3 Li", "2 Li"])
    #expect(try store.breaks() == [], "each revocation is an event of its shop")
    let events = try store.read { reading in
      try reading.auditEvents(before: nil, limit: 1).map { "\($0.event.kind) \($0.event.subject)" }
    }
    #expect(events == ["tokenRevoked 1 cron"])
    #expect(try store.write { try manage().disable("wang", revoking: true, in: $0) }.revoked.count.isEmpty)
  }

  @Test func whatStillWorksIsCountedByWhoIsBehindIt() throws {
    _ = try add("Li", .admin)
    try makeCredentials()
    let counts = try store.read { try ReadCredentials(now: .now).counts(in: $0) }
    #expect(counts == ["li": .init(links: 1, tokens: 1), "wang": .init(links: 3, tokens: 1)])
    #expect(try live(at: .now + 31 * 86_400) == ["2 Li", "1 WANG"], "links end first")
    #expect(try live(at: .now + 91 * 86_400) == [])
    #expect(try live(of: "LI") == ["s-1 3 Li", "2 Li"])
    // A name that isn't there isn't an honest empty answer.
    #expect(throws: AccessRefusal.unknownUser("Wagn", nearest: [])) { try live(of: "Wagn") }
    _ = try add("Chen", .merchant)
    #expect(try live(of: "chen") == [])
  }

  @Test func oneAdminStays() throws {
    _ = try add("Li", .admin)
    _ = try add("Chen", .admin)
    _ = try store.write { try manage().disable("Chen", in: $0) }
    #expect(throws: AccessRefusal.lastAdmin("Li")) { try store.write { try manage().disable("li", in: $0) } }
    #expect(throws: AccessRefusal.lastAdmin("Li")) {
      try store.write { try manage().change("li", role: .merchant, in: $0) }
    }
    _ = try store.write { try manage().enable("Chen", in: $0) }
    _ = try store.write { try manage().change("Li", role: .merchant, in: $0) }
    #expect(try store.read { try $0.user(named: "Li")?.role } == .merchant)
  }

  @Test func aChangeOfWhatSomebodyMayDoEndsTheirSessions() throws {
    _ = try add("Wang", .lead, teams: ["east"])
    try signIn("Wang", 1)
    #expect(try !store.write { try manage().change("Wang", role: .lead, teams: ["east"], in: $0) }.changed)
    #expect(try isSignedIn(1))
    #expect(try store.write { try manage().change("Wang", teams: ["west"], in: $0) }.user.teams == ["west"])
    #expect(try !isSignedIn(1))
    let merchant = try store.write { try manage().change("Wang", role: .merchant, in: $0) }.user
    #expect(merchant.teams == [])
    #expect(throws: AccessRefusal.leadWithoutTeam) {
      try store.write { try manage().change("Wang", role: .lead, in: $0) }
    }
  }

  @Test func aPasswordIsResetByOthersAndChangedByOneself() throws {
    let wang = try add("Wang", .merchant)
    try signIn("Wang", 1)
    let other = try password("four other plain words")
    let reset = try store.write { try manage().reset("wang", to: other, in: $0) }
    #expect(reset.mustChangePassword)
    #expect(reset.password == other.stored)
    #expect(try !isSignedIn(1))
    let own = try password("my very own words")
    // Whoever knew the password before the reset is too late.
    #expect(throws: AccessRefusal.wrongPassword) {
      try store.write { try manage(by: .wang).changePassword(of: wang, to: own, in: $0) }
    }
    try signIn("Wang", 2)
    let changed = try store.write { try manage(by: .wang).changePassword(of: reset, to: own, in: $0) }
    #expect(!changed.mustChangePassword)
    #expect(Password.verifies("my very own words", against: changed.password))
    #expect(try !isSignedIn(2))
    #expect(
      try log() == ["user-added Wang by Li", "user-reset Wang by Li", "password-changed Wang by Wang"])
  }

  @Test func whoIsMeantIsAsked() throws {
    _ = try add("Wang", .merchant)
    #expect(throws: AccessRefusal.unknownUser("Wnag", nearest: ["Wang"])) {
      try store.write { try manage().enable("Wnag", in: $0) }
    }
  }
}

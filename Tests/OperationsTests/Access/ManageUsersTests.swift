import Domain
import Operations
import TestSupport
import Testing

@Suite struct ManageUsersTests {
  private let store: any ShopStore
  private let secrets = CountedSecrets()

  init() throws { store = try TemporaryStore.sqlite().store }

  private func manage(by: Actor = .li) -> ManageUsers {
    ManageUsers(by: by, address: "192.0.2.1", now: .now)
  }

  private func password(_ text: String = "three plain words") throws -> Password {
    try Password(text, of: "x1", from: secrets)
  }

  private func add(_ name: String, _ role: Role, teams: [String] = [], by: Actor = .li) throws -> User {
    let password = try password()
    return try store.write {
      try manage(by: by).add(name, role: role, teams: teams, password: password, in: $0)
    }
  }

  private func signIn(_ name: String, _ digest: UInt8) throws {
    try store.write {
      try $0.insert(
        StoredSession(
          digest: [UInt8](repeating: digest, count: 32), user: name, createdAt: .now, expiresAt: .now + 99))
    }
  }

  private func isSignedIn(_ digest: UInt8) throws -> Bool {
    try store.read { try $0.session([UInt8](repeating: digest, count: 32)) != nil }
  }

  private func log() throws -> [String] {
    try store.read { reading in
      try reading.accessEvents(before: nil, limit: 99).reversed().map { _, event in
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

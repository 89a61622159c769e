import Domain
import Operations
import TestSupport
import Testing

/// Who may use the store over the network, and what is kept for them, on every engine.
@Suite struct AccessContract {
  private static let wang = User(
    name: "Wang Zoë", role: .lead, teams: ["east", "南; 1"], password: "p-1", mustChangePassword: true,
    createdAt: .switched)

  private func bytes(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }

  @Test(arguments: StoreEngine.all) func usersAreFoundHoweverTheirNameIsWritten(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let chen = User(name: "chen", role: .admin, password: "p-2", createdAt: .now)
    try temporary.store.write { transaction in
      try transaction.insert(Self.wang)
      try transaction.insert(chen)
    }
    try temporary.store.read { reading throws in
      #expect(try reading.countUsers() == 2)
      for name in ["Wang Zoë", " WANG ZOE\u{308} ", "wang zoë"] {
        #expect(try reading.user(named: name) == Self.wang)
      }
      #expect(try reading.user(named: "Wang Zoe") == nil)
      var all: [User] = []
      try reading.forEachUser { all.append($0) }
      #expect(all == [chen, Self.wang])
    }
    var changed = Self.wang
    changed.role = .merchant
    changed.teams = []
    changed.isDisabled = true
    changed.password = "p-3"
    changed.mustChangePassword = false
    try temporary.store.write { try $0.save(changed) }
    #expect(try temporary.store.read { try $0.user(named: "wang zoë") } == changed)
    #expect(throws: StoreError.self) {
      try temporary.store.write {
        try $0.insert(User(name: "CHEN", role: .lead, password: "p", createdAt: .now))
      }
    }
  }

  @Test(arguments: StoreEngine.all) func sessionsEnd(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let sessions = (1...3).map { number in
      LoginSession(
        digest: bytes(UInt8(number)), user: "Wang Zoë", createdAt: .switched,
        expiresAt: .switched + Int64(number) * 10)
    }
    try temporary.store.write { transaction in
      try transaction.insert(Self.wang)
      for session in sessions { try transaction.insert(session) }
    }
    func left() throws -> [Int] {
      try temporary.store.read { reading in
        try (1...3).filter { number in try reading.session(bytes(UInt8(number))) == sessions[number - 1] }
      }
    }
    #expect(try left() == [1, 2, 3])
    try temporary.store.write { try $0.removeSessions(endedBefore: .switched + 20) }
    #expect(try left() == [2, 3])
    try temporary.store.write { try $0.endSession(bytes(3)) }
    #expect(try left() == [2])
    try temporary.store.write { try $0.endSessions(of: "WANG ZOË") }
    #expect(try left() == [])
    #expect(throws: StoreError.self) {
      try temporary.store.write {
        try $0.insert(
          LoginSession(digest: bytes(9), user: "nobody", createdAt: .switched, expiresAt: .now))
      }
    }
  }

  @Test(arguments: StoreEngine.all) func tokensAreNumberedAndRevokedOnce(engine: StoreEngine) throws {
    let temporary = try engine.make()
    func token(_ number: Int) -> AccessToken {
      AccessToken(
        number: number, name: "cron \(number)", digest: bytes(UInt8(number)), scopes: TokenScope.allCases,
        teams: ["east", "west"], createdBy: "cron 0", maker: "Li", createdAt: .switched, expiresAt: .now)
    }
    try temporary.store.write { transaction in
      for number in 1...2 {
        #expect(try transaction.nextTokenNumber() == number)
        try transaction.insert(token(number))
      }
      try transaction.revokeToken(1, at: .switched + 5)
      try transaction.revokeToken(1, at: .switched + 9)
      try transaction.noteUse(ofToken: 2, at: .switched + 7)
      try transaction.noteUse(ofToken: 2, at: .switched + 6)
    }
    try temporary.store.read { reading throws in
      var revoked = token(1)
      revoked.revokedAt = .switched + 5
      #expect(try reading.token(bytes(1)) == revoked)
      #expect(try reading.token(bytes(3)) == nil)
      var all: [AccessToken] = []
      try reading.forEachToken { all.append($0) }
      var used = token(2)
      used.lastUsedAt = .switched + 7
      #expect(all == [revoked, used])
      #expect(all.map(\.maker) == ["Li", "Li"])
    }
  }

  @Test(arguments: StoreEngine.all) func linksBelongToTheirShop(engine: StoreEngine) throws {
    let temporary = try engine.make()
    func link(_ number: Int, _ shop: ShopID, _ byte: UInt8) -> ShopLink {
      ShopLink(
        number: number, shop: shop, digest: bytes(byte), createdBy: "cron", maker: "Li", createdAt: .switched,
        expiresAt: .now)
    }
    try temporary.store.write { transaction in
      try transaction.addShop(Shop(id: "a"))
      try transaction.addShop(Shop(id: "b"))
      for (number, shop, byte) in [(1, "a", 1), (2, "a", 2), (1, "b", 3)] as [(Int, ShopID, UInt8)] {
        try transaction.insert(link(number, shop, byte))
      }
      try transaction.revokeLink(1, of: "a", at: .switched + 5)
      try transaction.noteUse(ofLink: 2, of: "a", at: .switched + 7)
      try transaction.noteUse(ofLink: 2, of: "a", at: .switched + 6)
    }
    try temporary.store.read { reading throws in
      var revoked = link(1, "a", 1)
      revoked.revokedAt = .switched + 5
      var used = link(2, "a", 2)
      used.lastUsedAt = .switched + 7
      #expect(try reading.links(of: "a") == [revoked, used])
      #expect(used.maker == "Li")
      #expect(try reading.link(bytes(1)) == revoked)
      #expect(try reading.link(bytes(3)) == link(1, "b", 3))
      #expect(try reading.link(bytes(4)) == nil)
    }
    for wrong in [link(2, "a", 9), link(3, "a", 3), link(1, "c", 9)] {
      #expect(throws: StoreError.self) { try temporary.store.write { try $0.insert(wrong) } }
    }
  }

  @Test(arguments: StoreEngine.all) func filesOutliveTheirContent(engine: StoreEngine) throws {
    let temporary = try engine.make()
    func file(_ digit: Character, size: Int64, at moment: Moment) -> KeptFile {
      KeptFile(
        shop: "a", sha256: String(repeating: digit, count: 64), size: size, name: "图 \(digit).png",
        mediaType: "image/png", keptAt: moment, keptBy: "Li", keptByLink: 3)
    }
    let content: [UInt8] = [0, 255, 10] + [UInt8](repeating: 7, count: 100_000)
    let large = file("e", size: 100_003, at: .now)
    let empty = file("f", size: 0, at: .switched)
    try temporary.store.write { transaction in
      try transaction.addShop(Shop(id: "a"))
      try transaction.keep(large, content: content)
      try transaction.keep(empty, content: [])
      // The same again changes nothing, whatever it is called.
      try transaction.keep(
        KeptFile(
          shop: "a", sha256: large.sha256, size: 1, name: "x", mediaType: "text/plain", keptAt: .switched,
          keptBy: "W"), content: [1])
    }
    try temporary.store.read { reading throws in
      #expect(try reading.files(of: "a") == [empty, large])
      #expect(try reading.content(ofFile: large.sha256, of: "a") == content)
      #expect(try reading.content(ofFile: empty.sha256, of: "a") == [])
      #expect(try reading.content(ofFile: large.sha256, of: "b") == nil)
    }
    try temporary.store.write { try $0.deleteContent(ofFile: large.sha256, of: "a", at: .now + 5) }
    try temporary.store.read { reading throws in
      var deleted = large
      deleted.deletedAt = .now + 5
      #expect(try reading.file(large.sha256, of: "a") == deleted)
      #expect(try reading.content(ofFile: large.sha256, of: "a") == nil)
    }
    let again = file("e", size: 100_003, at: .now + 9)
    try temporary.store.write { try $0.keep(again, content: content) }
    #expect(try temporary.store.read { try $0.file(large.sha256, of: "a") } == again)
    #expect(try temporary.store.read { try $0.content(ofFile: large.sha256, of: "a") } == content)
    #expect(throws: StoreError.self) {
      try temporary.store.write { try $0.keep(file("0", size: 2, at: .now), content: [1]) }
    }
  }

  @Test(arguments: StoreEngine.all) func answersAreKeptForTheirKey(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let answer = IdempotencyRecord(
      principal: "user:li", key: "k-1", request: bytes(1), status: 200, body: [0x7B, 0, 0x7D], at: .switched)
    try temporary.store.write { try $0.keep(answer) }
    try temporary.store.read { reading throws in
      #expect(try reading.answer(to: "k-1", of: "user:li") == answer)
      #expect(try reading.answer(to: "k-1", of: "user:wang") == nil)
      #expect(try reading.answer(to: "k-2", of: "user:li") == nil)
    }
    #expect(throws: StoreError.self) { try temporary.store.write { try $0.keep(answer) } }
    try temporary.store.write { try $0.removeAnswers(keptBefore: .switched) }
    #expect(try temporary.store.read { try $0.answer(to: "k-1", of: "user:li") } == answer)
    try temporary.store.write { try $0.removeAnswers(keptBefore: .now) }
    #expect(try temporary.store.read { try $0.answer(to: "k-1", of: "user:li") } == nil)
  }

  @Test(arguments: StoreEngine.all) func theLogIsReadFromItsEnd(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let events = AuditEvent.Kind.allCases.enumerated().map { index, kind in
      AuditEvent(
        kind: kind, at: .switched + Int64(index), subject: "Wang", by: "Li",
        address: index.isMultiple(of: 2) ? nil : "2001:db8::1", attempts: index + 1)
    }
    try temporary.store.write { transaction in for event in events { try transaction.log(event) } }
    try temporary.store.read { reading throws in
      let newest = try reading.auditEvents(before: nil, limit: 3)
      #expect(newest.map(\.number) == [events.count, events.count - 1, events.count - 2])
      let rest = try reading.auditEvents(before: newest.last?.number, limit: 1000)
      #expect((newest + rest).map(\.event) == events.reversed())
    }
  }

  @Test(arguments: StoreEngine.all) func whatIsOldInTheLogIsRemovedByItsKind(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let kinds: [AuditEvent.Kind] = [.signInRefused, .signInThrottled, .signedIn]
    try temporary.store.write { transaction in
      for at in [Moment.switched, .now] {
        for kind in kinds { try transaction.log(AuditEvent(kind: kind, at: at, subject: "Li", by: "Li")) }
      }
      try transaction.removeAuditEvents(of: [.signInRefused, .signInThrottled], before: .now)
      try transaction.removeAuditEvents(of: [], before: .now + 1)
    }
    let left = try temporary.store.read { try $0.auditEvents(before: nil, limit: 9).reversed().map(\.event) }
    #expect(left.map(\.kind) == [.signedIn, .signInRefused, .signInThrottled, .signedIn])
    #expect(left.map(\.at) == [.switched, .now, .now, .now])
  }
}

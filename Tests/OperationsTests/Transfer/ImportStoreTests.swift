import Crypto
import Domain
import Formats
import Foundation
import TestSupport
import Testing

@testable import Operations

/// Exports that are taken, and everything for which one isn't.
@Suite struct ImportStoreTests {
  private typealias Bad = ImportStore.BadExport

  private let source: TemporaryStore
  /// Header, a definition, three events of `s-1`, one of `s-2`, the end.
  private let lines: [String]

  init() throws {
    source = try TemporaryStore.sqlite()
    let user = StoreUser(source.store, [.named("after", [.named("one", due: .hours(2))])])
    try user.add("s-1", ShopDetails(name: "One \"1\"\u{202E}"))
    try user.start("s-1")
    try user.tick("s-1", "one")
    try user.add("s-2")
    lines = String(decoding: try source.store.exported(), as: UTF8.self).split(separator: "\n").map(
      String.init)
    #expect(lines.count == 7)
  }

  /// What an import of these lines is refused for; nothing of it stays.
  private func problem(_ lines: [String]) throws -> ImportStore.BadExport {
    let temporary = try TemporaryStore.sqlite()
    let error = #expect(throws: Bad.self) {
      try temporary.store.importing(Array(lines.joined(separator: "\n").utf8))
    }
    #expect(try temporary.store.read { try $0.countShops(ShopFilter(includesArchived: true)) } == 0)
    #expect(String(decoding: try temporary.store.exported(), as: UTF8.self).split(separator: "\n").count == 2)
    return try #require(error)
  }

  private func problem(inLine line: Int, _ part: String, _ other: String) throws -> ImportStore.BadExport {
    var lines = lines
    let changed = lines[line - 1].replacingOccurrences(of: part, with: other)
    try #require(changed != lines[line - 1], "nothing was replaced")
    lines[line - 1] = changed
    return try problem(lines)
  }

  /// Lines with hashes that are right, of events that somebody made up.
  private func sealed(_ events: [(ShopID, Int, Event.Change)]) -> [String] {
    var heads: [ShopID: ChainHead] = [:]
    return events.map { shop, number, change in
      let event = Event(number: number, shop: shop, at: .now, recordedAt: .now, by: .li, change: change)
      let sealed = EventChain.seal(event, after: heads[shop] ?? .empty)
      heads[shop] = ChainHead(number: number, hash: sealed.hash)
      return
        #"{"event":\#(String(decoding: sealed.bytes, as: UTF8.self)),"hash":"\#(HexText.of(sealed.hash))"}"#
    }
  }

  @Test func theSameStateAndTheSameBytes() throws {
    let copy = try TemporaryStore.sqlite()
    let bytes = try source.store.exported()
    let counts = try copy.store.importing(bytes)
    #expect(counts.definitions == 1 && counts.shops == 2 && counts.events == 4)
    #expect(try copy.store.exported() == bytes)
    #expect(try copy.store.breaks() == [])
    #expect(
      try copy.store.read { try $0.run(1, of: "s-1") } == source.store.read { try $0.run(1, of: "s-1") })
    #expect(try copy.store.read { try $0.shop("s-1") } == source.store.read { try $0.shop("s-1") })
  }

  private static let hashed =
    "scrypt$1024$8$2$AAECAwQFBgcICQoLDA0ODw$2XSXWVu_0UAxMI-4S27c2e6ymQdHxxGjqiM0HJD5pwE"

  /// A user, a token, two links, a file and one that was deleted, and the log.
  private func peopled() throws -> [UInt8] {
    try source.store.write { transaction in
      try transaction.insert(
        User(name: "王小美", role: .lead, teams: ["东区", "b"], password: Self.hashed, createdAt: .now))
      try transaction.insert(
        AccessToken(
          number: 3, name: "cron", digest: Array(repeating: 1, count: 32), scopes: [.read, .change],
          teams: [],
          createdBy: "王小美", createdAt: .now, expiresAt: .now + 60, revokedAt: .now + 30))
      for number in [1, 2] {
        try transaction.insert(
          ShopLink(
            number: number, shop: "s-1", digest: Array(repeating: UInt8(number + 1), count: 32),
            createdBy: "王小美",
            createdAt: .now, expiresAt: .now + 60))
      }
      for (content, isDeleted) in [("照片\u{0}", false), ("", false), ("gone", true)] {
        let bytes = Array(content.utf8)
        let file = KeptFile(
          shop: "s-1", sha256: HexText.of(SHA256.hash(data: bytes)), size: Int64(bytes.count),
          name: "a \"b\".png",
          mediaType: "image/png", keptAt: .now, keptBy: "小陈", deletedAt: isDeleted ? .now + 5 : nil)
        try transaction.insert(file, content: isDeleted ? nil : bytes)
      }
      try transaction.log(AuditEvent(kind: .userAdded, at: .now, subject: "王小美", by: "root"))
      try transaction.log(AuditEvent(kind: .signedIn, at: .now, subject: "王小美", by: "王小美", address: "::1"))
    }
    return try source.store.exported()
  }

  @Test func whoMayUseItLinksAndFilesComeAlong() throws {
    let copy = try TemporaryStore.sqlite()
    let bytes = try peopled()
    #expect(try copy.store.importing(bytes).others == 9)
    #expect(try copy.store.exported() == bytes)
    try copy.store.read { reading in
      #expect(try reading.user(named: "王小美")?.teams == ["东区", "b"])
      #expect(try reading.token(Array(repeating: 1, count: 32))?.revokedAt == .now + 30)
      #expect(try reading.links(of: "s-1").map(\.number) == [1, 2])
      let files = try reading.files(of: "s-1")
      #expect(files.count == 3)
      for file in files {
        #expect(try (reading.content(ofFile: file.sha256, of: "s-1") == nil) == (file.deletedAt != nil))
      }
      #expect(try reading.auditEvents(before: nil, limit: 9).map(\.event.kind) == [.signedIn, .userAdded])
    }
  }

  /// What an older version wrote holds none of it, and is written again as it was.
  @Test func whatIsSeldomThereIsLeftOut() throws {
    let text = String(decoding: try peopled(), as: UTF8.self)
    for key in ["maker", "last_used_at", "kept_by_link", "attempts"] { #expect(!text.contains("\"\(key)\"")) }
    try source.store.write { transaction in
      try transaction.noteUse(ofToken: 3, at: .now + 7)
      try transaction.noteUse(ofLink: 2, of: "s-1", at: .now + 8)
      try transaction.insert(
        ShopLink(
          number: 3, shop: "s-1", digest: Array(repeating: 9, count: 32), createdBy: "cron", maker: "王小美",
          createdAt: .now, expiresAt: .now + 60))
      try transaction.insert(
        KeptFile(
          shop: "s-1", sha256: HexText.of(SHA256.hash(data: [7])), size: 1, name: "f", mediaType: "image/png",
          keptAt: .now, keptBy: "root1", keptByLink: 2), content: [7])
      try transaction.log(
        AuditEvent(kind: .signInThrottled, at: .now, subject: "Li", by: "Li", address: "::1", attempts: 37))
    }
    let bytes = try source.store.exported()
    let copy = try TemporaryStore.sqlite()
    try copy.store.importing(bytes)
    #expect(try copy.store.exported() == bytes)
    try copy.store.read { reading throws in
      #expect(try reading.links(of: "s-1").map(\.lastUsedAt) == [nil, .now + 8, nil])
      #expect(try reading.links(of: "s-1").map(\.maker) == ["王小美", "王小美", "王小美"])
      #expect(try reading.token(Array(repeating: 1, count: 32))?.lastUsedAt == .now + 7)
      #expect(try reading.files(of: "s-1").contains { $0.keptByLink == 2 })
      #expect(try reading.auditEvents(before: nil, limit: 1).first?.event.attempts == 37)
    }
  }

  @Test(arguments: [
    ("\"role\":\"lead\"", "\"role\":\"king\""), ("\"content\":\"5", "\"content\":\"6"),
    ("\"size\":7", "\"size\":8"),
    ("\"link\":{\"shop\":\"s-1\",\"number\":2", "\"link\":{\"shop\":\"s-1\",\"number\":1"),
    ("\"link\":{\"shop\":\"s-1\",\"number\":2", "\"link\":{\"shop\":\"s-9\",\"number\":2"),
    ("\"kind\":\"signed-in\"", "\"kind\":\"danced-in\""), ("\"others\":9", "\"others\":8"),
    ("\"name\":\"cron\"", "\"name\":5"),
    // Names that nobody could have given.
    ("\"name\":\"cron\"", "\"name\":\"cr\\u0007on\""), ("\"name\":\"cron\"", "\"name\":\" cron\""),
    ("\"name\":\"cron\"", "\"name\":\"cro\(String(repeating: "\u{301}", count: 31))n\""),
    ("\"name\":\"cron\"", "\"name\":\"cro\(String(repeating: "\\u0301", count: 31))n\""),
    ("{\"name\":\"王小美\"", "{\"name\":\"王\\n小美\""), ("\"teams\":[\"东区\",\"b\"]", "\"teams\":[]"),
    ("\"teams\":[\"东区\",\"b\"]", "\"teams\":[\"b\",\"b\"]"),
    ("\"created_by\":\"王小美\"", "\"created_by\":\"\""),
    ("\"name\":\"a \\\"b\\\".png\"", "\"name\":\"a\\tb\""),
    ("\"kept_by\":\"小陈\"", "\"kept_by\":\"小\\u001b陈\""),
    ("\"subject\":\"王小美\"", "\"subject\":\"\(String(repeating: "x", count: 201))\""),
    ("\"address\":\"::1\"", "\"address\":\"::1 \""), ("\"address\":\"::1\"", "\"address\":\"\""),
    // Passwords that this program can't read, or can't bear to verify.
    ("scrypt$1024$8$2$", "scrypt$65536$1$1$"), ("scrypt$1024$8$2$", "scrypt$1048576$4$16$"),
    ("scrypt$1024$8$2$", "scrypt$1024$8$99$"), ("scrypt$1024$8$2$", "argon2$1024$8$2$"),
    ("\"password\":\"scrypt", "\"password\":\"\(String(repeating: "s", count: 10_000))"),
    // Types that would make a page of a file, digests in another form, counts without measure.
    ("image/png", "text/html"), ("image/png", "IMAGE/PNG"), ("\"sha256\":\"0101", "\"sha256\":\"01A1"),
    ("\"sha256\":\"0202", "\"sha256\":\"02"), ("\"number\":3", "\"number\":9223372036854775807"),
    ("\"number\":3", "\"number\":-1"), ("\"others\":9", "\"others\":9223372036854775807"),
    ("\"size\":4", "\"size\":10485761"), ("\"scopes\":[\"read\"", "\"scopes\":[\"read\",\"read\""),
  ])
  func whatCannotBeInAStoreIsRefused(part: String, other: String) throws {
    let text = String(decoding: try peopled(), as: UTF8.self)
    let changed = text.replacingOccurrences(of: part, with: other)
    try #require(changed != text, "nothing was replaced")
    let lines = changed.split(separator: "\n").map(String.init)
    let bad = try problem(lines)
    let differ = zip(lines, text.split(separator: "\n")).enumerated().filter { $1.0 != $1.1 }.map {
      $0.offset + 1
    }
    #expect(differ.contains(bad.line), "line \(bad.line) is named, \(differ) are wrong")
  }

  @Test func aFileOfOver10MBIsRefusedBeforeItIsDecoded() throws {
    let text = String(decoding: try peopled(), as: UTF8.self)
    let large = String(repeating: "A", count: ((10 << 20) + 2) / 3 * 4 + 4)
    let changed = text.replacingOccurrences(of: "\"content\":\"", with: "\"content\":\"\(large)")
    let bad = try problem(changed.split(separator: "\n").map(String.init))
    #expect(bad.problem == .unreadable("'content' has over 10 MB"))
  }

  @Test func numbersOfEventsHaveAMeasure() throws {
    let numbers = ["\"run\":1", "\"number\":2"]
    for number in numbers {
      let bad = try problem(inLine: 4, number, number + "000000000")
      guard case .unreadable = bad.problem else {
        Issue.record("\(bad)")
        continue
      }
      #expect(bad.line == 4)
    }
  }

  @Test func anEmptyStoreIsTakenToo() throws {
    let empty = try TemporaryStore.sqlite()
    let bytes = try empty.store.exported()
    #expect(try TemporaryStore.sqlite().store.importing(bytes) == ExportStore.Counts())
  }

  @Test(arguments: [
    "", "{}", "[]", "id,name", "{\"format\":\"other\",\"version\":1}", "{\"format\":\"switchlist-export\"}",
    "{\"version\":1}", "{\"format\":\"switchlist-export\",\"version\":\"1\"}",
    "{\"format\":\"switchlist-export\",\"version\":1} x",
  ])
  func whatIsNoExport(header: String) throws {
    #expect(try problem([header] + lines.dropFirst()) == Bad(line: 1, problem: .notAnExport))
  }

  @Test func aNewerVersionIsNamed() throws {
    #expect(
      try problem(inLine: 1, "\"version\":1", "\"version\":2") == Bad(line: 1, problem: .newerVersion(2)))
  }

  @Test func anExportListsTheKindsOfItsEvents() throws {
    let told = lines.filter { $0.hasPrefix("{\"event\"") }.compactMap { line in
      line.firstMatch(of: /"kind":"([a-z-]+)"/).map { String($0.1) }
    }
    let kinds = Set(told).sorted().map { "\"\($0)\"" }.joined(separator: ",")
    #expect(lines[0] == "{\"format\":\"switchlist-export\",\"version\":1,\"kinds\":[\(kinds)]}")
  }

  @Test func kindsThatThisProgramDoesNotKnowAreNamed() throws {
    #expect(
      try problem(inLine: 1, "\"kinds\":[", "\"kinds\":[\"item-lost\",\"shop-moved\",")
        == Bad(line: 1, problem: .unknownKinds(["item-lost", "shop-moved"])))
  }

  @Test func anExportWithoutKindsIsOneFromBefore() throws {
    let header = "{\"format\":\"switchlist-export\",\"version\":1}"
    let copy = try TemporaryStore.sqlite()
    try copy.store.importing(Array(([header] + lines.dropFirst()).map { $0 + "\n" }.joined().utf8))
    #expect(try copy.store.exported().split(separator: UInt8(ascii: "\n")).count == lines.count)
  }

  @Test func allKindsThatCanBeWrittenAreKnown() {
    var random = SeededGenerator(seed: 7)
    for _ in 1...2000 {
      let change = random.change(of: "s-1")
      #expect(Event.kinds.contains(change.kind), "\(change.kind)")
    }
  }

  @Test func whatWasChangedIsFoundByItsHash() throws {
    #expect(try problem(inLine: 2, "\"2h\"", "\"3h\"") == Bad(line: 2, problem: .definitionHash))
    #expect(
      try problem(inLine: 2, "\"sha256\":\"", "\"sha256\":\"0") == Bad(line: 2, problem: .definitionHash))
    let changed = Bad(line: 5, problem: .eventHash(shop: "s-1", event: 3))
    #expect(try problem(inLine: 5, "\"by\":\"Li\"", "\"by\":\"Wang\"") == changed)
    #expect(try problem(inLine: 5, "\"login\":\"", "\"login\": \"") == changed)
    #expect(try problem(inLine: 5, "\"hash\":\"", "\"hash\":\"00") == changed)
    #expect(try problem(inLine: 5, "\"hash\":\"", "\"hash\":\"x") == changed)
  }

  @Test func linesAreInOrder() throws {
    func order(_ shop: String, _ event: Int) -> Bad.Problem { .eventOrder(shop: shop, event: event) }
    var missing = lines
    missing.remove(at: 3)
    #expect(try problem(missing) == Bad(line: 4, problem: order("s-1", 3)))
    var repeated = lines
    repeated.insert(lines[3], at: 4)
    #expect(try problem(repeated) == Bad(line: 5, problem: order("s-1", 2)))
    var moved = lines
    moved.insert(moved.remove(at: 5), at: 2)
    #expect(try problem(moved) == Bad(line: 4, problem: order("s-1", 1)))
    #expect(try problem([lines[0], lines[1], lines[3]]) == Bad(line: 3, problem: order("s-1", 2)))
  }

  @Test func theEndIsWhereItBelongs() throws {
    #expect(try problem(lines.dropLast()) == Bad(line: 6, problem: .truncated))
    #expect(try problem([lines[0]]) == Bad(line: 1, problem: .truncated))
    #expect(try problem(lines + ["{}"]) == Bad(line: 8, problem: .afterTheEnd))
    #expect(try problem(inLine: 7, "\"events\":4", "\"events\":5") == Bad(line: 7, problem: .wrongCount))
    #expect(try problem(inLine: 7, "\"shops\":2", "\"shops\":1") == Bad(line: 7, problem: .wrongCount))
    #expect(try problem(lines.dropLast(2) + [lines[6]]) == Bad(line: 6, problem: .wrongCount))
  }

  @Test func whatCannotHaveHappenedIsNamed() throws {
    func contradiction(_ changes: [Event.Change]) throws -> Bad.Problem {
      try problem([lines[0], lines[1]] + sealed(changes.enumerated().map { ("s-1", $0 + 1, $1) })).problem
    }
    let added = Event.Change.shopAdded(Shop(id: "s-1"))
    func start(_ run: Int, of sha256: String? = nil) -> Event.Change {
      let known = Definition.pinning(.named("after", [.named("one", due: .hours(2))])).definition.sha256
      return .runStarted(
        RunStart(
          run: run, checklist: "after", definition: sha256 ?? known, switchedAt: .switched, timeZone: "UTC",
          items: [.init(id: "one", dueAt: nil, owner: nil)]))
    }
    func named(_ event: Int, _ problem: String) -> Bad.Problem {
      .contradiction(shop: "s-1", event: event, problem)
    }
    #expect(try contradiction([.shopArchived]) == named(1, "the shop hasn't been added"))
    #expect(try contradiction([start(1)]) == named(1, "the shop hasn't been added"))
    #expect(try contradiction([added, added]) == named(2, "the shop is added twice"))
    #expect(try contradiction([added, start(1, of: "ff")]) == named(2, "the definition ff is missing"))
    #expect(try contradiction([added, start(2)]) == named(2, "run 2 starts out of turn"))
    #expect(try contradiction([added, start(1), start(3)]) == named(3, "run 3 starts out of turn"))
    #expect(
      try contradiction([added, .item(run: 1, "one", .confirmed)]) == named(2, "run 1 doesn't hold 'one'"))
    #expect(try contradiction([.shopAdded(Shop(id: "s-2"))]) == .truncated, "a shop's id is its event's")
  }

  @Test func idsThatNobodyCouldHaveGivenAreRefused() throws {
    for id in ["a/b", "a\nb", "\u{1B}[31m", "-s", "Zoe\u{308}"] {
      let shop = ShopID(trusted: id)
      let bad = try problem([lines[0]] + sealed([(shop, 1, .shopAdded(Shop(id: shop)))]))
      #expect(bad == Bad(line: 2, problem: .unreadable("'\(id)' isn't a shop's id")))
    }
  }

  @Test(arguments: [
    "x", "{", "{}", "[]", "{\"event\":1}", "{\"event\":{}}", "{\"price\":1}", "{\"event\":{},\"hash\":1}",
    "{\"definition\":{}", "{\"end\":[]}", "{\"end\":{\"events\":\"4\"}}", "\"event\"", "{\"hash\":\"00\"}",
  ])
  func whatCannotBeReadIsNamedWithItsLine(line: String) throws {
    let bad = try problem([lines[0], lines[1], line] + lines[2...])
    #expect(bad.line == 3)
    guard case .unreadable(let text) = bad.problem else {
      Issue.record("\(bad.problem)")
      return
    }
    #expect(!text.isEmpty)
  }

  @Test func aDefinitionThatIsNoneIsNamed() throws {
    let text = #"{"checklist":"a","title":"t","items":[{"id":"i","title":"t","due":"soon"}]}"#
    let sha256 = HexText.of(SHA256.hash(data: Array(text.utf8)))
    let bad = try problem([lines[0], #"{"definition":\#(text),"sha256":"\#(sha256)"}"#])
    #expect(bad == Bad(line: 2, problem: .unreadable("'soon' isn't a duration")))
  }
}

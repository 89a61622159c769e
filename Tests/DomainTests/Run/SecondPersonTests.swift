import Domain
import TestSupport
import Testing

/// Who is who, and what somebody else has to confirm.
@Suite struct SecondPersonTests {
  private let tick = RequestedItemChange.tick(note: nil, proof: nil)

  private func awaiting(by name: String) throws -> Run {
    var run = Run.of([.named("it", proof: [.secondPerson]), .named("next", needs: ["it"])])
    try run.make(tick, on: ["it"], by: .named(name))
    return run
  }

  @Test func aTickAwaitsSomebodyElse() throws {
    var run = try awaiting(by: "Li")
    #expect(run["it"]?.state == .pending)
    #expect(run["it"]?.awaiting == Run.PendingConfirmation(by: "Li", at: .hours(2)))
    #expect(run.state == .active)
    try run.make(.confirm, on: ["it"], by: .wang, at: .hours(5))
    #expect(run["it"]?.state == .done)
    #expect(run["it"]?.awaiting == nil)
    #expect(run["it"]?.proof == Proof(content: .secondPerson, at: .hours(5), by: "Wang"))
  }

  @Test func itMeetsNoNeedMeanwhile() throws {
    let run = try awaiting(by: "Li")
    #expect(throws: Refusal.waiting("next", for: ["it"])) {
      try run.decide(tick, on: ["next"], by: .li)
    }
    let fresh = Run.of([.named("it", proof: [.secondPerson]), .named("next", needs: ["it"])])
    #expect(throws: Refusal.waiting("next", for: ["it"])) {
      try fresh.decide(tick, on: ["it", "next"], by: .li)
    }
  }

  @Test func anotherProofEndsTheWait() throws {
    var run = Run.of([.named("it", proof: [.link, .secondPerson])])
    try run.make(tick, on: ["it"], by: .li)
    try run.make(.tick(note: nil, proof: .link(url: "https://example.cn")), on: ["it"], by: .li)
    #expect(run["it"]?.state == .done)
  }

  @Test func confirmsSeveralOrNone() throws {
    let items = ["one", "two"].map { ChecklistItem.named(ItemID(trusted: $0), proof: [.secondPerson]) }
    var run = Run.of(items)
    try run.make(tick, on: ["one"], by: .li)
    #expect(throws: Refusal.nothingToConfirm("two", .pending)) {
      try run.decide(.confirm, on: ["one", "two"], by: .wang)
    }
    try run.make(tick, on: ["two"], by: .wang)
    #expect(throws: Refusal.samePerson("one", by: "Li")) {
      try run.decide(.confirm, on: ["two", "one"], by: .li)
    }
    try run.make(.confirm, on: ["one", "two"], by: .lead)
    #expect(run.state == .finished)
  }

  @Test(arguments: [
    ("Li", "Li"), ("Li", "li"), ("Li", "LI"), (" Li ", "Li"), ("Li", "\tli\n"), ("Zoë", "zoe\u{308}"),
    ("ZOË", "zoe\u{308}"), ("李雷", "李雷"), ("Straße", "STRASSE"), ("ΟΔΥΣΣΕΥΣ", "Οδυσσευς"), ("ﬁn", "FIN"),
    ("Ǆ", "ǆ"), ("\u{212B}", "å"),
  ])
  func oneName(_ first: String, _ second: String) throws {
    #expect(Author.named(first).isSamePerson(as: second))
    #expect(Author.named(second).isSamePerson(as: first))
    let run = try awaiting(by: first)
    let kept = try #require(run["it"]?.awaiting?.by)
    #expect(throws: Refusal.samePerson("it", by: kept)) {
      try run.decide(.confirm, on: ["it"], by: .named(second))
    }
  }

  /// Whatever name was given there.
  @Test func oneLinkIsOnePerson() throws {
    var run = try awaiting(by: "nobody")
    try run.make(.untick(reason: "r"), on: ["it"], by: .li)
    try run.make(tick, on: ["it"], by: .byLink(1, "Li"))
    #expect(run["it"]?.awaiting == Run.PendingConfirmation(by: "Li", at: .hours(2), link: 1))
    #expect(throws: Refusal.samePerson("it", by: "Li", link: 1)) {
      try run.decide(.confirm, on: ["it"], by: .byLink(1, "Wang"))
    }
    #expect(try run.decide(.confirm, on: ["it"], by: .byLink(2, "Wang")).steps.count == 1)
    // A login of the same name is somebody else.
    let signedIn = try Author(name: "Wang", login: "link:1", channel: .web)
    #expect(try run.decide(.confirm, on: ["it"], by: signedIn).steps.count == 1)
    #expect(throws: Refusal.samePerson("it", by: "Li", link: 1)) {
      try run.decide(.confirm, on: ["it"], by: .byLink(2, "li"))
    }
  }

  /// Whoever ticked could make themself a second person by a link or a token.
  @Test(arguments: [
    (Author.byLink(2, "Wang", maker: "LI "), EntryChannel.link), (.byToken(4, "cron", maker: "li"), .api),
  ])
  func whatSomebodyMadeConfirmsNothingOfTheirs(credential: Author, channel: EntryChannel) throws {
    let run = try awaiting(by: "Li")
    #expect(throws: Refusal.makerTicked("it", maker: credential.maker ?? "", byLink: channel == .link)) {
      try run.decide(.confirm, on: ["it"], by: credential)
    }
    #expect(try awaiting(by: "Chen").decide(.confirm, on: ["it"], by: credential).steps.count == 1)
  }

  @Test func theMakerConfirmsWhatWasTickedByTheLink() throws {
    var run = Run.of([.named("it", proof: [.secondPerson])])
    try run.make(tick, on: ["it"], by: .byLink(2, "Wang", maker: "Li"))
    try run.make(.confirm, on: ["it"], by: .li)
    #expect(run["it"]?.state == .done)
  }

  /// A name that is given through a link isn't proven, so the link stays known beside it.
  @Test func theLinkIsRemembered() throws {
    var run = Run.of([.named("it", proof: [.link, .secondPerson])])
    try run.make(tick, on: ["it"], by: .byLink(3, "root1"))
    #expect(run["it"]?.awaiting?.link == 3)
    #expect(run["it"]?.changedByLink == 3)
    try run.make(.confirm, on: ["it"], by: .li)
    #expect(run["it"]?.changedByLink == nil)
    #expect(run["it"]?.proof?.link == nil)
    try run.make(.untick(reason: "r"), on: ["it"], by: .li)
    try run.make(
      .tick(note: nil, proof: .link(url: "https://example.cn")), on: ["it"], by: .byLink(5, "root1"))
    #expect(run["it"]?.proof?.link == 5)
    try run.make(.untick(reason: "r"), on: ["it"], by: .byLink(6, "Wang"))
    try run.make(.note("n"), on: ["it"], by: .li)
    #expect(run["it"]?.changedByLink == 6, "a note doesn't speak of the item's state")
    try run.make(.skip(reason: "r"), on: ["it"], by: .byLink(7, "Wang"))
    #expect(throws: Refusal.isSkipped("it", by: "Wang", link: 7, at: .hours(2))) {
      try run.decide(tick, on: ["it"], by: .li)
    }
  }

  @Test(arguments: [
    ("link:3", 3), ("link:03", nil), ("link:+3", nil), ("link:-3", -3), ("link:", nil), ("link", nil),
    ("3", nil),
    ("link:3 ", nil), ("token:3", nil), ("link:99999999999999999999", nil),
  ])
  func aLinksNumberIsReadFromItsLogin(login: String, number: Int?) throws {
    #expect(try Author(name: "Li", login: login, channel: .link).link == number)
    #expect(try Author(name: "Li", login: login, channel: .web).link == nil)
  }

  @Test(arguments: [("Li", "Lí"), ("Li", "Li L"), ("Li Lei", "LiLei"), ("李雷", "李蕾"), ("o", "0")])
  func twoPeople(_ first: String, _ second: String) throws {
    #expect(!Author.named(first).isSamePerson(as: second))
    #expect(try awaiting(by: first).decide(.confirm, on: ["it"], by: .named(second)).steps.count == 1)
  }

  @Test func aNameIsKeptTrimmedAndComposedInItsOwnCase() {
    #expect(Author.named(" Zoe\u{308}  Li ").name.unicodeScalars.elementsEqual("Zo\u{EB}  Li".unicodeScalars))
  }

  @Test(arguments: [
    ("", Refusal.emptyText(.author)), (" \t\n", .emptyText(.author)),
    ("L\ni", .controlCharacter(in: .author, scalar: 10, at: 2)),
    ("\u{1B}[31mLi", .controlCharacter(in: .author, scalar: 27, at: 1)),
    (String(repeating: "李", count: 101), .textTooLong(.author, count: 101, limit: 100)),
  ])
  func whatIsNoName(_ text: String, _ refusal: Refusal) {
    #expect(throws: refusal) { try Author(name: text, login: "", channel: .web) }
  }

  @Test func onlyALeadSkipsWhatIsCritical() throws {
    let run = Run.of([.named("it", critical: true), .named("other")])
    #expect(throws: Refusal.criticalItem("it")) {
      try run.decide(.skip(reason: "no need"), on: ["other", "it"], by: .li)
    }
    #expect(try run.decide(.skip(reason: "no need"), on: ["other", "it"], by: .lead).steps.count == 2)
  }

  @Test func whatIsCriticalAndSkippedAlreadyIsUnchangedForAnybody() throws {
    var run = Run.of([.named("it", critical: true)])
    try run.make(.skip(reason: "no need"), on: ["it"], by: .lead)
    #expect(try run.decide(.skip(reason: "me too"), on: ["it"], by: .li).unchanged == ["it"])
  }
}

import Domain
import TestSupport
import Testing

@Suite struct ProofTests {
  private static let link = Proof.Content.link(url: "https://example.cn/1")
  private static let file = Proof.Content.file(
    name: "orders.csv", size: 12, sha256: String(repeating: "a", count: 64))

  struct Given: CustomTestStringConvertible {
    let asked: [ProofKind]
    var note: String?
    var proof: Proof.Content?
    /// Nil: refused for lack of proof.
    let change: ItemChange?

    var testDescription: String { "\(asked), note \(note ?? "-"), \(proof.map { "\($0.kind)" } ?? "-")" }
  }

  static let table: [Given] = [
    .init(asked: [], change: .ticked(note: nil, proof: nil)),
    .init(asked: [.none], change: .ticked(note: nil, proof: nil)),
    .init(asked: [], note: "seen", change: .ticked(note: "seen", proof: nil)),
    .init(asked: [], proof: link, change: .ticked(note: nil, proof: link)),
    .init(asked: [.note], change: nil),
    .init(asked: [.note], note: "seen", change: .ticked(note: "seen", proof: .note)),
    .init(asked: [.note], proof: link, change: nil),
    .init(asked: [.note], note: "seen", proof: link, change: .ticked(note: "seen", proof: link)),
    .init(asked: [.link], proof: link, change: .ticked(note: nil, proof: link)),
    .init(asked: [.link], note: "seen", change: nil),
    .init(asked: [.link], proof: file, change: nil),
    .init(asked: [.file], proof: file, change: .ticked(note: nil, proof: file)),
    .init(asked: [.file, .note], change: nil),
    .init(asked: [.file, .note], note: "seen", change: .ticked(note: "seen", proof: .note)),
    .init(asked: [.file, .note], note: "seen", proof: file, change: .ticked(note: "seen", proof: file)),
    .init(asked: [.secondPerson], change: .tickedToConfirm(note: nil, proof: nil)),
    .init(
      asked: [.secondPerson], note: "seen", proof: link,
      change: .tickedToConfirm(note: "seen", proof: link)),
    .init(asked: [.secondPerson, .link], proof: link, change: .ticked(note: nil, proof: link)),
    .init(asked: [.link, .secondPerson], change: .tickedToConfirm(note: nil, proof: nil)),
    .init(asked: [.link, .secondPerson], proof: file, change: .tickedToConfirm(note: nil, proof: file)),
    .init(asked: [.note, .secondPerson], note: "seen", change: .ticked(note: "seen", proof: .note)),
  ]

  @Test(arguments: table) func anyOfTheProofsAskedForIsEnough(_ given: Given) throws {
    let run = Run.of([.named("it", proof: given.asked), .named("last")])
    let request = RequestedItemChange.tick(note: given.note, proof: given.proof)
    guard let change = given.change else {
      #expect(throws: Refusal.lacksProof("it", anyOf: given.asked)) {
        try run.decide(request, on: ["it"], by: .li)
      }
      return
    }
    #expect(try run.decide(request, on: ["it"], by: .li).steps == [.init(item: "it", change: change)])
  }

  @Test func theProofIsKeptWithWhoAndWhen() throws {
    var run = Run.of([.named("it", proof: [.link])])
    try run.make(.tick(note: "seen", proof: Self.link), on: ["it"], by: .li, at: .hours(3))
    #expect(run["it"]?.proof == Proof(content: Self.link, at: .hours(3), by: "Li"))
    #expect(run["it"]?.proof?.kind == .link)
    #expect(run["it"]?.note == "seen")
    try run.make(.untick(reason: "wrong shop"), on: ["it"], by: .li)
    #expect(run["it"]?.proof == nil)
    #expect(run["it"]?.note == "seen")
  }

  @Test func oneProofServesAllThatATickNames() throws {
    var run = Run.of([.named("one", proof: [.link]), .named("two", proof: [.secondPerson, .link])])
    try run.make(.tick(note: nil, proof: Self.link), on: ["one", "two"], by: .li)
    #expect(run.items.map(\.proof?.content) == [Self.link, Self.link])
    #expect(run.state == .finished)
  }

  @Test func lackOfProofOfOneRefusesAll() {
    let run = Run.of([.named("one"), .named("two", proof: [.file])])
    #expect(throws: Refusal.lacksProof("two", anyOf: [.file])) {
      try run.decide(.tick(note: nil, proof: nil), on: ["one", "two"], by: .li)
    }
  }

  @Test(arguments: [
    (Proof.Content.link(url: ""), Refusal.emptyText(.link)),
    (.link(url: "https://a\u{1B}b"), .controlCharacter(in: .link, scalar: 0x1B, at: 10)),
    (.link(url: String(repeating: "a", count: 2001)), .textTooLong(.link, count: 2001, limit: 2000)),
    (.link(url: "https:///page"), .badLink("https:///page")), (.link(url: "https://"), .badLink("https://")),
    (.link(url: "example.cn/page"), .badLink("example.cn/page")),
    (.link(url: "https://example.cn/a b"), .badLink("https://example.cn/a b")),
    (.file(name: "a\nb", size: 0, sha256: ""), .controlCharacter(in: .fileName, scalar: 10, at: 2)),
    (
      .file(name: String(repeating: "字", count: 1001), size: 0, sha256: ""),
      .textTooLong(.fileName, count: 1001, limit: 1000)
    ),
  ])
  func linksAndFileNamesAreLines(proof: Proof.Content, refusal: Refusal) {
    #expect(throws: refusal) {
      try Run.of([.named("it")]).decide(.tick(note: nil, proof: proof), on: ["it"], by: .li)
    }
  }
}

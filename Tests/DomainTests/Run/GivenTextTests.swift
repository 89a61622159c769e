import Domain
import TestSupport
import Testing

/// What people type: reasons, notes, names.
@Suite struct GivenTextTests {
  private static let run = Run.of([.named("it")])

  private static func reason(_ text: String) throws(Refusal) -> ItemChange? {
    try run.decide(.block(reason: text), on: ["it"], by: .li).steps.first?.change
  }

  @Test(arguments: [
    "a", "两行\n文字", "tab\tand\r\nWindows", "  spaces stay  ", "👩‍👩‍👧 \u{202E}right to left\u{202C}",
    "e\u{301} stays decomposed", "\u{200B}", String(repeating: "字", count: 10_000),
  ])
  func longTextsAreKeptExactly(_ text: String) throws {
    guard case .blocked(let kept) = try Self.reason(text) else { return #expect(Bool(false)) }
    #expect(kept.utf8.elementsEqual(text.utf8))
  }

  @Test(arguments: ["", " ", "\n\t \u{3000}\r\n"])
  func emptyOnesAreRefused(_ text: String) {
    #expect(throws: Refusal.emptyText(.reason)) { try Self.reason(text) }
  }

  @Test(arguments: [0x00, 0x07, 0x1B, 0x0B, 0x7F, 0x80, 0x9B] as [UInt32])
  func controlCharactersAreRefused(_ value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let text = "好\n" + String(Character(scalar)) + "x"
    #expect(throws: Refusal.controlCharacter(in: .reason, scalar: value, at: 3)) { try Self.reason(text) }
  }

  @Test func theLimitCountsScalars() {
    let text = String(repeating: "e\u{301}", count: 5000)
    #expect(throws: Never.self) { try Self.reason(text) }
    #expect(throws: Refusal.textTooLong(.reason, count: 10_001, limit: 10_000)) {
      try Self.reason(text + "x")
    }
    #expect(throws: Refusal.textTooLong(.reason, count: 1_048_576, limit: 10_000)) {
      try Self.reason(String(repeating: "x", count: 1_048_576))
    }
  }

  struct Use: CustomTestStringConvertible {
    let use: TextUse
    let limit: Int
    let request: @Sendable (String) -> RequestedItemChange
    var testDescription: String { "\(use)" }
  }

  static let uses: [Use] = [
    .init(use: .reason, limit: 10_000) { .untick(reason: $0) },
    .init(use: .reason, limit: 10_000) { .skip(reason: $0) },
    .init(use: .reason, limit: 10_000) { .block(reason: $0) },
    .init(use: .reason, limit: 10_000) { .moveDue(to: .now, reason: $0) },
    .init(use: .note, limit: 10_000) { .note($0) },
    .init(use: .note, limit: 10_000) { .tick(note: $0, proof: nil) },
    .init(use: .owner, limit: 100) { .assign(to: $0) },
  ]

  @Test(arguments: uses) func everyTextIsChecked(_ text: Use) throws {
    func decide(_ given: String) throws(Refusal) {
      _ = try Self.run.decide(text.request(given), on: ["it"], by: .lead)
    }
    #expect(throws: Refusal.emptyText(text.use)) { try decide(" ") }
    #expect(throws: Refusal.controlCharacter(in: text.use, scalar: 0x1B, at: 2)) { try decide("a\u{1B}b") }
    #expect(throws: Never.self) { try decide(String(repeating: "x", count: text.limit)) }
    #expect(throws: Refusal.textTooLong(text.use, count: text.limit + 1, limit: text.limit)) {
      try decide(String(repeating: "x", count: text.limit + 1))
    }
  }

  @Test func linesAreTrimmedAndComposed() throws {
    #expect(
      try TextRules.line("\u{3000} Zoe\u{308} \n", as: .owner).unicodeScalars
        .elementsEqual("Zo\u{EB}".unicodeScalars))
    #expect(throws: Refusal.controlCharacter(in: .team, scalar: 10, at: 5)) {
      try TextRules.line("east\nwest", as: .team)
    }
  }

  @Test(arguments: [
    (TextUse.author, 100), (.owner, 100), (.platform, 100), (.team, 100), (.tag, 100), (.shopName, 200),
    (.link, 2000), (.fileName, 1000),
  ])
  func linesHaveLimits(use: TextUse, limit: Int) throws {
    let longest = String(repeating: "界", count: limit)
    #expect(try TextRules.line(longest, as: use) == longest)
    #expect(throws: Refusal.textTooLong(use, count: limit + 1, limit: limit)) {
      try TextRules.line(longest + "x", as: use)
    }
  }
}

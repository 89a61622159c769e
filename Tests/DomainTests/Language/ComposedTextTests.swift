import Formats
import Foundation
import Testing

@testable import Domain

/// What is taken for composed or trimmed at a glance has to be what a second implementation, Foundation's, makes of it.
@Suite struct ComposedTextTests {
  private static let samples: [String] = {
    let ranges: [ClosedRange<UInt32>] = [
      1...0x3100, 0x4DF0...0x4E10, 0x9FF0...0xA010, 0xAC00...0xAC10, 0xF900...0xF910, 0xFF00...0xFF20,
    ]
    // The standard library's tables are of Unicode 17, Foundation's of 16.
    let known = ranges.flatMap { $0.compactMap(Unicode.Scalar.init) }
      .filter { ($0.properties.age?.major ?? 0) <= 16 }
    return known.flatMap { scalar in
      ["\(scalar)", "e\(scalar)", "\(scalar)\u{301}", "店\(scalar)铺", " \(scalar)\n"]
    }
  }()

  @Test func composes() {
    let wrong = Self.samples.filter { text in
      Array(text.composed.utf8) != Array(text.precomposedStringWithCanonicalMapping.utf8)
    }
    #expect(wrong.isEmpty)
  }

  @Test func trims() {
    let wrong = Self.samples.filter { text in
      let scalars = text.unicodeScalars
      let kept = scalars.drop { Self.isNothing($0) }.reversed().drop { Self.isNothing($0) }.reversed()
      let strays: Set<UInt32> = [0xAD, 0x200B, 0x2060, 0xFEFF]
      let trimmed = String(String.UnicodeScalarView(kept.filter { !strays.contains($0.value) }))
      return Array(text.trimmedAndComposed.utf8)
        != Array(trimmed.precomposedStringWithCanonicalMapping.utf8)
    }
    #expect(wrong.isEmpty)
  }

  private static func isNothing(_ scalar: Unicode.Scalar) -> Bool {
    let shows = [0x600...0x605, 0x6DD...0x6DD, 0x70F...0x70F, 0x890...0x891, 0x8E2...0x8E2]
    return CharacterSet.whitespacesAndNewlines.contains(scalar)
      || scalar.properties.generalCategory == .format && !shows.contains { $0.contains(Int(scalar.value)) }
  }

  @Test(arguments: [
    ("\u{FEFF}东区", "东区"), ("东区\u{2060}\u{200B} ", "东区"), ("\u{202A}东区\u{202C}", "东区"),
    ("\u{AD}东区\u{3000}\u{85}", "东区"),
    ("晨光\u{200B}星", "晨光星"), ("a\u{AD}b", "ab"), ("东区\u{FEFF}一\u{2060}部", "东区一部"),
    ("a\u{200F}b", "a\u{200F}b"),
    ("می\u{200C}خواهم", "می\u{200C}خواهم"), ("\u{200B}\u{FEFF} ", ""), ("👩\u{200D}👧", "👩\u{200D}👧"),
    ("🏴\u{E0067}\u{E007F}", "🏴\u{E0067}\u{E007F}"), ("\u{600}1", "\u{600}1"),
  ])
  func whatCantBeSeenIsLeftOut(_ text: String, _ kept: String) {
    #expect(Array(text.trimmedAndComposed.utf8) == Array(kept.utf8))
    #expect(text.showsNothing == kept.isEmpty)
    #expect(Author.folded(text) == Author.folded(kept))
  }

  @Test func composesLongTexts() {
    let cores = [
      "e\u{301}", "한글", "\u{1112}\u{1161}\u{11AB}", "\u{995}\u{9C7}\u{9BE}", "店", "\u{1025}\u{102E}",
      "한\u{301}",
    ]
    for core in cores {
      for count in [200, 255, 256, 257, 1000, 3000] {
        let text = "x" + String(repeating: core, count: count)
        let isSame = text.composed.utf8.elementsEqual(text.precomposedStringWithCanonicalMapping.utf8)
        #expect(isSame, "\(count) times \(core)")
      }
    }
  }

  @Test func composesUpTo30MarksInARow() {
    let marks = String(repeating: "\u{301}\u{323}\u{327}", count: 10)
    #expect(Array("a\(marks)".composed.unicodeScalars).first == "\u{1EA1}")
    #expect(Array("a\(marks)\u{301}".composed.utf8) == Array("a\(marks)\u{301}".utf8))
    #expect("a\(marks)".isStreamSafe)
    #expect(!"a\(marks)\u{301}".isStreamSafe)
    #expect("a\(marks)b\(marks)".isStreamSafe)
    #expect(StreamSafeText.firstExcess(in: "a\(marks)\u{301}".unicodeScalars) == 32)
  }

  /// Quadratic, each would take minutes.
  @Test(arguments: [
    "\u{301}\u{323}\u{327}", "e\u{301}", "\u{1100}\u{1161}\u{11AB}", "\u{9C7}\u{9BE}", "\u{34F}", " ",
  ])
  func aMegabyteTakesNoTimeToSpeakOf(unit: String) {
    let text = "a" + String(repeating: unit, count: (1 << 20) / unit.utf8.count)
    let taken = ContinuousClock().measure {
      #expect(text.composed.isEmpty == false)
      #expect(Author.folded(text).isEmpty == false)
      #expect(text.trimmedAndComposed.isEmpty == false)
      #expect(!text.isBlank && !text.showsNothing)
      #expect(text.isStreamSafe == (unit.unicodeScalars.first != "\u{301}"))
    }
    #expect(taken < .seconds(30))
  }

  @Test func knowsControlCharacters() {
    let scalars = (0...0x3000 as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
    #expect(scalars.filter { $0.isControl != ($0.properties.generalCategory == .control) }.isEmpty)
  }
}

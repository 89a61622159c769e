import Foundation
import TestSupport
import Testing

@testable import Domain
@testable import Formats

/// What the cursor refuses, and where.
@Suite struct JSONCursorTests {
  private static func skip(_ text: String) throws {
    try JSONCursor.read(text.utf8) { cursor in try cursor.skipValue() }
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("1", 1), ("1.0", 1), ("1e0", 1), ("-12.50e1", -125), ("0.0e-9", 0),
      ("1E2", 100), ("100e-2", 1), ("9223372036854775807", .max), ("-9223372036854775808", .min),
      ("0e99999999999999999999", 0),
    ] as [(String, Int64)])
  func takesWholeNumbersHoweverTheyAreWritten(text: String, number: Int64) throws {
    #expect(try JSONCursor.read(text.utf8) { $0.takeWholeNumber() } == number)
  }

  @Test(arguments: [
    "1.5", "1e-1", "9223372036854775808", "1e19", "1e99999999999999999999", "01", "1.", ".1", "-", "1e",
    "true",
    "\"1\"", "",
  ])
  func takesNothingElseForAWholeNumber(text: String) throws {
    let isTaken = try? JSONCursor.read(text.utf8) { $0.takeWholeNumber() }
    #expect(isTaken == nil || isTaken == .some(nil))
  }

  @Test func passesOverAnyNumber() throws {
    try JSONCursor.read(#"[1.5, {"a": -2e+3}, [0.1]]"#.utf8) { try $0.skipAny() }
    #expect(throws: JSONCursor.Fault.self) { try JSONCursor.read("[1.]".utf8) { try $0.skipAny() } }
  }

  static let broken: [(String, Int, String)] = [
    ("", 0, "a value"),
    ("  ", 2, "a value"),
    ("{", 1, "\""),
    ("{\"a\"", 4, ":"),
    ("{\"a\":", 5, "a value"),
    ("{\"a\":1", 6, "}"),
    ("{\"a\":1,}", 7, "\""),
    ("{a:1}", 1, "\""),
    ("{'a':1}", 1, "\""),
    ("[", 1, "a value"),
    ("[1", 2, "]"),
    ("[1,]", 3, "a whole number"),
    ("[1 2]", 3, "]"),
    ("[}", 1, "a whole number"),
    ("1 2", 2, "the end"),
    ("{} x", 3, "the end"),
    ("\"a", 2, "the end of a text"),
    ("\"a\\", 3, "an escape"),
    ("\"\\x\"", 3, "an escape"),
    ("\"\\u12\"", 3, "four hexadecimal digits"),
    ("\"\\u12G4\"", 3, "four hexadecimal digits"),
    ("\"\\u+123\"", 3, "four hexadecimal digits"),
    ("\"\\u-123\"", 3, "four hexadecimal digits"),
    ("\"\\ud800\"", 7, "a character"),
    ("\"\\ud800x\"", 7, "a character"),
    ("\"\\ud800\\u0041\"", 13, "a character"),
    ("\"\\udc00\"", 7, "a character"),
    ("\"a\nb\"", 3, "an escaped control character"),
    ("\"\t\"", 2, "an escaped control character"),
    ("tru", 0, "true or false"),
    ("True", 0, "a whole number"),
    ("truee", 4, "the end"),
    ("nul", 0, "null"),
    ("-", 1, "a whole number"),
    ("+1", 0, "a whole number"),
    ("01", 2, "a whole number"),
    ("-01", 3, "a whole number"),
    ("9223372036854775808", 19, "a whole number"),
    ("1.5", 1, "the end"),
    ("1e3", 1, "the end"),
    (".5", 0, "a whole number"),
    ("0x10", 1, "the end"),
    ("NaN", 0, "a whole number"),
    ("\u{FEFF}1", 0, "a whole number"),
    (String(repeating: "[", count: 65), 65, "fewer than 64 levels"),
  ]

  @Test(arguments: broken) func everyFaultHasItsPlace(text: String, offset: Int, expected: String) {
    #expect(throws: JSONCursor.Fault(offset: offset, expected: expected)) { try Self.skip(text) }
  }

  @Test(arguments: [
    "null", "[null, true, false, 0, -0, \"\"]", "{\"a\":{\"b\":[]}}", "\"\\/\"", " [ ] ", "{ }",
    String(repeating: "[", count: 64) + String(repeating: "]", count: 64),
  ])
  func whatIsValidIsPassedOver(_ text: String) throws {
    try Self.skip(text)
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xE5, 0x22], [0x22, 0x5C, 0x6E, 0xFF, 0x22],
    ] as [[UInt8]])
  func textsAreUTF8(_ bytes: [UInt8]) {
    #expect {
      try JSONCursor.read(bytes) { try $0.string() }
    } throws: { ($0 as? JSONCursor.Fault)?.expected == "UTF-8" }
  }

  @Test func valuesOfAnotherTypeAreFaults() {
    let text = Array(#""2026-11-01""#.utf8)
    #expect(throws: JSONCursor.Fault.self) { try JSONCursor.read(text) { try $0.integer() } }
    #expect(throws: JSONCursor.Fault.self) { try JSONCursor.read(text) { try $0.bool() } }
    #expect(throws: JSONCursor.Fault.self) { try JSONCursor.read(text) { try $0.strings() } }
    #expect(throws: JSONCursor.Fault.self) { try JSONCursor.read(text) { try $0.moment() } }
    #expect(throws: JSONCursor.Fault.self) { try JSONCursor.read("1".utf8) { try $0.string() } }
  }

  @Test func rawValuesAreTheirBytes() throws {
    let text = Array(" { \"a\" : [ 1 , \"\\u0041\" ] } ,".utf8)
    let raw = try text.withUnsafeBufferPointer { bytes in
      var cursor = JSONCursor(bytes)
      return String(decoding: try cursor.rawValue(), as: UTF8.self)
    }
    #expect(raw == "{ \"a\" : [ 1 , \"\\u0041\" ] }")
  }

  /// Nothing that is cut off, and nothing with a byte changed, does more than fault.
  @Test(arguments: Seeds.first(10)) func brokenBytesAreFaults(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let whole = random.event().canonical
    for end in whole.indices {
      #expect(throws: (any Error).self) { try Event(canonical: whole[..<end]) }
    }
    for _ in 0..<200 {
      var bytes = whole
      bytes[random.number(0...bytes.count - 1)] = UInt8(random.number(0...255))
      _ = try? Event(canonical: bytes)
    }
  }
}

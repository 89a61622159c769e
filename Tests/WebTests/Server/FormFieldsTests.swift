import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

struct FormFieldsTests {
  @Test(arguments: [
    ("a=1&b=2", ["a": ["1"], "b": ["2"]]),
    ("a=1&a=2&a=", ["a": ["1", "2", ""]]),
    ("note=%E4%BD%A0+%2B+b%3D1", ["note": ["你 + b=1"]]),
    ("n%C3%B6=%c3%b6", ["nö": ["ö"]]),
    ("a=b=c", ["a": ["b=c"]]),
    ("a&b=", ["a": [""], "b": [""]]),
    ("&&", [:]),
    ("", [:]),
    ("店=铺", ["店": ["铺"]]),
  ])
  func readsWhatAFormSends(text: String, expected: [String: [String]]) throws {
    #expect(try FormFields(encoded: text).texts == expected)
  }

  @Test(arguments: ["a=%", "a=%4", "a=%G1", "a=%1G", "%=1", "a=%E4", "a=%FF", "a=%+1"])
  func refusesBrokenEscapes(text: String) {
    #expect(throws: Problem.self) { try FormFields(encoded: text) }
  }
}

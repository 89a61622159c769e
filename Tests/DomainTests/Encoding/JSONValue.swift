import Domain
import Formats
import Foundation
import TestSupport

/// A tree of JSON without fractions, for comparing writers and readers.
indirect enum JSONValue: Hashable {
  case text(String)
  case integer(Int64)
  case flag(Bool)
  case array([JSONValue])
  case object([Field])

  struct Field: Hashable {
    let name: String
    let value: JSONValue
  }

  static func random(_ random: inout SeededGenerator, depth: Int, flags: Bool) -> JSONValue {
    switch random.number((flags ? 0 : 1)...(depth == 0 ? 3 : 5)) {
    case 0: return .flag(random.once(in: 2))
    case 1, 2: return .text(random.longText())
    case 3: return .integer(random.one(of: [0, -1, .max, .min, Int64(random.number(-99_999...99_999))]))
    case 4:
      return .array(
        (0..<random.number(0...3)).map { _ in .random(&random, depth: depth - 1, flags: flags) })
    default:
      let names = random.some(of: ["a", "店", "\"", "with space", ""]).shuffled(using: &random)
      return .object(
        names.map { Field(name: $0, value: .random(&random, depth: depth - 1, flags: flags)) })
    }
  }

  static func read(_ bytes: [UInt8]) throws -> JSONValue {
    try JSONCursor.read(bytes) { cursor in try JSONValue(&cursor, of: bytes) }
  }

  private init(_ cursor: inout JSONCursor, of bytes: [UInt8]) throws {
    switch bytes[cursor.offset...].first(where: { !" \t\r\n".utf8.contains($0) }) {
    case UInt8(ascii: "\""): self = .text(try cursor.string())
    case UInt8(ascii: "{"):
      var fields: [Field] = []
      try cursor.object { name, cursor in
        fields.append(Field(name: name, value: try JSONValue(&cursor, of: bytes)))
      }
      self = .object(fields)
    case UInt8(ascii: "["):
      var values: [JSONValue] = []
      try cursor.array { cursor in values.append(try JSONValue(&cursor, of: bytes)) }
      self = .array(values)
    case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .flag(try cursor.bool())
    default: self = .integer(try cursor.integer())
    }
  }

  init?(foundation value: Any) {
    switch value {
    case let text as String: self = .text(text)
    case let number as NSNumber where String(cString: number.objCType) == "c": self = .flag(number.boolValue)
    case let number as NSNumber: self = .integer(number.int64Value)
    case let values as [Any]: self = .array(values.compactMap { JSONValue(foundation: $0) })
    case let fields as [String: Any]:
      let sorted = fields.sorted { $0.key < $1.key }
      self = .object(
        sorted.compactMap { name, value in
          JSONValue(foundation: value).map { Field(name: name, value: $0) }
        })
    default: return nil
    }
  }

  /// With the keys of objects in alphabetical order.
  var unordered: JSONValue {
    switch self {
    case .array(let values): .array(values.map(\.unordered))
    case .object(let fields):
      .object(
        fields.map { Field(name: $0.name, value: $0.value.unordered) }.sorted { $0.name < $1.name })
    default: self
    }
  }

  /// Flags are written as fields only, which random values don't do.
  func write(to json: inout JSONWriter) {
    switch self {
    case .flag: preconditionFailure("no flag here")
    case .text(let text): json.value(text)
    case .integer(let value): json.value(value)
    case .array(let values): json.array { json in for value in values { value.write(to: &json) } }
    case .object(let fields):
      json.object { json in
        for field in fields {
          json.key(field.name)
          field.value.write(to: &json)
        }
      }
    }
  }

  /// As another writer may write it: with white space, and any character escaped.
  func spread(_ random: inout SeededGenerator) -> String {
    let space = random.one(of: ["", " ", "\n", "\t\r\n "])
    switch self {
    case .flag(let flag): return "\(space)\(flag)\(space)"
    case .integer(let value): return "\(space)\(value)\(space)"
    case .text(let text): return space + Self.quoted(text, &random) + space
    case .array(let values):
      return "\(space)[\(values.map { $0.spread(&random) }.joined(separator: ","))\(space)]"
    case .object(let fields):
      let texts = fields.map { field in
        "\(space)\(Self.quoted(field.name, &random))\(space):\(field.value.spread(&random))"
      }
      return "\(space){\(texts.joined(separator: ","))\(space)}"
    }
  }

  private static func quoted(_ text: String, _ random: inout SeededGenerator) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
      if mustEscape || random.once(in: 4) {
        for unit in String(Character(scalar)).utf16 {
          let digits = String(unit, radix: 16, uppercase: random.once(in: 2))
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else {
        result += scalar == "/" && random.once(in: 2) ? "\\/" : String(Character(scalar))
      }
    }
    return result + "\""
  }
}

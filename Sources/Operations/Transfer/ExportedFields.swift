import Domain
import Formats
import FoundationEssentials

/// The fields of a line's object.
struct ExportedFields {
  private(set) var texts: [String: String] = [:]
  private var lists: [String: [String]] = [:]
  private var numbers: [String: Int64] = [:]
  private var flags: [String: Bool] = [:]

  init(_ body: UnsafeBufferPointer<UInt8>, isUntrusted: Bool) throws {
    var cursor = JSONCursor(body, isUntrusted: isUntrusted)
    try cursor.object { key, cursor in
      switch key {
      case "teams", "scopes": lists[key] = try cursor.strings()
      case "number", "size", "attempts", "kept_by_link": numbers[key] = try cursor.count()
      case "disabled", "must_change": flags[key] = try cursor.bool()
      default: texts[key] = try cursor.string()
      }
    }
    try cursor.end()
  }

  func text(_ name: String) throws(ExportedAccess.Malformed) -> String {
    guard let text = texts[name] else { throw .init(problem: "no '\(name)'") }
    return text
  }

  func number(_ name: String) throws(ExportedAccess.Malformed) -> Int {
    guard let number = numbers[name] else { throw .init(problem: "no '\(name)'") }
    return Int(number)
  }

  func optionalNumber(_ name: String) throws(ExportedAccess.Malformed) -> Int? {
    numbers[name] == nil ? nil : try number(name)
  }

  func list(_ name: String) -> [String] { lists[name] ?? [] }

  func flag(_ name: String) -> Bool { flags[name] ?? false }

  func shop(_ name: String) throws(ExportedAccess.Malformed) -> ShopID {
    guard let shop = ShopID(try text(name)) else { throw .init(problem: "'\(name)' isn't a shop's id") }
    return shop
  }

  func digest(_ name: String) throws(ExportedAccess.Malformed) -> [UInt8] {
    let text = try text(name)
    guard let bytes = HexText.bytes(of: text), bytes.count == 32, HexText.of(bytes) == text else {
      throw .init(problem: "'\(name)' isn't a digest: 64 hexadecimal digits in lower case")
    }
    return bytes
  }

  func moment(_ name: String) throws(ExportedAccess.Malformed) -> Moment {
    guard let moment = try optionalMoment(name) else { throw .init(problem: "no '\(name)'") }
    return moment
  }

  func optionalMoment(_ name: String) throws(ExportedAccess.Malformed) -> Moment? {
    guard let text = texts[name] else { return nil }
    guard let moment = Moment(iso8601: text) else { throw .init(problem: "'\(name)' isn't a time") }
    return moment
  }

  func one<Choice: RawRepresentable<String>>(_ name: String) throws(ExportedAccess.Malformed) -> Choice {
    try one(of: try text(name), name)
  }

  func one<Choice: RawRepresentable<String>>(
    of text: String, _ name: String
  ) throws(ExportedAccess.Malformed) -> Choice {
    guard let choice = Choice(rawValue: text) else {
      throw .init(problem: "'\(name)' can't be '\(text.quotable)'")
    }
    return choice
  }

  func content() throws(ExportedAccess.Malformed) -> [UInt8]? {
    guard let text = texts["content"] else { return nil }
    if text.utf8.count > (KeepFile.most + 2) / 3 * 4 {
      throw .init(problem: "'content' has over \(KeepFile.most >> 20) MB")
    }
    guard let data = Data(base64Encoded: text) else { throw .init(problem: "'content' isn't Base64") }
    return Array(data)
  }
}

import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a form or a JSON body says: texts by name, and files. Every value is a list of texts, because forms
/// know nothing else; the API's documents say which are numbers, flags or lists.
struct Fields: Sendable {
  struct File: Sendable {
    let name: String
    let mediaType: String
    let content: [UInt8]
  }

  private(set) var texts: [String: [String]] = [:]
  private(set) var files: [String: File] = [:]

  init(texts: [String: [String]] = [:]) { self.texts = texts }

  /// The field's text, nil where it is missing or nothing but white space: what a form leaves empty.
  subscript(_ name: String) -> String? {
    texts[name]?.first.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
  }

  func all(_ name: String) -> [String] { texts[name] ?? [] }

  func flag(_ name: String) -> Bool {
    texts[name]?.first.map { $0 == "1" || $0 == "true" || $0 == "on" } ?? false
  }

  func required(_ name: String) throws(Problem) -> String {
    if let text = self[name] { return text }
    throw .invalid(name, Wording(en: "is missing; please fill it in", zh: "还没有填写，请填写"))
  }

  func integer(_ name: String) throws(Problem) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text), number >= 0, number < 1_000_000_000 else {
      throw .invalid(name, Wording(en: "'\(text)' isn't a number", zh: "“\(text)”不是数字"))
    }
    return number
  }

  func time(_ name: String) throws(Problem) -> TimeText? {
    guard let text = self[name] else { return nil }
    do throws(TimeTextError) { return try TimeText(text) } catch {
      throw .invalid(name, error.wording)
    }
  }

  mutating func set(_ name: String, _ values: [String]) { texts[name] = values }

  mutating func set(_ name: String, _ file: File) { files[name] = file }
}

extension Fields {
  /// Reads `a=1&b=2`, of a query or a form's body. Broken escapes are refused.
  init(encoded text: some StringProtocol) throws(Problem) {
    for pair in Array(text.utf8).split(separator: UInt8(ascii: "&")) {
      let sign = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      guard let name = Self.decoded(pair[..<sign]), let value = Self.decoded(pair[sign...].dropFirst()) else {
        throw Problem(
          .badRequest, "malformed",
          Wording(en: "an escape such as %E4 in the request is broken", zh: "请求中的转义（如 %E4）不完整"))
      }
      texts[name, default: []].append(value)
    }
  }

  /// Nil where an escape is broken, or what it stands for isn't UTF-8.
  private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst()?.hexDigit, let low = rest.popFirst()?.hexDigit else { return nil }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Reads a flat JSON object: texts, numbers, flags, lists of texts, null for what is absent.
  init(json bytes: [UInt8]) throws(Problem) {
    guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] else {
      throw Problem(
        .badRequest, "malformed", Wording(en: "the body isn't a JSON object", zh: "请求正文不是 JSON 对象"))
    }
    for (name, value) in object {
      guard let values = Self.texts(value) else {
        throw .invalid(name, Wording(en: "this kind of value isn't taken here", zh: "不接受这种类型的值"))
      }
      if let values { texts[name] = values }
    }
  }

  /// Nil for what isn't taken; an inner nil for null.
  private static func texts(_ value: Any) -> [String]?? {
    switch value {
    case is NSNull: return .some(nil)
    case let text as String: return [text]
    case let list as [Any]:
      let texts = list.compactMap { $0 as? String }
      return texts.count == list.count ? .some(texts) : nil
    case let number as NSNumber:
      if CFBooleanLike.isFlag(number) { return [number.boolValue ? "1" : "0"] }
      return [number.stringValue]
    default: return nil
    }
  }
}

extension UInt8 {
  /// What it stands for in a number of base 16; nil for anything else.
  fileprivate var hexDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// Foundation's JSON gives flags as numbers.
private enum CFBooleanLike {
  static func isFlag(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == "c"
      || type(of: number) == type(of: NSNumber(value: true))
        && (number === NSNumber(value: true) || number === NSNumber(value: false))
  }
}

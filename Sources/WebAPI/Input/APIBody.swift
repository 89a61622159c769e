import Domain
import Formats
import WebCore

/// Reads a JSON object by its declared fields: accepts no other fields and no other types.
enum APIBody {
  /// Returns everything that is wrong with fields; throws a problem if the body isn't a JSON object.
  static func read(
    _ bytes: [UInt8], _ fields: [APIOperation.Field], into input: inout APIInput
  ) throws -> [Problem] {
    var faults: [Problem] = []
    do {
      try JSONCursor.read(bytes) { cursor in
        try cursor.object { name, cursor in
          try FormFields.check(name)
          guard let field = fields.first(where: { $0.name == name }) else {
            // For thousands of unknown fields a full list wouldn't help.
            if faults.count < mostFaults { faults.append(APIOperation.unknown(name, among: fields)) }
            try cursor.skipAny()
            return
          }
          if cursor.takeNull() {
            if field.isNullable {
              input.nulls.insert(name)
            } else {
              faults.append(field.wrong("left out rather than null", "省略，而不是 null"))
            }
            return
          }
          guard let values = try values(of: field, &cursor, &faults) else { return }
          for value in values { try FormFields.check(name, value) }
          if let fault = field.fault(values) { faults.append(fault) }
          input.body.set(name, values)
          input.nulls.remove(name)
        }
      }
      return faults
    } catch let fault as JSONCursor.Fault {
      throw Problem(
        .malformed,
        Wording(
          en: "the body isn't a JSON object: byte \(fault.offset + 1): \(fault.expected) expected",
          zh: "请求正文不是 JSON 对象：第 \(fault.offset + 1) 字节处应为 \(fault.expected)"))
    }
  }

  private static let mostFaults = 50

  /// Nil, with the fault noted, if the value has another type.
  private static func values(
    of field: APIOperation.Field, _ cursor: inout JSONCursor, _ faults: inout [Problem]
  ) throws -> [String]? {
    let fault: Problem
    switch field.kind {
    case .text, .line, .prose, .shopID, .duration, .cursor, .time, .beginning, .oneOf, .digest:
      if cursor.isAtText { return [try cursor.string()] }
      fault = field.wrong("a text", "文字")
    case .whole(let range):
      if let number = cursor.takeWholeNumber() { return [String(number)] }
      fault = field.notWhole(range)
    case .flag:
      if let flag = cursor.takeFlag() { return [flag ? "true" : "false"] }
      fault = field.wrong("true or false", "true 或 false")
    case .texts, .lines, .someOf:
      fault = field.wrong("a list of texts", "文字列表")
      guard cursor.isAtList else { break }
      var (texts, isOther): ([String], Bool) = ([], false)
      try cursor.array { cursor in
        if cursor.isAtText {
          texts.append(try cursor.string())
        } else {
          isOther = true
          try cursor.skipAny()
        }
      }
      if !isOther { return texts }
      faults.append(fault)
      return nil
    }
    faults.append(fault)
    try cursor.skipAny()
    return nil
  }
}

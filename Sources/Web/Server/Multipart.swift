import Domain
import Foundation

/// Reads `multipart/form-data` (RFC 7578).
enum Multipart {
  static func read(_ body: [UInt8], boundary: String) throws(Problem) -> Fields {
    var fields = Fields()
    let delimiter = Array("--\(boundary)".utf8)
    var parts = split(body, at: delimiter)[...]
    guard parts.count >= 2, parts.last.map({ $0.starts(with: Array("--".utf8)) }) == true else {
      throw broken
    }
    parts = parts.dropFirst().dropLast()
    for part in parts {
      guard let (head, content) = headAndContent(part) else { throw broken }
      guard let name = parameter("name", in: head) else { throw broken }
      if let file = parameter("filename", in: head) {
        // A browser sends an empty part for a file that wasn't chosen.
        if file.isEmpty, content.isEmpty { continue }
        fields.set(
          name,
          Fields.File(
            name: file, mediaType: line("content-type", in: head) ?? "application/octet-stream",
            content: Array(content)))
      } else {
        guard let text = String(validating: content, as: UTF8.self) else { throw broken }
        fields.set(name, fields.all(name) + [text])
      }
    }
    return fields
  }

  private static let broken = Problem(
    .badRequest, "malformed", Wording(en: "the form's parts can't be read", zh: "表单内容无法读取"))

  private static func split(_ body: [UInt8], at delimiter: [UInt8]) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = 0
    var index = 0
    while index + delimiter.count <= body.count {
      if body[index] == delimiter[0], index == 0 || body[index - 1] == UInt8(ascii: "\n"),
        body[index..<index + delimiter.count].elementsEqual(delimiter)
      {
        parts.append(body[start..<index])
        index += delimiter.count
        start = index
      } else {
        index += 1
      }
    }
    parts.append(body[start...])
    return parts
  }

  /// A part begins with the end of its delimiter's line, and ends with a line end that belongs to the next one.
  private static func headAndContent(_ part: ArraySlice<UInt8>) -> (head: [String], ArraySlice<UInt8>)? {
    let lineEnd = Array("\r\n".utf8)
    guard part.starts(with: lineEnd), part.suffix(2).elementsEqual(lineEnd), part.count >= 4 else {
      return nil
    }
    var rest = part.dropFirst(2)
    var head: [String] = []
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      let line = rest[rest.startIndex..<end]
      rest = rest[(end + 1)...]
      if line.elementsEqual([UInt8(ascii: "\r")]) {
        guard rest.count >= 2 else { return nil }
        return (head, rest.dropLast(2))
      }
      guard let text = String(validating: line.dropLast(), as: UTF8.self) else { return nil }
      head.append(text)
    }
    return nil
  }

  private static func line(_ name: String, in head: [String]) -> String? {
    for line in head {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == name { return String(parts[1].trimmingPrefix(" ")) }
    }
    return nil
  }

  /// `name="…"` of the part's disposition; browsers write `"` in a name as `%22`.
  private static func parameter(_ name: String, in head: [String]) -> String? {
    guard let disposition = line("content-disposition", in: head),
      let start = disposition.range(of: "; \(name)=\"")?.upperBound
    else { return nil }
    let rest = disposition[start...]
    guard let end = rest.firstIndex(of: "\"") else { return nil }
    return rest[..<end].replacingOccurrences(of: "%22", with: "\"")
  }
}

import Foundation

/// The texts in both languages that stand in the program's source, as `en: "…", zh: "…"`.
enum SourceTexts {
  struct Pair {
    let file: String
    let line: Int
    /// Without what is put into them.
    let en: String
    let zh: String
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")

  static func source(_ file: String) throws -> String {
    try String(contentsOf: folder.appending(path: file), encoding: .utf8)
  }

  static func pairs() throws -> [Pair] {
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return try files.filter { $0.hasSuffix(".swift") }.sorted().flatMap { try pairs(in: $0) }
  }

  private static func pairs(in file: String) throws -> [Pair] {
    let text = try source(file)
    var pairs: [Pair] = []
    for match in text.matches(of: /\ben:\s*(?=")/) {
      var rest = text[match.range.upperBound...]
      let en = literal(&rest)
      guard let between = rest.prefixMatch(of: /\s*,\s*zh:\s*(?=")/) else { continue }
      rest = rest[between.range.upperBound...]
      let line = 1 + text[..<match.range.lowerBound].utf8.count { $0 == UInt8(ascii: "\n") }
      pairs.append(Pair(file: file, line: line, en: en, zh: literal(&rest)))
    }
    return pairs
  }

  /// Takes a string literal off the front; what is interpolated, in whatever depth, is left out.
  private static func literal(_ rest: inout Substring) -> String {
    let quote = rest.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
    rest = rest.dropFirst(quote.count)
    var text = ""
    while !rest.hasPrefix(quote), let character = rest.popFirst() {
      guard character == "\\" else {
        text.append(character)
        continue
      }
      if rest.popFirst() == "(" { skipInterpolation(&rest) }
    }
    rest = rest.dropFirst(quote.count)
    return text
  }

  private static func skipInterpolation(_ rest: inout Substring) {
    var depth = 1
    while depth > 0, let character = rest.first {
      if character == "\"" {
        _ = literal(&rest)
        continue
      }
      rest.removeFirst()
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
    }
  }
}

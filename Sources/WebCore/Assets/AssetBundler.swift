/// Strips comments and white space from styles and scripts.
enum AssetBundler {
  /// Minifies a style sheet. It must not contain strings in which white space matters.
  static func css(_ text: String) -> String {
    var lean = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "/*") {
      lean += squeezed(rest[..<start.lowerBound])
      let comment = rest[start.upperBound...]
      rest = comment.firstRange(of: "*/").map { comment[$0.upperBound...] } ?? ""
    }
    return lean + squeezed(rest)
  }

  private static func squeezed(_ text: Substring) -> String {
    var squeezed: [UInt8] = []
    var hasSpace = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") {
        hasSpace = true
        continue
      }
      let clings = "{};".utf8.contains(byte) || (squeezed.last.map { "{};:,".utf8.contains($0) } ?? true)
      if hasSpace, !clings { squeezed.append(UInt8(ascii: " ")) }
      hasSpace = false
      squeezed.append(byte)
    }
    return String(decoding: squeezed, as: UTF8.self)
  }

  /// Minifies a script: removes indentation and comment lines. It must not contain multi-line strings.
  /// Concatenated modules must not import or export anything.
  package static func script(_ text: String) -> String {
    var lines: [Substring] = []
    var isComment = false
    for line in text.split(separator: "\n") {
      let line = line.drop { $0 == " " }
      if line.hasPrefix("/**") { isComment = true }
      if !isComment, !line.hasPrefix("//"), !line.hasPrefix("import ") {
        lines.append(line.hasPrefix("export ") ? line.dropFirst("export ".count) : line)
      }
      if line.hasSuffix("*/") { isComment = false }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

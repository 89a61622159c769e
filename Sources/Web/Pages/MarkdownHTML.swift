import Reports

/// The little Markdown that checklists are written in, as pages show it: paragraphs, lists, headings, emphasis,
/// code, and links to the web. Anything else, HTML too, is text.
enum MarkdownHTML {
  static func blocks(_ text: String) -> HTML {
    var blocks: [HTML] = []
    var open = Block.paragraph([])
    func close() {
      if let markup = open.markup { blocks.append(markup) }
      open = .paragraph([])
    }
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let line = line.drop(while: \.isWhitespace)
      if line.isEmpty {
        close()
      } else if line.hasPrefix("#") {
        close()
        blocks.append("<p><strong>\(inline(String(line.drop { $0 == "#" || $0 == " " })))</strong></p>")
      } else if let item = listed(line) {
        if case .list(let isOrdered, let items) = open, isOrdered == item.isOrdered {
          open = .list(isOrdered: isOrdered, items + [item.text])
        } else {
          close()
          open = .list(isOrdered: item.isOrdered, [item.text])
        }
      } else {
        open.append(String(line))
      }
    }
    close()
    return "\(blocks)"
  }

  private enum Block {
    case paragraph([String])
    case list(isOrdered: Bool, [String])

    /// A further line of the paragraph, or of the list's last item.
    mutating func append(_ line: String) {
      switch self {
      case .paragraph(let lines): self = .paragraph(lines + [line])
      case .list(let isOrdered, var items):
        items[items.count - 1] += "\n" + line
        self = .list(isOrdered: isOrdered, items)
      }
    }

    var markup: HTML? {
      switch self {
      case .paragraph([]): nil
      case .paragraph(let lines): "<p>\(inline(lines.joined(separator: "\n")))</p>"
      case .list(let isOrdered, let items):
        isOrdered ? "<ol>\(items.map(Self.item))</ol>" : "<ul>\(items.map(Self.item))</ul>"
      }
    }

    private static func item(_ text: String) -> HTML { "<li>\(inline(text))</li>" }
  }

  private static func listed(_ line: Substring) -> (isOrdered: Bool, text: String)? {
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return (false, String(line.dropFirst(2))) }
    let digits = line.prefix(while: { $0.isASCII && $0.isNumber })
    let rest = line.dropFirst(digits.count)
    guard 1...3 ~= digits.count, rest.hasPrefix(". ") else { return nil }
    return (true, String(rest.dropFirst(2)))
  }

  /// Emphasis, code and links within a text.
  static func inline(_ text: String) -> HTML {
    guard text.utf8.contains(where: { "`*_[".utf8.contains($0) }) else { return "\(text)" }
    var pieces: [HTML] = []
    var rest = text[...]
    var plain = rest.startIndex
    func keepPlain(until end: Substring.Index) {
      if plain < end { pieces.append("\(String(text[plain..<end]))") }
    }
    while let start = rest.firstIndex(where: { "`*_[".contains($0) }) {
      guard let (piece, end) = marked(text[start...], previous: text[..<start].last) else {
        rest = text[text.index(after: start)...]
        continue
      }
      keepPlain(until: start)
      pieces.append(piece)
      rest = text[end...]
      plain = end
    }
    keepPlain(until: text.endIndex)
    return "\(pieces)"
  }

  private static func marked(
    _ text: Substring, previous: Character?
  ) -> (piece: HTML, end: Substring.Index)? {
    if text.hasPrefix("[") { return link(text) }
    // Within a word an underscore is part of a name.
    if text.hasPrefix("_"), let previous, previous.isASCII, previous.isLetter || previous.isNumber {
      return nil
    }
    for mark in ["**", "__", "`", "*", "_"] where text.hasPrefix(mark) {
      let body = text.dropFirst(mark.count)
      guard let end = body.firstRange(of: mark), end.lowerBound > body.startIndex,
        body.first?.isWhitespace == false
      else { continue }
      let inner = String(body[..<end.lowerBound])
      let piece: HTML =
        switch mark {
        case "`": "<code>\(inner)</code>"
        case "**", "__": "<strong>\(inline(inner))</strong>"
        default: "<em>\(inline(inner))</em>"
        }
      return (piece, end.upperBound)
    }
    return nil
  }

  private static func link(_ text: Substring) -> (piece: HTML, end: Substring.Index)? {
    guard let middle = text.firstRange(of: "]("),
      let close = text[middle.upperBound...].firstIndex(of: ")")
    else { return nil }
    let address = String(text[middle.upperBound..<close])
    guard address.hasPrefix("https://") || address.hasPrefix("http://"), !address.contains(" ") else {
      return nil
    }
    let label = String(text[text.index(after: text.startIndex)..<middle.lowerBound])
    return (#"<a href="\#(address)" rel="noreferrer">\#(label)</a>"#, text.index(after: close))
  }
}

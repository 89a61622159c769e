import Formats
import Reports
import WebCore

/// Renders the subset of Markdown that checklists use: paragraphs, lists, headings, emphasis, code, and web
/// links. Everything else, including HTML, is text.
enum MarkdownHTML {
  static func blocks(_ text: String) -> HTML {
    var blocks: [HTML] = []
    var open = OpenBlock()
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let line = Array(line.drop(while: \.isWhitespace).utf8)
      switch line.first {
      case nil: open.close(into: &blocks)
      case UInt8(ascii: "#"):
        open.close(into: &blocks)
        let title = line.drop { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: " ") }
        blocks.append("<p><strong>\(inline(title))</strong></p>")
      default:
        if let item = listed(line) {
          if open.isOrdered != item.isOrdered { open.close(into: &blocks) }
          open.isOrdered = item.isOrdered
          open.texts.append(Array(item.text))
        } else {
          open.append(line)
        }
      }
    }
    open.close(into: &blocks)
    return "\(blocks)"
  }

  /// A paragraph or list that isn't complete yet.
  private struct OpenBlock {
    /// Nil for a paragraph.
    var isOrdered: Bool?
    var texts: [[UInt8]] = []

    /// Continues the paragraph or the list's last item.
    mutating func append(_ line: [UInt8]) {
      guard let last = texts.indices.last else { return texts.append(line) }
      texts[last].append(UInt8(ascii: "\n"))
      texts[last] += line
    }

    mutating func close(into blocks: inout [HTML]) {
      switch isOrdered {
      case nil: if let text = texts.first { blocks.append("<p>\(inline(text[...]))</p>") }
      case true?: blocks.append("<ol>\(texts.map(Self.item))</ol>")
      case false?: blocks.append("<ul>\(texts.map(Self.item))</ul>")
      }
      self = OpenBlock()
    }

    private static func item(_ text: [UInt8]) -> HTML { "<li>\(inline(text[...]))</li>" }
  }

  private static func listed(_ line: [UInt8]) -> (isOrdered: Bool, text: ArraySlice<UInt8>)? {
    if line.starts(with: "- ".utf8) || line.starts(with: "* ".utf8) { return (false, line.dropFirst(2)) }
    let digits = line.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    let rest = line[digits.endIndex...]
    guard 1...3 ~= digits.count, rest.starts(with: ". ".utf8) else { return nil }
    return (true, rest.dropFirst(2))
  }

  /// Emphasis, code and links within a text.
  static func inline(_ text: String) -> HTML { inline(Array(text.utf8)[...]) }

  private static func inline(_ text: ArraySlice<UInt8>) -> HTML {
    var inline = MarkdownInline(text)
    return inline.markup()
  }
}

/// Parses emphasis, code and links from left to right. Remembers where each mark occurs next, because a text
/// of unclosed marks would otherwise be searched to its end for each of them.
private struct MarkdownInline {
  private enum Mark: Int, CaseIterable {
    case strong, strongUnderscores, code, emphasis, emphasisUnderscore, linkMiddle, linkEnd

    var text: StaticString {
      switch self {
      case .strong: "**"
      case .strongUnderscores: "__"
      case .code: "`"
      case .emphasis: "*"
      case .emphasisUnderscore: "_"
      case .linkMiddle: "]("
      case .linkEnd: ")"
      }
    }

    static let ofTexts: [Mark] = [.strong, .strongUnderscores, .code, .emphasis, .emphasisUnderscore]
  }

  private let text: ArraySlice<UInt8>
  /// The first place of each mark at or after the last search's start; the text's end for none.
  private var next = [Int](repeating: -1, count: Mark.allCases.count)
  /// The parsed URL after a link's middle, so that a long one isn't parsed again for each bracket before it.
  private var address: (middle: Int, text: String?) = (-1, nil)

  init(_ text: ArraySlice<UInt8>) { self.text = text }

  mutating func markup() -> HTML {
    var pieces: [HTML] = []
    var place = text.startIndex
    var plain = place
    while place < text.endIndex {
      guard Self.begins(text[place]), let (piece, end) = marked(at: place) else {
        place += 1
        continue
      }
      if plain < place { pieces.append("\(string(plain..<place))") }
      pieces.append(piece)
      (place, plain) = (end, end)
    }
    if plain < place { pieces.append("\(string(plain..<place))") }
    return "\(pieces)"
  }

  private static func begins(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "`"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "["): true
    default: false
    }
  }

  private func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

  private mutating func marked(at place: Int) -> (piece: HTML, end: Int)? {
    if text[place] == UInt8(ascii: "[") { return link(at: place) }
    // An underscore within a word is part of a name.
    if text[place] == UInt8(ascii: "_"), place > text.startIndex, Self.isWordCharacter(text[place - 1]) {
      return nil
    }
    for mark in Mark.ofTexts where stands(mark, at: place) {
      let body = place + mark.text.utf8CodeUnitCount
      let end = find(mark, from: body)
      guard end < text.endIndex, end > body, !beginsWithSpace(at: body) else { continue }
      let inner = text[body..<end]
      let piece: HTML
      switch mark {
      case .code: piece = "<code>\(string(body..<end))</code>"
      case .strong, .strongUnderscores:
        var inline = MarkdownInline(inner)
        piece = "<strong>\(inline.markup())</strong>"
      default:
        var inline = MarkdownInline(inner)
        piece = "<em>\(inline.markup())</em>"
      }
      return (piece, end + mark.text.utf8CodeUnitCount)
    }
    return nil
  }

  private static func isWordCharacter(_ byte: UInt8) -> Bool {
    switch byte | 0x20 {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte >= 0x41
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte >= 0x30
    default: false
    }
  }

  private func beginsWithSpace(at place: Int) -> Bool {
    // A scalar has at most four bytes; a truncated one after it doesn't matter.
    String(decoding: text[place...].prefix(4), as: UTF8.self).unicodeScalars.first?.properties.isWhitespace
      ?? false
  }

  private mutating func link(at place: Int) -> (piece: HTML, end: Int)? {
    let middle = find(.linkMiddle, from: place + 1)
    guard middle < text.endIndex else { return nil }
    let close = find(.linkEnd, from: middle + 2)
    guard close < text.endIndex else { return nil }
    if address.middle != middle {
      let written = string((middle + 2)..<close)
      let isTaken =
        (written.utf8.starts(with: "https://".utf8) || written.utf8.starts(with: "http://".utf8))
        && !written.utf8.contains(UInt8(ascii: " "))
      address = (middle, isTaken ? written : nil)
    }
    guard let address = address.text else { return nil }
    let label = string((place + 1)..<middle)
    return (#"<a href="\#(address)" rel="noreferrer">\#(label)</a>"#, close + 1)
  }

  private func stands(_ mark: Mark, at place: Int) -> Bool {
    let (start, count) = (mark.text.utf8Start, mark.text.utf8CodeUnitCount)
    guard place + count <= text.endIndex else { return false }
    return (0..<count).allSatisfy { text[place + $0] == start[$0] }
  }

  /// The first place of a mark at or after `place`, which never decreases between calls.
  private mutating func find(_ mark: Mark, from place: Int) -> Int {
    if next[mark.rawValue] >= place { return next[mark.rawValue] }
    var found = place
    while found < text.endIndex, !stands(mark, at: found) { found += 1 }
    next[mark.rawValue] = min(found, text.endIndex)
    return next[mark.rawValue]
  }
}

import Domain
import YAMLReading

/// Quotes lines of a file in a single pass; places must be ascending.
struct LineQuoter {
  /// In scalars, before the place and in total.
  private static let before = 60
  private static let shown = 140

  private let bytes: [UInt8]
  private var line = 1
  private var column = 1
  private var lineStart: Int
  private var offset: Int
  private var last: (place: YAMLPlace, excerpt: Excerpt?)?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    lineStart = offset
  }

  /// Nil for a place in an empty line or past the end of the file.
  mutating func excerpt(at place: YAMLPlace) -> Excerpt? {
    if let last, last.place == place { return last.excerpt }
    guard advance(to: place) else { return nil }
    let excerpt = quote()
    last = (place, excerpt)
    return excerpt
  }

  /// Moves to a place, or to the end of its line if the place lies beyond.
  private mutating func advance(to place: YAMLPlace) -> Bool {
    bytes.withUnsafeBufferPointer { text in
      while offset < text.count, (line, column) < (place.line, place.column) {
        let breakLength = text.lineBreakLength(at: offset)
        if breakLength > 0 {
          if line == place.line { break }
          line += 1
          column = 1
          offset += breakLength
          lineStart = offset
        } else {
          offset = Self.after(offset, in: text)
          column += 1
        }
      }
    }
    return line == place.line
  }

  private func quote() -> Excerpt? {
    bytes.withUnsafeBufferPointer { text in
      var start = offset
      var stepsBack = 0
      let mostBack = column <= Self.shown / 2 ? column : Self.before
      while start > lineStart, stepsBack < mostBack {
        start -= 1
        if text[start] & 0xC0 != 0x80 { stepsBack += 1 }
      }
      var end = offset
      var steps = stepsBack
      while end < text.count, text.lineBreakLength(at: end) == 0, steps < Self.shown {
        end = Self.after(end, in: text)
        steps += 1
      }
      guard end > start else { return nil }
      var printed = PrintedLine(room: end - start)
      if start > lineStart { printed.append("…") }
      printed.append(decoding: text[start..<offset])
      let cells = printed.cells
      printed.append(decoding: text[offset..<end])
      if end < text.count, text.lineBreakLength(at: end) == 0 { printed.append("…") }
      return Excerpt(text: printed.text, cellsBefore: cells)
    }
  }

  /// The offset of the next scalar.
  private static func after(_ offset: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var next = offset + 1
    while next < text.count, text[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }
}

/// A line as a terminal shows it, with its width.
private struct PrintedLine {
  private var utf8: [UInt8] = []
  /// Where the text after the last tab begins, and the cells before it.
  private var segment = (start: 0, cells: 0)

  init(room: Int) { utf8.reserveCapacity(room + 6) }

  var text: String { String(decoding: utf8, as: UTF8.self) }

  var cells: Int {
    segment.cells + DisplayWidth.of(String(decoding: utf8[segment.start...], as: UTF8.self))
  }

  mutating func append(decoding bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    if bytes.allSatisfy({ 0x20...0x7E ~= $0 }) {
      utf8.append(contentsOf: bytes)
    } else {
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars { append(scalar) }
    }
  }

  mutating func append(_ scalar: Unicode.Scalar) {
    if scalar == "\t" {
      let before = cells
      let after = (before / 4 + 1) * 4
      utf8.append(contentsOf: repeatElement(UInt8(ascii: " "), count: after - before))
      segment = (utf8.count, after)
    } else {
      let shown = scalar.isPlainlyVisible ? scalar : "\u{FFFD}"
      utf8.append(contentsOf: UTF8.encode(shown) ?? UTF8.encodedReplacementCharacter)
    }
  }
}

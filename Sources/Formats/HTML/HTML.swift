/// A piece of markup. Interpolated texts are escaped, so that nobody can forget to; only literals and other
/// pieces count as markup.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
  /// Literals stay in the program's read-only memory; anything composed has bytes of its own.
  private enum Content {
    case literal(String)
    case bytes([UInt8])
  }

  private let content: Content

  package var markup: String {
    switch content {
    case .literal(let text): text
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    }
  }

  package var bytes: [UInt8] {
    switch content {
    case .literal(let text): Array(text.utf8)
    case .bytes(let bytes): bytes
    }
  }

  package var isEmpty: Bool { count == 0 }

  fileprivate var count: Int {
    switch content {
    case .literal(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    }
  }

  /// Takes a literal as markup, unescaped.
  package init(stringLiteral markup: String) { content = .literal(markup) }

  package init(stringInterpolation: StringInterpolation) { content = .bytes(stringInterpolation.bytes) }

  private init(bytes: [UInt8]) { content = .bytes(bytes) }

  package static let empty: HTML = ""

  /// Takes a file of the program's own, such as a style sheet, as markup, unescaped.
  package static func trusted(_ markup: String) -> HTML { HTML(stringLiteral: markup) }

  /// Takes bytes of an earlier piece as markup, unescaped.
  package static func trusted(_ bytes: [UInt8]) -> HTML { HTML(bytes: bytes) }

  package static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }

  /// Escapes interpolated texts.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + 40 * interpolationCount)
    }

    /// Unescaped: literals are the program's own.
    package mutating func appendLiteral(_ literal: String) { bytes.append(markup: literal) }

    /// Unescaped: a piece has been escaped already.
    package mutating func appendInterpolation(_ piece: HTML) {
      switch piece.content {
      case .literal(let text): bytes.append(markup: text)
      case .bytes(let more):
        makeRoom(more.count)
        bytes.append(contentsOf: more)
      }
    }

    /// Reserves a little more than the piece needs: appending the closing tag would otherwise grow the buffer
    /// again and copy the piece once more.
    private mutating func makeRoom(_ count: Int) {
      let needed = bytes.count + count
      if needed > bytes.capacity { bytes.reserveCapacity(needed + 1024) }
    }

    package mutating func appendInterpolation(_ pieces: [HTML]) {
      makeRoom(pieces.reduce(0) { $0 + $1.count })
      for piece in pieces { appendInterpolation(piece) }
    }

    /// Escapes a text for use in content and in attributes with double quotes.
    package mutating func appendInterpolation(_ text: String) { bytes.append(escaped: text) }

    package mutating func appendInterpolation(_ number: Int) { bytes.append(decimal: Int64(number)) }

    /// Escapes a text that somebody typed and isolates it with `<bdi>`, so that its writing direction doesn't
    /// affect the rest.
    package mutating func appendInterpolation(typed text: String) {
      bytes.append("<bdi>")
      bytes.append(escaped: text)
      bytes.append("</bdi>")
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(markup text: String) {
    var text = text
    text.withUTF8 { source in append(atMost: source.count) { $0.put(source) } }
  }

  fileprivate mutating func append(escaped text: String) {
    var text = text
    if text.withUTF8({ Self.isPlain($0) }) { return append(markup: text) }
    for byte in ControlCharacters.shown(in: text).utf8 {
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case UInt8(ascii: "\""): append("&quot;")
      case UInt8(ascii: "'"): append("&#39;")
      default: append(byte)
      }
    }
  }

  /// The fast path: most texts hold no markup characters and no control characters.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in text {
      switch byte {
      case 0x20, 0x21, 0x23...0x25, 0x28...0x3B, 0x3D, 0x3F...0x7E, 0x80...0xC1, 0xC3...: continue
      default: return false
      }
    }
    return true
  }
}

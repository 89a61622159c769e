/// A piece of a page. Texts that are interpolated are escaped, so that nobody can forget to; only literals
/// and other pieces are taken as markup.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
  /// Literals stay where the program has them; what is put together stands in bytes of its own.
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

  /// The markup in UTF-8.
  package var bytes: [UInt8] {
    switch content {
    case .literal(let text): Array(text.utf8)
    case .bytes(let bytes): bytes
    }
  }

  /// Whether there is nothing in it.
  package var isEmpty: Bool { count == 0 }

  fileprivate var count: Int {
    switch content {
    case .literal(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    }
  }

  /// Takes markup of the program's own.
  package init(stringLiteral markup: String) { content = .literal(markup) }

  package init(stringInterpolation: StringInterpolation) { content = .bytes(stringInterpolation.bytes) }

  private init(bytes: [UInt8]) { content = .bytes(bytes) }

  /// Nothing.
  package static let empty: HTML = ""

  /// Markup that a file of the program holds, such as a style sheet.
  package static func trusted(_ markup: String) -> HTML { HTML(stringLiteral: markup) }

  /// Markup that was a piece before.
  package static func trusted(_ bytes: [UInt8]) -> HTML { HTML(bytes: bytes) }

  /// One piece after another.
  package static func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }

  /// Puts texts into markup.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + 40 * interpolationCount)
    }

    /// Markup as it is.
    package mutating func appendLiteral(_ literal: String) { bytes.append(markup: literal) }

    /// Another piece as it is.
    package mutating func appendInterpolation(_ piece: HTML) {
      switch piece.content {
      case .literal(let text): bytes.append(markup: text)
      case .bytes(let more):
        makeRoom(more.count)
        bytes.append(contentsOf: more)
      }
    }

    /// Makes room for a piece and a little more: what closes the element around it would make the buffer grow again,
    /// and copy the piece once more.
    private mutating func makeRoom(_ count: Int) {
      let needed = bytes.count + count
      if needed > bytes.capacity { bytes.reserveCapacity(needed + 1024) }
    }

    /// Pieces one after another.
    package mutating func appendInterpolation(_ pieces: [HTML]) {
      makeRoom(pieces.reduce(0) { $0 + $1.count })
      for piece in pieces { appendInterpolation(piece) }
    }

    /// A text of the program's own, escaped for content and for attributes in double quotes.
    package mutating func appendInterpolation(_ text: String) { bytes.append(escaped: text) }

    package mutating func appendInterpolation(_ number: Int) { bytes.append(decimal: Int64(number)) }

    /// A text that somebody typed: its direction of writing stays its own affair.
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

  /// Most texts hold nothing that is taken for markup, and no control character.
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

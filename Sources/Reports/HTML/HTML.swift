/// A piece of a page. Texts that are interpolated are escaped, so that nobody can forget to; only literals
/// and other pieces are taken as markup.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
  /// The markup.
  package private(set) var markup: String

  /// Takes markup of the program's own.
  package init(stringLiteral markup: String) { self.markup = markup }

  package init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

  /// Nothing.
  package static let empty: HTML = ""

  /// Markup that a file of the program holds, such as a style sheet.
  package static func trusted(_ markup: String) -> HTML { HTML(stringLiteral: markup) }

  /// One piece after another.
  package static func + (left: HTML, right: HTML) -> HTML { trusted(left.markup + right.markup) }

  /// Puts texts into markup.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity + 40 * interpolationCount)
    }

    /// Markup as it is.
    package mutating func appendLiteral(_ literal: String) { markup += literal }

    /// Another piece as it is.
    package mutating func appendInterpolation(_ piece: HTML) { markup += piece.markup }

    /// Pieces one after another.
    package mutating func appendInterpolation(_ pieces: [HTML]) {
      markup.reserveCapacity(pieces.reduce(markup.utf8.count) { $0 + $1.markup.utf8.count })
      for piece in pieces { markup += piece.markup }
    }

    /// A text of the program's own, escaped for content and for attributes in double quotes.
    package mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }

    /// A number.
    package mutating func appendInterpolation(_ number: Int) { markup += String(number) }

    /// A text that somebody typed: its direction of writing stays its own affair.
    package mutating func appendInterpolation(typed text: String) {
      markup += "<bdi>" + HTML.escaped(text) + "</bdi>"
    }
  }

  /// Most texts hold nothing that is taken for markup, and no control character.
  private static func isPlain(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      for byte in bytes {
        switch byte {
        case 0x20, 0x21, 0x23...0x25, 0x28...0x3B, 0x3D, 0x3F...0x7E, 0x80...0xC1, 0xC3...: continue
        default: return false
        }
      }
      return true
    }
  }

  private static func escaped(_ text: String) -> String {
    if isPlain(text) { return text }
    let text = TerminalText.withoutControls(text)
    guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

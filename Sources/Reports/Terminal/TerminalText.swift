import Domain
import Formats

/// Makes typed texts fit for a terminal: harmless and no wider than the space available.
package enum TerminalText {
  /// One line without anything a terminal would act on: line breaks become `⏎`, tabs spaces, and control and
  /// bidi control characters are shown as `\u{1B}`.
  package static func safe(_ text: String) -> String {
    guard needsEscaping(text) else { return text }
    var line = ""
    for character in text {
      switch character {
      case "\n", "\r\n", "\r", "\u{2028}", "\u{2029}": line.append("⏎")
      case "\t": line.append(" ")
      default:
        for scalar in character.unicodeScalars {
          if ControlCharacters.contain(scalar) || turnsDirection(scalar) {
            ControlCharacters.appendCode(of: scalar, to: &line)
          } else {
            line.unicodeScalars.append(scalar)
          }
        }
      }
    }
    return line
  }

  /// At most `cells` wide, including the `…` that replaces what is cut off.
  package static func truncated(_ text: String, to cells: Int) -> String {
    guard text.utf8.count > cells, DisplayWidth.of(text) > cells else { return text }
    return cells > 0 ? prefix(of: text, cells: cells - 1) + "…" : ""
  }

  /// As much of the beginning as fits, without trailing spaces.
  static func prefix(of text: String, cells: Int) -> String {
    var kept = ""
    var room = cells
    for character in text {
      let width = DisplayWidth.of(character)
      if width > room { break }
      kept.append(character)
      room -= width
    }
    while kept.last == " " { kept.removeLast() }
    return kept
  }

  /// Left-aligned, at least `cells` wide.
  package static func padded(_ text: String, to cells: Int) -> String {
    text + spaces(cells - DisplayWidth.of(text))
  }

  /// Right-aligned, for numbers, at least `cells` wide.
  package static func rightAligned(_ text: String, to cells: Int) -> String {
    spaces(cells - DisplayWidth.of(text)) + text
  }

  static func spaces(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
  }

  private static func needsEscaping(_ text: String) -> Bool {
    text.utf8.contains { byte in
      switch byte {
      case 0..<0x20, 0x7F, 0xC2, 0xD8, 0xE2: true
      default: false
      }
    }
  }

  /// Marks, embeddings, overrides and isolates, which change the direction of the text that follows.
  private static func turnsDirection(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

import Domain
import Formats

/// Breaks texts into lines by terminal cells; Chinese may be broken between characters.
package enum Wrapping {
  /// Lines at most `cells` wide; lines of a paragraph after its first are indented.
  package static func lines(of text: String, cells width: Int, indent: Int = 0) -> [String] {
    ControlCharacters.shown(in: text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .flatMap { paragraph -> [String] in
        var lines: [String] = []
        var line = ""
        var cells = 0
        for word in words(of: paragraph) {
          let size = DisplayWidth.of(word)
          if cells + size > width, cells > indent {
            while line.last == " " { line.removeLast() }
            lines.append(line)
            line = TerminalText.spaces(indent)
            cells = indent
            if word == " " { continue }
          }
          line += word
          cells += size
        }
        lines.append(line)
        return lines
      }
  }

  /// Splits where a line may be broken: at spaces, and between Chinese characters, but not before closing
  /// marks or after opening ones.
  private static func words(of text: Substring) -> [String] {
    var words: [String] = []
    for character in text {
      let isWide = DisplayWidth.of(character) == 2
      let staysWithLast = "，。；：？！、）》”’".contains(character)
      if character == " " {
        words.append(" ")
      } else if let last = words.last, last != " ",
        staysWithLast || !isWide && !(last.last.map { DisplayWidth.of($0) == 2 } ?? false)
          || "（《“‘".contains(last.last ?? " ")
      {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
    }
    return words
  }
}

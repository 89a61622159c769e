import Domain
import Formats

/// Breaks texts into lines by cells, Chinese between its characters.
package enum Wrapping {
  /// Lines no wider than `cells`; those after a paragraph's first stand in by `indent`.
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

  /// Where a line may be broken: at spaces, and between Chinese characters, but not before closing marks
  /// nor after opening ones.
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

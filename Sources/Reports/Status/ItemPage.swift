import Domain
import Operations

/// One item with all that helps to do it, for a terminal.
package struct ItemPage {
  private let language: Language
  private let zones: any ZoneSource
  private let now: Moment
  private let width: Int
  private let palette: Palette

  package init(language: Language, zones: any ZoneSource, now: Moment, width: Int, palette: Palette) {
    self.language = language
    self.zones = zones
    self.now = now
    self.width = max(width, 20)
    self.palette = palette
  }

  /// All lines, each with its line break, an empty one first.
  package func render(_ item: ItemStatus, in run: RunStatus) -> String {
    let definition = item.definition
    var lines = ["", palette(.heading, "\(definition.id)  \(TerminalText.safe(definition.title(language)))")]
    if let dueAt = item.dueAt {
      let zone = zones.zone(named: run.timeZone) ?? .utc
      let standing = DurationText.standing(due: dueAt, now: now)(language)
      let due = Wording(
        en: "due \(zone.format(dueAt)), \(standing)", zh: "截止 \(zone.format(dueAt))，\(standing)")
      lines.append(palette(item.overdue ? .late : .secondary, due(language)))
    }
    if let hindrance = Hindrance(item).wording {
      lines.append(palette(.soon, TerminalText.safe(hindrance(language))))
    }
    if let note = item.note {
      lines.append(contentsOf: wrapped(Wording(en: "note: \(note)", zh: "备注：\(note)")(language), indent: 0))
    }
    if let details = definition.details { lines += wrapped(details(language), indent: 0) }
    for (number, step) in definition.steps.enumerated() {
      lines += wrapped("\(number + 1). \(step(language))", indent: 3)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Lines no wider than the terminal; those after a paragraph's first stand in by `indent`.
  private func wrapped(_ text: String, indent: Int) -> [String] {
    TerminalText.withoutControls(text).split(whereSeparator: \.isNewline).flatMap { paragraph -> [String] in
      var lines: [String] = []
      var line = ""
      var cells = 0
      for word in Words.of(paragraph) {
        let size = DisplayWidth.of(word)
        if cells + size > width, cells > indent {
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
}

/// Where a line may be broken: at spaces, and between Chinese characters, but not before closing marks.
enum Words {
  static func of(_ text: Substring) -> [String] {
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

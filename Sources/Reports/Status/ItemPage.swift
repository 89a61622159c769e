import Domain
import Operations

/// One item with everything that helps to do it, for a terminal.
package struct ItemPage {
  private let language: Language
  private let zone: Zone
  private let now: Moment
  private let width: Int
  private let palette: Palette

  /// - Parameter zone: the shop's.
  package init(language: Language, zone: Zone, now: Moment, width: Int, palette: Palette) {
    self.language = language
    self.zone = zone
    self.now = now
    self.width = max(width, 20)
    self.palette = palette
  }

  /// All lines including line breaks, beginning with an empty one.
  package func render(_ item: ItemStatus) -> String {
    let definition = item.definition
    let heading = "\(definition.id)  \(TerminalText.safe(definition.title(language)))"
    var lines = [""] + Wrapping.lines(of: heading, cells: width, indent: 2).map { palette(.heading, $0) }
    if let dueAt = item.dueAt {
      let standing = DurationText.standing(due: dueAt, now: now)(language)
      let due = Wording(
        en: "due \(zone.formatDue(dueAt)), \(standing)", zh: "截止 \(zone.formatDue(dueAt))，\(standing)")
      lines.append(palette(item.overdue ? .late : .secondary, due(language)))
    }
    if let hindrance = Obstacle(item).wording {
      lines.append(palette(.soon, TerminalText.safe(hindrance(language))))
    }
    if let note = item.note {
      lines.append(
        contentsOf: Wrapping.lines(of: Wording(en: "note: \(note)", zh: "备注：\(note)")(language), cells: width)
      )
    }
    if let details = definition.details { lines += PlainMarkdown.lines(of: details(language), cells: width) }
    if item.definition.details != nil, !definition.steps.isEmpty { lines.append("") }
    for (number, step) in definition.steps.enumerated() {
      lines += Wrapping.lines(
        of: "\(number + 1). \(PlainMarkdown.lines(of: step(language), cells: .max).joined(separator: "\n"))",
        cells: width, indent: 3)
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

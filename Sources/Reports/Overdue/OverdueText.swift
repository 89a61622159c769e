import Domain
import Operations

/// `overdue` in text: one line per item with shop, item id, title, owner, how late, and why.
///
/// On a terminal columns are aligned and cut to its width. Elsewhere, as in mail from cron, nothing is cut
/// and columns are separated by two spaces.
package struct OverdueText: Sendable {
  /// How many items determine the columns' widths; later items are cut to fit.
  private static let sampleSize = 500

  private let language: Language
  private let width: Int?
  private let palette: Palette
  private var sample: [[TextTable.Cell]] = []
  private var table: TextTable?

  /// A nil `width` means that the output isn't a terminal.
  package init(language: Language, width: Int? = nil, palette: Palette = .plain) {
    self.language = language
    self.width = width
    self.palette = palette
  }

  /// Writes one item. On a terminal the first lines are held back until the widths are known.
  package mutating func row(_ item: OverdueItem, to output: inout [UInt8]) {
    let cells = cells(item)
    if let table {
      append(table.line(cells), to: &output)
    } else if width == nil {
      let texts = cells.compactMap { $0.text.isEmpty ? nil : palette($0.tone, $0.text) }
      append(texts.joined(separator: "  "), to: &output)
    } else {
      sample.append(cells)
      if sample.count == Self.sampleSize { flush(to: &output) }
    }
  }

  /// Writes the lines held back.
  package mutating func end(to output: inout [UInt8]) { flush(to: &output) }

  private mutating func flush(to output: inout [UInt8]) {
    guard !sample.isEmpty else { return }
    let table = TextTable(columns: Self.columns, sample: sample, width: width, palette: palette)
    for cells in sample { append(table.line(cells), to: &output) }
    sample = []
    self.table = table
  }

  private func append(_ line: String, to output: inout [UInt8]) {
    output.append(text: line)
    output.append(UInt8(ascii: "\n"))
  }

  private func cells(_ item: OverdueItem) -> [TextTable.Cell] {
    let seconds = item.overdueSeconds
    let isPressing = item.critical && seconds >= 0
    let why = item.why(language).map(TerminalText.safe) ?? ""
    return [
      .init(text: TerminalText.safe(item.shop)),
      .init(text: item.item, tone: isPressing ? .late : nil),
      .init(text: TerminalText.safe(item.title(language))),
      .init(text: item.owner.map(TerminalText.safe) ?? "-", tone: item.owner == nil ? .secondary : nil),
      .init(text: Lateness.wording(seconds)(language), tone: Lateness.tone(seconds)),
      .init(text: why, tone: item.state == .blocked ? .soon : nil),
    ]
  }

  private static let columns: [TextTable.Column] = [
    .init(heading: ""),
    .init(heading: ""),
    .init(heading: "", shrinksTo: 8, leftOut: 3),
    .init(heading: "", shrinksTo: 6, leftOut: 2),
    .init(heading: ""),
    .init(heading: "", shrinksTo: 12, leftOut: 1),
  ]
}

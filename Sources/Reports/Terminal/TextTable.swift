import Domain

/// Rows in columns that are aligned by terminal cells and together no wider than the terminal.
///
/// If there isn't enough room, the columns that may shrink do so first; then columns are left out, those with
/// the highest `leftOut` first. A column that is empty in every row isn't shown.
struct TextTable {
  struct Column {
    let heading: String
    var alignsRight = false
    /// The minimum width in cells; nil: never cut.
    var shrinksTo: Int?
    /// Nil: always shown.
    var leftOut: Int?
  }

  struct Cell {
    let text: String
    var tone: Palette.Tone?
    /// Appended to the text without a space, in its own tone.
    var rest = ""
    var restTone: Palette.Tone?

    var cells: Int { DisplayWidth.of(text) + DisplayWidth.of(rest) }
  }

  private static let gap = 2

  private let columns: [Column]
  private let widths: [Int]
  private let shown: [Int]
  private let palette: Palette

  /// Lays out columns for rows like the sample; with a nil `width` nothing is cut or left out.
  init(columns: [Column], sample rows: some Sequence<[Cell]>, width: Int?, palette: Palette) {
    self.columns = columns
    self.palette = palette
    var natural = columns.map { _ in 0 }
    for row in rows {
      for (index, cell) in row.enumerated() { natural[index] = max(natural[index], cell.cells) }
    }
    let used = columns.indices.filter { natural[$0] > 0 }
    for (index, column) in columns.enumerated() {
      natural[index] = max(natural[index], DisplayWidth.of(column.heading))
    }
    (shown, widths) = Self.fit(columns, natural, used, into: width)
  }

  var heading: String {
    line(columns.map { Cell(text: $0.heading, tone: .secondary) })
  }

  /// One row, with a cell per column.
  func line(_ cells: [Cell]) -> String {
    var line = ""
    var pending = 0
    for index in shown {
      let cell = cells[index]
      let room = widths[index]
      let isCut = columns[index].shrinksTo != nil
      let text = isCut ? TerminalText.truncated(cell.text, to: room) : cell.text
      let taken = DisplayWidth.of(text) + DisplayWidth.of(cell.rest)
      let before = columns[index].alignsRight ? room - taken : 0
      if taken > 0 {
        line += TerminalText.spaces(pending + before) + palette(cell.tone, text)
        line += palette(cell.restTone, cell.rest)
        pending = 0
      }
      pending += room - (taken > 0 ? taken + before : 0) + Self.gap
    }
    return line
  }

  private static func fit(
    _ columns: [Column], _ natural: [Int], _ used: [Int], into width: Int?
  ) -> (shown: [Int], widths: [Int]) {
    guard let width else { return (used, natural) }
    var shown = used
    func smallest(_ index: Int) -> Int { min(natural[index], columns[index].shrinksTo ?? .max) }
    func total(_ size: (Int) -> Int) -> Int {
      shown.reduce(0) { $0 + size($1) } + gap * max(0, shown.count - 1)
    }
    while total(smallest) > width,
      let least = shown.filter({ columns[$0].leftOut != nil })
        .max(by: { (columns[$0].leftOut ?? 0) < (columns[$1].leftOut ?? 0) })
    {
      shown.removeAll { $0 == least }
    }
    var widths = natural
    var excess = total { natural[$0] } - width
    while excess > 0 {
      let shrinkable = shown.filter { widths[$0] > smallest($0) }
      guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    return (shown, widths)
  }
}

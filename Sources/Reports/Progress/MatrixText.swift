import Domain
import Operations

/// The matrix for a terminal: one symbol per cell, items numbered and listed above it.
struct MatrixText {
  let language: Language
  let width: Int
  let palette: Palette

  let names: ItemNames

  func lines(_ matrix: ReportMatrix) -> [String] {
    let shops = matrix.lines.map { TerminalText.safe($0.shop.rawValue) }
    let shopCells = min(shops.map { DisplayWidth.of($0) }.max() ?? 0, width / 2)
    let cellWidth = "\(matrix.columns.count)".utf8.count + 1
    let fitting = max(1, (width - shopCells) / cellWidth)
    var lines = legend
    for start in stride(from: 0, to: matrix.columns.count, by: fitting) {
      let columns = start..<min(start + fitting, matrix.columns.count)
      lines.append(StyledLine())
      lines += columns.map { columnHeader(number: $0 + 1, matrix.columns[$0]) }
      lines.append(StyledLine())
      let numbers = columns.map { TerminalText.rightAligned("\($0 + 1)", to: cellWidth) }.joined()
      lines.append(StyledLine(TerminalText.spaces(shopCells) + numbers, .secondary))
      for (line, shop) in zip(matrix.lines, shops) {
        var row = StyledLine(TerminalText.truncated(shop, to: shopCells))
        row.pad(to: shopCells)
        for cell in line.cells[columns] {
          row.append(TerminalText.spaces(cellWidth - 1))
          row.append(MatrixSymbol.narrow(cell), MatrixSymbol.tone(cell))
        }
        if let name = line.name, row.cells + 12 <= width {
          row.append("  " + TerminalText.safe(name), .secondary)
        }
        lines.append(row)
      }
    }
    return lines.map { $0.rendered(width: width, palette: palette) }
  }

  private var legend: [StyledLine] {
    let entries = MatrixSymbol.legend.map { entry -> [StyledLine.Piece] in
      [
        (MatrixSymbol.narrow(entry.cell), MatrixSymbol.tone(entry.cell)),
        (" " + entry.wording(language), .secondary),
      ]
    }
    return StyledLine.wrap(entries, separator: "  ", width: width)
  }

  private func columnHeader(number: Int, _ column: ReportMatrix.Column) -> StyledLine {
    var line = StyledLine(TerminalText.rightAligned("\(number)", to: 3), .secondary)
    line.append("  " + names(column.item))
    line.append("  " + TerminalText.safe(column.title(language)), .secondary)
    return line
  }
}

import Domain
import Operations

/// The one-character symbol for a cell of the matrix.
package enum MatrixSymbol {
  /// For pages.
  package static func text(_ cell: ReportMatrix.Cell?) -> String {
    guard let cell else { return " " }
    return switch cell.state {
    case .done: "✓"
    case .skipped: cell.missed ? "×" : "–"
    case .pending: cell.overdue ? "!" : "○"
    case .blocked: cell.overdue ? "✗" : "■"
    }
  }

  /// For terminals: avoids symbols that East Asian fonts draw two cells wide.
  static func narrow(_ cell: ReportMatrix.Cell?) -> String {
    let symbol = text(cell)
    return ["–": "-", "○": ".", "■": "#", "×": "x"][symbol] ?? symbol
  }

  static func tone(_ cell: ReportMatrix.Cell?) -> Palette.Tone? {
    guard let cell else { return nil }
    if cell.overdue { return .late }
    return switch cell.state {
    case .done: .done
    case .skipped, .pending: .secondary
    case .blocked: .soon
    }
  }

  package static func wording(_ cell: ReportMatrix.Cell) -> Wording {
    if cell.missed { return Wording(en: "missed", zh: "错过") }
    guard cell.overdue else { return cell.state.wording }
    return cell.state == .blocked
      ? Wording(en: "blocked, overdue", zh: "受阻且逾期") : Wording(en: "overdue", zh: "逾期")
  }

  /// Each symbol once, most urgent first.
  package static let legend: [(cell: ReportMatrix.Cell, wording: Wording)] = [
    ReportMatrix.Cell(state: .pending, overdue: true), .init(state: .blocked, overdue: true),
    .init(state: .blocked, overdue: false), .init(state: .pending, overdue: false),
    .init(state: .skipped, overdue: false, missed: true), .init(state: .skipped, overdue: false),
    .init(state: .done, overdue: false),
  ].map { ($0, wording($0)) }
}

import Domain
import Formats
import Operations

/// `report --format csv`, row by row, so that memory doesn't grow with the number of shops.
package struct ReportCSV: Sendable {
  private let language: Language

  /// The language for texts that exist in several.
  package init(language: Language) { self.language = language }

  /// The header, after the byte-order mark that spreadsheets need.
  package func header(byteOrderMark: Bool = true, to output: inout [UInt8]) {
    CSVWriter.append(to: &output) { csv in
      if byteOrderMark { csv.byteOrderMark() }
      csv.header(
        """
        key,name,team,shops,runs,total,done,skipped,blocked,pending,overdue,percent,\
        done_last_7_days,overdue_since_7_days,next_due_at,oldest_overdue_at,switch,can_rebind_at,overridden,account,missed
        """)
    }
  }

  package func row(_ row: ReportRow, to output: inout [UInt8]) {
    let figures = row.figures
    CSVWriter.append(to: &output) { csv in
      csv.text(row.key)
      csv.text(row.name?(language))
      csv.text(row.team)
      csv.number(figures.shops)
      csv.number(figures.runs)
      csv.number(figures.progress.total)
      csv.number(figures.progress.done)
      csv.number(figures.progress.skipped)
      csv.number(figures.progress.blocked)
      csv.number(figures.progress.pending)
      csv.number(figures.progress.overdue)
      csv.number(figures.progress.percent)
      csv.number(figures.doneLast7Days)
      csv.number(figures.overdueSince7Days)
      csv.moment(figures.nextDueAt)
      csv.moment(figures.oldestOverdueAt)
      csv.text(row.standing?.state.rawValue)
      csv.moment(row.standing?.opensAt)
      if let overridden = row.overridden { csv.number(overridden) } else { csv.text(nil) }
      csv.text(row.account)
      csv.number(figures.progress.missed)
      csv.endRow()
    }
  }
}

/// `report --matrix --format csv`: shops as rows, items' states as columns, empty if a shop's runs don't hold
/// the item; then the number of missed items.
package struct MatrixCSV: Sendable {
  package init() {}

  /// The header, after the byte-order mark that spreadsheets need.
  package func header(
    _ columns: [ReportMatrix.Column], byteOrderMark: Bool = true, to output: inout [UInt8]
  ) {
    CSVWriter.append(to: &output) { csv in
      if byteOrderMark { csv.byteOrderMark() }
      csv.text("shop")
      csv.text("name")
      for column in columns { csv.text(column.item) }
      csv.text("missed")
      csv.endRow()
    }
  }

  package func row(_ line: ReportMatrix.Line, to output: inout [UInt8]) {
    CSVWriter.append(to: &output) { csv in
      csv.text(line.shop.rawValue)
      csv.text(line.name)
      for cell in line.cells { csv.text(cell?.state.rawValue) }
      csv.number(line.missed)
      csv.endRow()
    }
  }
}

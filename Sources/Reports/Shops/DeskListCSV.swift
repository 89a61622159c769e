import Domain
import Formats
import Operations

/// The list of shops as CSV, for spreadsheets.
package struct DeskListCSV: DeskListFormat {
  package let mediaType = "text/csv; charset=utf-8"

  package init() {}

  package func head() -> [UInt8] {
    var output: [UInt8] = []
    CSVWriter.append(to: &output) { csv in
      csv.byteOrderMark()
      csv.header(
        "shop,name,team,owner,total,done,skipped,blocked,pending,overdue,percent,next_due_at,switch,missed")
    }
    return output
  }

  package func append(_ row: DeskRow, isFirst: Bool, to output: inout [UInt8]) {
    CSVWriter.append(to: &output) { csv in
      csv.text(row.shop.id.rawValue)
      csv.text(row.shop.name)
      csv.text(row.shop.team)
      csv.text(row.shop.owner)
      for number in [
        row.progress.total, row.progress.done, row.progress.skipped, row.progress.blocked,
        row.progress.pending, row.progress.overdue, row.progress.percent,
      ] { csv.number(number) }
      csv.moment(row.dueAt)
      csv.text(row.standing?.state.rawValue)
      csv.number(row.progress.missed)
      csv.endRow()
    }
  }

  package func foot() -> [UInt8] { [] }
}

import Domain
import Formats
import Operations

/// `overdue --format csv`, row by row.
package struct OverdueCSV: Sendable {
  private let language: Language

  /// The language for texts that exist in several.
  package init(language: Language) { self.language = language }

  /// The header, after the byte-order mark that spreadsheets need.
  package func header(byteOrderMark: Bool = true, to output: inout [UInt8]) {
    CSVWriter.append(to: &output) { csv in
      if byteOrderMark { csv.byteOrderMark() }
      csv.header(
        """
        shop,name,team,run,checklist,item,title,owner,critical,state,waiting_for,due_at,overdue_seconds
        """)
    }
  }

  package func row(_ item: OverdueItem, to output: inout [UInt8]) {
    CSVWriter.append(to: &output) { csv in
      csv.id(item.shop)
      csv.text(item.name)
      csv.text(item.team)
      csv.number(item.run)
      csv.id(item.checklist)
      csv.id(item.item)
      csv.text(item.title(language))
      csv.text(item.owner)
      csv.flag(item.critical)
      csv.id(item.state.rawValue)
      csv.list(spaced: item.waitingFor)
      csv.moment(item.dueAt)
      csv.number(item.overdueSeconds)
      csv.endRow()
    }
  }
}

import Domain
import Formats
import Operations

/// `status --format csv`: one row per item, outstanding ones of a run first.
package enum StatusCSV {
  package static func render(_ status: ShopStatus, _ language: Language, byteOrderMark: Bool) -> [UInt8] {
    var output: [UInt8] = []
    CSVWriter.append(to: &output) { csv in
      if byteOrderMark { csv.byteOrderMark() }
      csv.header(
        """
        shop,name,team,run,checklist,item,title,state,due_at,overdue,owner,critical,waiting_for,\
        awaiting_confirmation_by,blocked_reason,note,proof,changed_at,changed_by
        """)
      for run in status.runs {
        for isOutstanding in [true, false] {
          for item in run.items where item.state.isOutstanding == isOutstanding {
            write(item, in: run, of: status.shop, language, to: &csv)
          }
        }
      }
    }
    return output
  }

  private static func write(
    _ item: ItemStatus, in run: RunStatus, of shop: Shop, _ language: Language, to csv: inout CSVWriter
  ) {
    csv.text(shop.id.rawValue)
    csv.text(shop.name)
    csv.text(shop.team)
    csv.number(run.number)
    csv.id(run.checklist.rawValue)
    csv.id(item.definition.id.rawValue)
    csv.text(item.definition.title(language))
    csv.id(item.state.rawValue)
    csv.moment(item.dueAt)
    csv.flag(item.overdue)
    csv.text(item.owner)
    csv.flag(item.definition.critical)
    csv.list(spaced: item.waitingFor.map(\.rawValue).joined(separator: " "))
    csv.text(item.awaitingConfirmation?.by)
    csv.text(item.blockedReason)
    csv.text(item.note)
    csv.text(item.proof?.summary(language))
    csv.moment(item.changedAt)
    csv.text(item.changedBy)
    csv.endRow()
  }
}

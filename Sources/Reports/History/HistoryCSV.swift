import Domain
import Formats
import Operations

/// `history --format csv`: one row per event, which is also described in words.
package struct HistoryCSV {
  private let language: Language

  /// The language of the descriptions.
  package init(language: Language) { self.language = language }

  /// The header, after the byte-order mark that spreadsheets need.
  package func header(byteOrderMark: Bool, to output: inout [UInt8]) {
    CSVWriter.append(to: &output) { csv in
      if byteOrderMark { csv.byteOrderMark() }
      csv.header("shop,number,at,recorded_at,by,login,channel,lead,kind,run,item,words,hash")
    }
  }

  /// Rows for one shop's events.
  ///
  /// - Parameter zone: the shop's zone, for times in the descriptions. Columns are in UTC.
  package func rows(_ entries: [HistoryEntry], zone: Zone, to output: inout [UInt8]) {
    let text = HistoryText(language: language, zone: zone, palette: .plain)
    CSVWriter.append(to: &output) { csv in
      for entry in entries {
        let event = entry.event
        csv.text(event.shop.rawValue)
        csv.number(event.number)
        csv.moment(event.at)
        csv.moment(event.recordedAt)
        csv.text(event.by.name)
        csv.text(event.by.login)
        csv.id(event.by.channel.rawValue)
        csv.flag(event.by.isLead)
        csv.id(event.change.kind)
        if let run = event.change.run { csv.number(run) } else { csv.text(nil) }
        if case .item(_, let item, _) = event.change { csv.id(item.rawValue) } else { csv.text(nil) }
        csv.text(text.words(entry)(language))
        csv.id(entry.hash)
        csv.endRow()
      }
    }
  }
}

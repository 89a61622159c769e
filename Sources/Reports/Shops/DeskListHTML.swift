import Domain
import Formats
import Operations

/// The list of shops as a standalone page to forward, which loads nothing.
package struct DeskListHTML: DeskListFormat {
  private let language: Language
  private let generatedAt: Moment
  private let reader: Zone
  private let zones: ShopZones

  package let mediaType = "text/html; charset=utf-8"

  /// - Parameter reader: the reader's zone, for `generatedAt`; due times are in each shop's zone.
  package init(language: Language, generatedAt: Moment, reader: Zone, zones: ShopZones) {
    self.language = language
    self.generatedAt = generatedAt
    self.reader = reader
    self.zones = zones
  }

  private func say(_ en: String, _ zh: String) -> String { language == .chinese ? zh : en }

  package func head() -> [UInt8] {
    let columns = [
      say("Shop", "店铺"), say("Team", "团队"), say("Owner", "负责人"), say("Done", "完成"), say("Overdue", "逾期"),
      say("Next due", "最近到期"),
    ].map { "<th scope=\"col\">\($0)</th>" as HTML }
    let page: HTML = """
      <!doctype html>
      <html lang="\(language == .chinese ? "zh-CN" : "en")"><head><meta charset="utf-8">\
      <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(say("Shops", "店铺"))</title>\
      <style>\(HTML.trusted(Self.style))</style></head><body>
      <h1>\(say("Shops", "店铺"))</h1><p>\(reader.format(generatedAt)) \(reader.name)</p><table><thead><tr>\(columns)</tr></thead><tbody>

      """
    return page.bytes
  }

  package func append(_ row: DeskRow, isFirst: Bool, to output: inout [UInt8]) {
    let name = row.shop.name.map { "<br><small>\(typed: $0)</small>" as HTML } ?? ""
    let zone = zones.shown(row.zone)
    let due: HTML =
      row.dueAt.map {
        #"<time datetime="\#($0.iso8601)">\#(zone.formatDue($0)) \#(zone.name)</time>"#
      } ?? .empty
    let markup: HTML = """
      <tr><th scope="row">\(typed: row.shop.id.rawValue)\(name)</th><td>\(typed: row.shop.team ?? "")</td>\
      <td>\(typed: row.shop.owner ?? "")</td>\
      <td>\(CountPhrases.achieved(row.progress)(language))</td>\
      <td>\(row.progress.overdue)</td><td>\(due)</td></tr>

      """
    output += markup.bytes
  }

  package func foot() -> [UInt8] { Array("</tbody></table></body></html>\n".utf8) }

  private static let style = """
    body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color-scheme:light dark}\
    table{border-collapse:collapse;width:100%}th,td{text-align:start;padding:.4rem;border-bottom:1px solid #8886}
    """
}

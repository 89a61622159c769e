import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Operations
import Reports
import WebCore

/// The desk's list as a file: every shop that the filter has, streamed.
struct DeskExport: Sendable {
  let services: WebServices

  func answer(_ desk: ShopListParameters, _ request: WebRequest, format: String) async throws -> Response {
    let language = request.language
    let now = request.now
    let reader = services.readersZone(request)
    let kind: any DeskFormat
    switch format {
    case "csv": kind = DeskCSV()
    case "json": kind = DeskJSON(generatedAt: now)
    case "html":
      kind = DeskHTML(language: language, generatedAt: now, reader: reader, zones: services.shopZones)
    default:
      throw Problem.invalid("format", Wording(en: "is csv, html or json", zh: "应为 csv、html 或 json"))
    }
    let services = services
    return Response(
      status: .ok,
      headers: [
        .contentType: kind.type,
        .contentDisposition: "attachment; filename=\"switchlist-\(reader.local(now).date).\(format)\"",
      ],
      body: .init { writer in
        try await writer.write(ByteBuffer(bytes: kind.head()))
        var position = desk.after
        var isFirst = true
        repeat {
          let from = position
          let page = try await services.readInBackground { try $0.desk(desk.filter, after: from, limit: 500) }
          let first = isFirst
          var bytes: [UInt8] = []
          for (index, row) in page.rows.enumerated() {
            kind.row(row, isFirst: first && index == 0, to: &bytes)
          }
          try await writer.write(ByteBuffer(bytes: bytes))
          isFirst = isFirst && page.rows.isEmpty
          position = page.end
        } while position != nil
        try await writer.write(ByteBuffer(bytes: kind.foot()))
        try await writer.finish(nil)
      })
  }
}

/// One way to write the desk's list.
protocol DeskFormat: Sendable {
  var type: String { get }
  func head() -> [UInt8]
  func row(_ row: DeskRow, isFirst: Bool, to output: inout [UInt8])
  func foot() -> [UInt8]
}

private struct DeskCSV: DeskFormat {
  let type = "text/csv; charset=utf-8"

  func head() -> [UInt8] {
    var output: [UInt8] = []
    CSVWriter.append(to: &output) { csv in
      csv.byteOrderMark()
      csv.header(
        "shop,name,team,owner,total,done,skipped,blocked,pending,overdue,percent,next_due_at,switch,missed")
    }
    return output
  }

  func row(_ row: DeskRow, isFirst: Bool, to output: inout [UInt8]) {
    CSVWriter.append(to: &output) { csv in
      csv.text(row.shop.id.rawValue)
      csv.text(row.shop.name)
      csv.text(row.shop.team)
      csv.text(row.shop.owner)
      for number in [
        row.progress.total, row.progress.done, row.progress.skipped, row.progress.blocked,
        row.progress.pending,
        row.progress.overdue, row.progress.percent,
      ] { csv.number(number) }
      csv.moment(row.dueAt)
      csv.text(row.standing?.state.rawValue)
      csv.number(row.progress.missed)
      csv.endRow()
    }
  }

  func foot() -> [UInt8] { [] }
}

/// Rows of the shown list; the API names some members otherwise.
private struct DeskJSON: DeskFormat {
  let type = "application/json"
  let generatedAt: Moment

  func head() -> [UInt8] { Array("{\"generated_at\":\"\(generatedAt.iso8601)\",\"shops\":[\n".utf8) }

  func row(_ row: DeskRow, isFirst: Bool, to output: inout [UInt8]) {
    if !isFirst { output += Array(",\n".utf8) }
    var json = JSONWriter()
    json.object { DeskRowJSON.write(row, to: &$0) }
    output += json.document().dropLast()
  }

  func foot() -> [UInt8] { Array("\n]}\n".utf8) }
}

/// A shop of the desk, as JSON.
enum DeskRowJSON {
  static func write(_ row: DeskRow, to json: inout JSONWriter) {
    json.field("id", row.shop.id.rawValue)
    json.field("name", row.shop.name)
    json.field("platform", row.shop.platform)
    json.field("team", row.shop.team)
    json.field("owner", row.shop.owner)
    json.field("time_zone", row.shop.timeZone)
    json.field("tags", row.shop.tags)
    json.object("progress") { json in
      json.field("total", row.progress.total)
      json.field("done", row.progress.done)
      json.field("skipped", row.progress.skipped)
      json.field("blocked", row.progress.blocked)
      json.field("pending", row.progress.pending)
      json.field("overdue", row.progress.overdue)
      json.field("percent", row.progress.percent)
      json.field("missed", row.progress.missed)
    }
    json.field("next_due_at", row.dueAt)
    json.field("waiting", row.isWaiting)
    json.field("switch", row.standing?.state.rawValue)
    json.field("can_rebind_at", row.standing?.opensAt)
  }
}

/// A table to forward, without anything that has to be asked for.
private struct DeskHTML: DeskFormat {
  let type = "text/html; charset=utf-8"
  let language: Language
  let generatedAt: Moment
  let reader: Zone
  let zones: ShopZones

  private func say(_ en: String, _ zh: String) -> String { language == .chinese ? zh : en }

  func head() -> [UInt8] {
    let columns = [
      say("Shop", "店铺"), say("Team", "团队"), say("Owner", "负责人"), say("Done", "完成"), say("Overdue", "逾期"),
      say("Next due", "最近到期"),
    ].map { "<th scope=\"col\">\($0)</th>" as HTML }
    let page: HTML = """
      <!doctype html>
      <html lang="\(language == .chinese ? "zh-CN" : "en")"><head><meta charset="utf-8">\
      <meta name="viewport" content="width=device-width, initial-scale=1"><title>\(say("Shops", "店铺"))</title>\
      <style>\(HTML.trusted(DeskHTML.style))</style></head><body>
      <h1>\(say("Shops", "店铺"))</h1><p>\(reader.format(generatedAt)) \(reader.name)</p><table><thead><tr>\(columns)</tr></thead><tbody>

      """
    return page.bytes
  }

  func row(_ row: DeskRow, isFirst: Bool, to output: inout [UInt8]) {
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

  func foot() -> [UInt8] { Array("</tbody></table></body></html>\n".utf8) }

  private static let style = """
    body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color-scheme:light dark}\
    table{border-collapse:collapse;width:100%}th,td{text-align:start;padding:.4rem;border-bottom:1px solid #8886}
    """
}

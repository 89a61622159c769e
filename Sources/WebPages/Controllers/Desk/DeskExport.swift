import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Operations
import Reports
import WebCore

/// Downloads the desk's list: streams every shop that matches the filter.
struct DeskExport: Sendable {
  let services: WebServices

  func answer(_ desk: ShopListParameters, _ request: WebRequest, format: String) async throws -> Response {
    let language = request.language
    let now = request.now
    let reader = services.readersZone(request)
    let kind: any DeskListFormat
    switch format {
    case "csv": kind = DeskListCSV()
    case "json": kind = DeskListJSON(generatedAt: now)
    case "html":
      kind = DeskListHTML(language: language, generatedAt: now, reader: reader, zones: services.shopZones)
    default:
      throw Problem.invalid("format", Wording(en: "is csv, html or json", zh: "应为 csv、html 或 json"))
    }
    let services = services
    return Response(
      status: .ok,
      headers: [
        .contentType: kind.mediaType,
        .contentDisposition: "attachment; filename=\"switchlist-\(reader.local(now).date).\(format)\"",
      ],
      body: .init { writer in
        try await writer.write(ByteBuffer(bytes: kind.head()))
        var position = desk.after
        var isFirst = true
        repeat {
          let from = position
          let page = try await services.store.read(.background) {
            try $0.desk(desk.filter, after: from, limit: 500)
          }
          let first = isFirst
          var bytes: [UInt8] = []
          for (index, row) in page.rows.enumerated() {
            kind.append(row, isFirst: first && index == 0, to: &bytes)
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

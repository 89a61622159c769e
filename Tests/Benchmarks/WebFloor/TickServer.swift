import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import NIOCore

/// What somebody writes in an afternoon with Hummingbird and GRDB for ticks alone: each request has a
/// transaction of its own, which is on the disk before the answer.
struct TickServer {
  let queue: DatabaseQueue

  init(store: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    queue = try DatabaseQueue(path: store, configuration: configuration)
  }

  func serve() async throws {
    let router = Router()
    router.post("/shops/{shop}/items/{item}/{verb}") { [queue] request, context in
      let form = Self.fields(try await request.body.collect(upTo: 1 << 20))
      let tick = Tick(
        shop: try context.parameters.require("shop"), item: try context.parameters.require("item"),
        isTick: try context.parameters.require("verb") == "tick", run: Int(form["run"] ?? "") ?? 1,
        note: form["note"], reason: form["reason"],
        key: HTTPField.Name("Idempotency-Key").flatMap { request.headers[$0] },
        now: Int(Date().timeIntervalSince1970))
      let answer = try await queue.write { try tick.write(to: $0) }
      return Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: .init(byteBuffer: ByteBuffer(string: answer)))
    }
    try await WebFloor.serve(router)
  }

  private static func fields(_ body: ByteBuffer) -> [String: String] {
    var fields: [String: String] = [:]
    for pair in String(buffer: body).split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      fields[String(parts[0])] = parts[1].replacingOccurrences(of: "+", with: " ").removingPercentEncoding
    }
    return fields
  }
}

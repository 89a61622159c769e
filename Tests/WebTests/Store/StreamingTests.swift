import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Operations
import Reports
import Synchronization
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Answers that are sent while they are read. One test after another, since a reading waits for its reader.
@Suite(.serialized) struct StreamingTests {
  private struct Broken: Error {}

  private static func world(downloads: Int = 1) throws -> TestServer {
    var limits = Limits()
    limits[.downloads] = downloads
    let world = try TestServer(options: WebOptions(limits: limits))
    try world.user.add("s-1", ShopDetails(team: "east"))
    try world.user.start("s-1", "after", at: .switched)
    return world
  }

  private static func stream(
    _ world: TestServer,
    _ body: @escaping @Sendable (any StoreReading, _ flush: (inout [UInt8]) throws -> Void) throws -> Void
  ) async throws -> Response {
    try await world.server.services.streamResponse(type: "text/plain", body)
  }

  /// Whether there is room for one more; for none once all that began have not ended yet.
  private static func hasRoom(_ world: TestServer) async -> Bool {
    guard let lease = try? await world.server.services.quotas.holdDownload() else { return false }
    lease.end()
    return true
  }

  @Test func piecesArriveInOrderAndWhole() async throws {
    let world = try Self.world()
    let pieces = (0..<100).map { "\($0)\n" }
    let response = try await Self.stream(world) { _, flush in
      for piece in pieces {
        var bytes = Array(piece.utf8)
        try flush(&bytes)
        if !bytes.isEmpty { throw Broken() }
        // Nothing new is no piece.
        try flush(&bytes)
      }
    }
    #expect(response.headers[.contentType] == "text/plain")
    let reader = AnswerReader()
    try await response.body.write(reader)
    #expect(reader.pieces == pieces && reader.isWhole)
    let isFree = await comesTrue { await Self.hasRoom(world) }
    #expect(isFree)
  }

  @Test func anAnswerWithoutAPieceEndsToo() async throws {
    let response = try await Self.stream(try Self.world()) { _, _ in }
    let reader = AnswerReader()
    let sending = Task { try await response.body.write(reader) }
    let hasEnded = await comesTrue { reader.isWhole }
    #expect(hasEnded)
    #expect(reader.pieces.joined().isEmpty)
    sending.cancel()
  }

  @Test func aFailureBeforeTheFirstPieceIsThrownAndGivesItsPlaceBack() async throws {
    let world = try Self.world()
    await #expect(throws: Broken.self) { _ = try await Self.stream(world) { _, _ in throw Broken() } }
    let isFree = await comesTrue { await Self.hasRoom(world) }
    #expect(isFree)
  }

  @Test(arguments: ["/report", "/report.csv", "/overdue.csv"])
  func aFailureBeforeTheFirstPieceIsAnsweredAsAProblem(path: String) async throws {
    let made = Mutex<FakeEngine?>(nil)
    let world = try TestServer { inner in
      let engine = FakeEngine(inner)
      made.withLock { $0 = engine }
      return engine
    }
    let engine = try #require(made.withLock { $0 })
    _ = try world.user.add("s-1", ShopDetails(team: "east"))
    let lead = try world.addUser("Li", .lead, teams: ["east"])
    let unknown = try await world.call(.get, "\(path)?team=esat", as: lead)
    #expect(unknown.status == 422 && unknown.wrongFields == ["team"])
    // What is read last is what would be sent.
    for _ in 0..<2 {
      engine.fail(at: nil)
      #expect(try await world.call(.get, path, as: lead).status == 200)
    }
    engine.fail(at: engine.calls)
    let failed = try await world.call(.get, path, as: lead)
    #expect(failed.status == 503 && failed.problem == "store-unavailable")
    #expect(failed.headers[.retryAfter] == "30")
  }

  /// Nobody may take a part for the whole.
  @Test func aLaterFailureCutsTheAnswer() async throws {
    let world = try Self.world()
    let response = try await Self.stream(world) { _, flush in
      for piece in ["first", "second"] {
        var bytes = Array(piece.utf8)
        try flush(&bytes)
      }
      throw Broken()
    }
    let reader = AnswerReader()
    await #expect(throws: Broken.self) { try await response.body.write(reader) }
    #expect(reader.pieces == ["first", "second"] && !reader.isWhole)
    let isFree = await comesTrue { await Self.hasRoom(world) }
    #expect(isFree)
  }

  /// At once, and not only when nothing more has been taken for a minute.
  @Test(arguments: [0, 1, 5])
  func whoeverGoesAwayEndsTheReadingAndGivesItsPlaceBack(taken: Int) async throws {
    let world = try Self.world()
    let stopped = Happening()
    await #expect(throws: AnswerReader.Gone.self) {
      let response = try await Self.stream(world) { _, flush in
        defer { stopped.happen() }
        while true {
          var bytes = Array("more".utf8)
          try flush(&bytes)
        }
      }
      try await response.body.write(AnswerReader(most: taken))
    }
    let hasStopped = await comesTrue { stopped.hasHappened }
    #expect(hasStopped, "the reading went on")
    let isFree = await comesTrue { await Self.hasRoom(world) }
    #expect(isFree, "the place stayed taken")
  }

  @Test func onlySoManyAreSentAtOnce() async throws {
    let world = try Self.world(downloads: 2)
    let script = try world.addToken(.read)
    var waiting: [Response] = []
    for _ in 0..<2 {
      let response = try await Self.stream(world) { _, flush in
        for number in 0..<5 {
          var bytes = Array("\(number)".utf8)
          try flush(&bytes)
        }
      }
      waiting.append(response)
    }
    for (language, words) in [
      ("en", "too many long reports are being made at the moment; try again in 5 seconds"),
      ("zh", "当前正在生成的大报告太多；请 5 秒后再试"),
    ] {
      let refused = try await world.call(
        .get, "/report.csv", as: script, headers: [.acceptLanguage: language])
      #expect(refused.status == 429 && refused.problem == "too-many-requests")
      #expect(refused.headers[.retryAfter] == "5")
      #expect(refused.json["detail"] as? String == words)
    }
    // One that ends makes room for one, although the other waits on.
    let reader = AnswerReader()
    try await waiting.removeLast().body.write(reader)
    #expect(reader.pieces == ["0", "1", "2", "3", "4"] && reader.isWhole)
    let hasRoom = await comesTrue { await Self.hasRoom(world) }
    #expect(hasRoom)
    #expect(try await world.call(.get, "/report.csv", as: script).status == 200)
    for response in waiting { try await response.body.write(AnswerReader()) }
  }

  /// Also where it takes several pieces, as a report of this many shops does.
  @Test(arguments: ReportGrouping.allCases, Language.allCases)
  func aReportIsTheOneThatTheCommandLineWrites(grouping: ReportGrouping, language: Language) async throws {
    let world = try Self.world()
    let admin = try world.addUser("Root", .admin)
    let name = String(repeating: "晨光", count: 40)
    let changeShop = world.user.changeShop
    try world.store.write { transaction in
      for number in 100..<500 {
        let details = ShopDetails(name: "\(name)\(number)", team: number % 2 == 0 ? "east" : "west")
        _ = try changeShop.add(ShopID(trusted: "s-\(number)"), details, in: transaction)
      }
    }
    var (csv, json): ([UInt8], [UInt8]) = ([], [])
    try world.store.read { reading in
      let report = ReadReport(ReportFilter(now: world.now), in: reading)
      try report.writeCSV(by: grouping, language: language) { bytes in
        csv += bytes
        bytes.removeAll()
      }
      try report.writeJSON(by: grouping, language: language) { bytes in
        json += bytes
        bytes.removeAll()
      }
    }
    if grouping == .shop { #expect(csv.count > 64 << 10 && json.count > 64 << 10) }
    for (path, bytes) in [("report.csv", csv), ("report", json)] {
      let answer = try await world.ask(
        .get, "/api/v1/\(path)?by=\(grouping.rawValue)", as: admin,
        headers: [.acceptLanguage: language.rawValue])
      #expect(answer.status == .ok)
      let isSame = Array(answer.body.readableBytesView) == bytes
      #expect(isSame, "\(path) has \(answer.body.readableBytes) bytes instead of \(bytes.count)")
    }
  }
}

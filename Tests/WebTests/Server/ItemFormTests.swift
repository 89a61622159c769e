import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Forms of items: what a device tells of time and files, and what becomes of what was written in vain.
struct ItemFormTests {
  private let world: TestServer
  private let li: TestServer.Caller
  private static let digest = String(repeating: "ab", count: 32)

  init() throws {
    world = try TestServer()
    li = try world.addUser("Li", .admin)
    try world.user.add("s-1", ShopDetails(team: "east"))
    try world.user.start("s-1", "after", at: .switched)
  }

  private func send(
    _ action: String, _ form: String, to item: String = "rebind-store", byScript: Bool = true
  ) async throws -> TestResponse {
    var headers: HTTPFields = [
      .contentType: "application/x-www-form-urlencoded", .acceptLanguage: "en",
    ]
    if byScript { headers[.accept] = "application/json" }
    return try await world.ask(
      .post, "/shops/s-1/items/\(item)/\(action)", as: li, headers: headers, body: Array(form.utf8))
  }

  /// The last event of the shop.
  private func last() throws -> Event {
    let sealed = try world.store.read { try $0.events(of: "s-1", before: .max, limit: 1) }
    return try Event(canonical: try #require(sealed.first).bytes)
  }

  @Test(arguments: [
    ("2026-11-01T09:00:00+08:00", Moment.switched, true), ("2031-01-01T00:00:00Z", .now, true),
    ("2026-11-01T12:00:00+08:00", .switched + 7200, false),
  ])
  func aTimeThatADeviceTellsIsBroughtIntoTheRun(told: String, at: Moment, isKept: Bool) async throws {
    #expect(try await send("tick", "told_at=\(RequestPipeline.escaped(told))").status == .ok)
    let event = try last()
    #expect(event.at == at && event.recordedAt == .now)
    #expect(event.toldAt == (isKept ? try TimeText(told).moment(.happened, in: .utc, now: .now) : nil))
    #expect(try world.store.breaks() == [])
    let history = try await world.ask(.get, "/shops/s-1/history", as: li, headers: [.acceptLanguage: "zh"])
    #expect(history.text.contains("设备的时间是") == isKept)
  }

  @Test func aTypedTimeIsRefusedOutsideTheRun() async throws {
    let answer = try await send("tick", "at=2026-11-01T09:00:00%2B08:00")
    #expect(answer.status == .conflict)
    #expect(try last().number == 2)
  }

  @Test func aRequestThatIsSentAgainIsTheSameWhateverItTellsOfTime() async throws {
    let key: HTTPFields = [
      .idempotencyKey: "k", .accept: "application/json", .contentType: "application/x-www-form-urlencoded",
    ]
    for form in ["note=n", "note=n&told_at=2026-11-01T12:00:00Z"] {
      let answer = try await world.ask(
        .post, "/shops/s-1/items/rebind-store/tick", as: li, headers: key, body: Array(form.utf8))
      #expect(answer.status == .ok && answer.text.contains(#""changed":true"#))
    }
  }

  @Test func aFileIsNamedWithoutBeingSent() async throws {
    let form = "file_name=%E5%AE%A2%E6%88%B7.zip&file_size=12000000&file_sha256=\(Self.digest.uppercased())"
    #expect(try await send("tick", form).status == .ok)
    let proof = Proof.Content.file(name: "客户.zip", size: 12_000_000, sha256: Self.digest)
    #expect(try last().change == .item(run: 1, "rebind-store", .ticked(note: nil, proof: proof)))
    #expect(try world.store.read { try $0.keptFiles(of: "s-1").count } == 0)
    let page = try await world.ask(.get, "/shops/s-1/", as: li, headers: [.acceptLanguage: "zh"])
    #expect(page.text.contains("文件没有存到这里") && page.text.contains(Self.digest))
  }

  @Test(arguments: [
    "file_size=1&file_sha256=\(digest)", "file_name=a&file_sha256=\(digest)",
    "file_name=a&file_size=0&file_sha256=\(digest)", "file_name=a&file_size=-1&file_sha256=\(digest)",
    "file_name=a&file_size=1e3&file_sha256=\(digest)", "file_name=a&file_size=1&file_sha256=abc",
    "file_name=a&file_size=9007199254740993&file_sha256=\(digest)",
  ])
  func aFileIsNamedInFull(form: String) async throws {
    #expect(try await send("tick", form).status == .unprocessableContent)
    #expect(try last().number == 2)
  }

  private func sendFile(_ content: String, keep: [String]) async throws -> TestResponse {
    let choices = keep.map { "--b\r\nContent-Disposition: form-data; name=\"keep\"\r\n\r\n\($0)\r\n" }
      .joined()
    let body = """
      \(choices)--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\
      Content-Type: text/plain\r\n\r\n\(content)\r\n--b--\r\n
      """
    return try await world.ask(
      .post, "/shops/s-1/items/rebind-store/tick", as: li,
      headers: [.contentType: "multipart/form-data; boundary=b", .accept: "application/json"],
      body: Array(body.utf8))
  }

  @Test(arguments: [([String](), 1), (["0", "1"], 1), (["0"], 0)])
  func aFileIsKeptWhereThatIsWanted(keep: [String], kept: Int) async throws {
    #expect(try await sendFile("proof", keep: keep).status == .ok)
    #expect(try world.store.read { try $0.keptFiles(of: "s-1").count } == kept)
    guard case .item(_, _, let change) = try last().change else {
      Issue.record("no tick")
      return
    }
    #expect(change.proof == .file(name: "a.txt", size: 5, sha256: KeepFile.digest(Array("proof".utf8))))
  }

  @Test func anEmptyFileProvesNothing() async throws {
    #expect(try await sendFile("", keep: ["0", "1"]).status == .unprocessableContent)
    #expect(try last().number == 2)
  }

  @Test func aTickThatCameTooLateLeavesNoFileBehind() async throws {
    #expect(try await send("tick", "note=first").status == .ok)
    #expect(try await sendFile("proof", keep: []).status == .ok)
    #expect(try world.store.read { try $0.keptFiles(of: "s-1").count } == 0)
  }

  @Test func whoWasFirstIsSaid() async throws {
    _ = try await send("tick", "note=first")
    let late = try await send("tick", "note=second")
    #expect(late.text.contains(#""changed":false"#) && late.text.contains("Li did"))
    let skipped = try await send("skip", "reason=no", to: "rebuild-brand")
    #expect(skipped.status == .ok)
    #expect(try await send("skip", "reason=no+need", to: "rebuild-brand").text.contains("Li skipped"))
  }

  @Test func withoutTheScriptWhatWasWrittenInVainIsShown() async throws {
    _ = try await send("tick", "note=first")
    let late = try await send("tick", "note=seen+twice", byScript: false)
    #expect(late.status == .conflict && late.text.contains("Li did") && late.text.contains("seen twice"))
    let waiting = try await send("tick", "note=too+early", to: "check-products", byScript: false)
    #expect(waiting.status == .seeOther)
    let stopped = try await send("skip", "reason=not+needed", to: "check-products", byScript: false)
    #expect(stopped.status == .conflict && stopped.text.contains("not needed"))
    #expect(try await send("tick", "", byScript: false).status == .seeOther, "nothing is lost")
  }

  @Test(arguments: [
    ("http://localhost/shops/s-1/edit?x=1", "/sign-in?back=%2Fshops%2Fs-1%2Fedit%3Fx%3D1"),
    ("http://localhost//elsewhere.cn/x", "/sign-in?back=%2F"), (nil, "/sign-in?back=%2F"),
  ])
  func whoseSessionEndedIsLedBackToTheForm(referer: String?, way: String) async throws {
    var headers: HTTPFields = [
      .contentType: "application/x-www-form-urlencoded", .secFetchSite: "same-origin",
    ]
    headers[.referer] = referer
    let answer = try await world.ask(
      .post, "/shops/s-1/edit", as: .stranger, headers: headers, body: Array("name=x".utf8))
    #expect(answer.status == .unauthorized)
    #expect(answer.text.contains(#"href="\#(way)" data-sign-in"#))
  }
}

import HTTPTypes
import HummingbirdTesting
import NIOCore
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Answers are packed for whoever takes them so, and for nobody else.
struct GzipTests {
  private func world() throws -> TestServer {
    let world = try TestServer.open()
    try world.user.add("s-1")
    try world.user.start("s-1", "after", at: .switched)
    return world
  }

  private func isPacked(_ response: TestResponse) -> Bool {
    response.headers[.contentEncoding] == "gzip"
      && Array(response.body.readableBytesView.prefix(2)) == [0x1F, 0x8B]
  }

  @Test(arguments: [
    "/shops/s-1/", "/shops", "/api/v1/shops/s-1/status", "/api/openapi.json", WebAssets.paths.style,
  ])
  func packsTexts(path: String) async throws {
    let world = try world()
    let plain = try await world.ask(.get, path)
    let packed = try await world.ask(.get, path, headers: [.acceptEncoding: "br, gzip;q=0.8"])
    #expect(isPacked(packed) && !isPacked(plain))
    #expect(packed.body.readableBytes * 2 < plain.body.readableBytes)
    for answer in [plain, packed] { #expect(answer.headers[.vary]?.contains("Accept-Encoding") == true) }
  }

  @Test(arguments: ["", "identity", "gzip;q=0", "br", "gzipped"])
  func leavesThemForWhoeverDoesNotTakeThem(encoding: String) async throws {
    let answer = try await world().ask(.get, "/shops/s-1/", headers: [.acceptEncoding: encoding])
    #expect(!isPacked(answer) && answer.text.hasPrefix("<!doctype html>"))
  }

  @Test func leavesPicturesAndWhatIsShort() async throws {
    let world = try world()
    for path in ["/favicon.ico", "/healthz"] {
      let answer = try await world.ask(.get, path, headers: [.acceptEncoding: "gzip"])
      #expect(answer.status == .ok && !isPacked(answer))
    }
  }
}

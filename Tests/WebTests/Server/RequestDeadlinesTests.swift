import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Web

struct RequestDeadlinesTests {
  private let loop = EmbeddedEventLoop()
  private let channel: EmbeddedChannel

  init() throws {
    channel = EmbeddedChannel(handler: RequestDeadlines(), loop: loop)
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
  }

  private func receive(_ parts: HTTPRequestPart...) throws {
    for part in parts { try channel.writeInbound(part) }
  }

  private func answer() throws {
    try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
    try channel.writeOutbound(HTTPResponsePart.end(nil))
  }

  private static let head = HTTPRequestPart.head(
    HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: "/"))
  private static let body = HTTPRequestPart.body(ByteBuffer(string: "x"))

  private func isOpen(after time: TimeAmount) -> Bool {
    loop.advanceTime(by: time)
    return channel.isActive
  }

  @Test func aHeadThatDoesntComeClosesTheConnection() throws {
    #expect(isOpen(after: .seconds(59)))
    #expect(!isOpen(after: .seconds(1)))
  }

  @Test func aBodyThatNobodyReadsClosesItSoonAfterTheAnswer() throws {
    try receive(Self.head, Self.body)
    try answer()
    for _ in 0..<4 {
      try receive(Self.body)
      #expect(isOpen(after: .seconds(1)))
    }
    #expect(!isOpen(after: .seconds(1)))
  }

  @Test func aBodyThatEndsInTimeLeavesItOpenForTheNextRequest() throws {
    try receive(Self.head, Self.body)
    try answer()
    #expect(isOpen(after: .seconds(4)))
    try receive(.end(nil))
    #expect(isOpen(after: .seconds(59)))
    #expect(!isOpen(after: .seconds(1)))
  }

  @Test func anAnswerMayTakeLong() throws {
    try receive(Self.head, .end(nil))
    #expect(isOpen(after: .hours(1)))
    try answer()
    #expect(isOpen(after: .seconds(59)))
    #expect(!isOpen(after: .seconds(1)))
  }

  @Test func aRequestThatCameBeforeTheAnswerIsWaitedFor() throws {
    try receive(Self.head, .end(nil), Self.head)
    try answer()
    #expect(isOpen(after: .minutes(10)))
    try receive(.end(nil))
    try answer()
    #expect(isOpen(after: .seconds(59)))
    #expect(!isOpen(after: .seconds(1)))
  }

  @Test func eachRequestBeginsTheTimeAnew() throws {
    for _ in 0..<5 {
      #expect(isOpen(after: .seconds(50)))
      try receive(Self.head, .end(nil))
      try answer()
    }
    #expect(isOpen(after: .seconds(59)))
    #expect(!isOpen(after: .seconds(1)))
  }
}

import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOHTTPTypes
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

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

  @Test func aHeadThatCantBeReadIsAnsweredInWords() throws {
    channel.pipeline.fireErrorCaught(HTTPParserError.headerOverflow)
    guard case .head(let head)? = try channel.readOutbound(as: HTTPResponsePart.self),
      case .body(let body)? = try channel.readOutbound(as: HTTPResponsePart.self)
    else {
      Issue.record("nothing was answered")
      return
    }
    #expect(head.status == .badRequest)
    #expect(head.headerFields[.contentType] == "application/problem+json")
    #expect(String(buffer: body).contains("over 16 KB"))
    #expect(!channel.isActive)
  }

  /// Whoever waits for the answer gets that, and not another.
  @Test func aRequestUnderWayIsNotAnsweredTwice() throws {
    try receive(Self.head)
    channel.pipeline.fireErrorCaught(HTTPParserError.invalidChunkSize)
    #expect(throws: HTTPParserError.self) { try channel.throwIfErrorCaught() }
    #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
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

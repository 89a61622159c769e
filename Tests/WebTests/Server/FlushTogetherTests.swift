import NIOCore
import NIOEmbedded
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

struct FlushTogetherTests {
  private let channel = EmbeddedChannel(handler: FlushTogether())

  private func answer(_ text: String) {
    channel.write(ByteBuffer(string: text), promise: nil)
    channel.flush()
  }

  private func sent() throws -> [String] {
    var sent: [String] = []
    while let buffer = try channel.readOutbound(as: ByteBuffer.self) { sent.append(String(buffer: buffer)) }
    return sent
  }

  @Test func answersAreSentOnceAllAreMade() throws {
    answer("one")
    answer("two")
    #expect(try sent() == [])
    channel.embeddedEventLoop.run()
    #expect(try sent() == ["one", "two"])
    answer("three")
    channel.embeddedEventLoop.run()
    #expect(try sent() == ["three"])
  }

  @Test func whatWasWrittenIsSentBeforeTheConnectionIsClosed() throws {
    answer("last")
    channel.close(promise: nil)
    #expect(try sent() == ["last"])
    channel.embeddedEventLoop.run()
    #expect(try sent() == [])
  }
}

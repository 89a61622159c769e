import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Answers `Expect: 100-continue` once a request's body is wanted. A request that is refused by its head gets
/// its response at once, and its body is never sent.
package struct ContinueSignal: Sendable {
  package let channel: any Channel

  /// Must be called before a body is read.
  package func begin(_ request: Request) {
    guard let expected = request.headers[.expect], expected.lowercased() == "100-continue" else { return }
    channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)), promise: nil)
  }
}

import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Answers `Expect: 100-continue` once a request's body is wanted. What is refused by its head alone is answered at
/// once instead, and its body never sent.
package struct ContinueSignal: Sendable {
  package let channel: any Channel

  /// Called before a body is read.
  package func begin(_ request: Request) {
    guard let expected = request.headers[.expect], expected.lowercased() == "100-continue" else { return }
    channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)), promise: nil)
  }
}

import Domain
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// What is known about a request from its connection.
package struct WebContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// The connection's remote address; nil in tests without a connection.
  let peer: SocketAddress?
  /// Tells a waiting client to go on sending.
  package let continuing: ContinueSignal
  /// Identifies the request in the log and in its response.
  package let requestID: String

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress
    continuing = ContinueSignal(channel: source.channel)
    requestID = Self.nextRequestID()
  }

  /// Unique across requests.
  package static func nextRequestID() -> String {
    processPrefix + String(count.wrappingAdd(1, ordering: .relaxed).newValue, radix: 36)
  }

  /// Distinguishes the ids of different processes.
  private static let processPrefix = String(UInt64.random(in: 0..<1 << 40), radix: 36) + "-"
  private static let count = Atomic<UInt64>(0)
}

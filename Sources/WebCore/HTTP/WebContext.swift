import Domain
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// What is known of a request besides what it says itself.
package struct WebContext: RequestContext {
  package var coreContext: CoreRequestContextStorage
  /// Where the connection comes from; nil in tests without one.
  let peer: SocketAddress?
  /// Tells who waits for it to go on sending.
  package let continuing: ContinueSignal
  /// Names the request in the log and in its answer.
  package let requestID: String

  package init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress
    continuing = ContinueSignal(channel: source.channel)
    requestID = Self.nextRequestID()
  }

  /// One that no other request has.
  package static func nextRequestID() -> String {
    start + String(count.wrappingAdd(1, ordering: .relaxed).newValue, radix: 36)
  }

  /// Tells the numbers of one process from another's.
  private static let start = String(UInt64.random(in: 0..<1 << 40), radix: 36) + "-"
  private static let count = Atomic<UInt64>(0)
}

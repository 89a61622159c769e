import Domain
import Hummingbird
import Logging
import NIOCore

/// What is known of a request besides what it says itself.
struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Where the connection comes from; nil in tests without one.
  let peer: SocketAddress?

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    peer = source.channel.remoteAddress
  }
}

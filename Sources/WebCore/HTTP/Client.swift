import HTTPTypes
import Hummingbird
import NIOCore

/// The origin of a request, as far as proxies are trusted.
struct Client {
  /// Nil if unknown.
  package let address: String?
  package let isSecure: Bool
  /// The host in the browser's address bar, with its port.
  package let host: String

  package init(_ request: Request, _ context: WebContext, _ options: WebOptions) {
    let peer = context.peer
    let isTrusted = peer.map { peer in options.trustedProxies.contains { $0.contains(peer) } } ?? false
    var address = peer?.ipAddress
    if isTrusted {
      // Each proxy appends the address it received from; the last one that isn't a trusted proxy is the
      // client.
      let chain = request.headers[values: .forwardedFor].joined(separator: ",").split(separator: ",")
        .map { $0.filter { $0 != " " } }
      for hop in chain.reversed() {
        guard let known = try? SocketAddress(ipAddress: hop, port: 0) else { break }
        address = hop
        if !options.trustedProxies.contains(where: { $0.contains(known) }) { break }
      }
    }
    self.address = address
    isSecure =
      options.publicURL?.hasPrefix("https://") ?? false
      || isTrusted && request.headers[.forwardedProto] == "https"
    let forwarded = isTrusted ? request.headers[.forwardedHost] : nil
    host = forwarded ?? request.head.authority ?? ""
  }
}

import Domain
import HTTPTypes
import Hummingbird
import Operations
import Synchronization

/// Access to a server on a store without users, for the person who started it. Ends as soon as a user exists.
package final class LocalMode: Sendable {
  package let principal: Principal
  private let digest: [UInt8]
  private let store: any StoreAccess
  /// Whether there were no users, and the store's version then.
  private let known = Mutex<(version: Int64, isOpen: Bool)?>(nil)

  package init(_ access: LocalAccess, login: String, _ store: any StoreAccess) {
    principal = .local(name: access.name, login: login)
    digest = access.secret.digest
    self.store = store
  }

  /// - Parameter version: set to the store's version.
  package func isOpen(at version: inout Int64?) async throws -> Bool {
    let current = try await store.version()
    version = current
    if let known = known.withLock({ $0 }), known.version == current { return known.isOpen }
    let isOpen = try await store.read { try $0.countUsers() } == 0
    known.withLock { $0 = (current, isOpen) }
    return isOpen
  }

  /// Compares digests, so timing reveals nothing about the secret.
  package func opens(_ secret: String) -> Bool { Secret.digest(of: secret) == digest }

  /// Throws a problem for requests through a proxy, and for a `Host` other than this machine's own names:
  /// another domain can point to this machine, and would bring a browser here (DNS rebinding).
  package func check(_ request: Request) throws(Problem) {
    if Self.proxyFields.contains(where: request.headers.contains) { throw .behindProxy }
    guard let host = HTTPHost(request.head.authority ?? ""), host.isThisMachine else { throw .notThisMachine }
  }

  /// Headers that proxies add.
  private static let proxyFields: [HTTPField.Name] = [
    .forwarded, .forwardedFor, .forwardedProto, .forwardedHost, .forwardedPort, .realIP, .via,
  ]
}

extension Problem {
  /// Whether it means that a server without users refuses the sender, whatever was asked for.
  var isOfLocalMode: Bool { [.localOnly, .behindProxy, .notThisMachine].contains(code) }

  /// Only the person who started the server is let in.
  package static let localOnly = Problem(
    .localOnly,
    Wording(
      en:
        "this server has no users and answers only whoever started it; open the address that it printed when it started, or add a user (switchlist user add NAME --role admin) and sign in",
      zh: "这个服务还没有用户，只回应启动它的人；请打开启动时显示的网址，或先添加用户（switchlist user add 姓名 --role admin）再登录"))

  static let behindProxy = Problem(
    .behindProxy,
    Wording(
      en:
        "this request came through a proxy, and a server without users answers on its own machine alone; add a user first (switchlist user add NAME --role admin)",
      zh: "这个请求经过了代理；还没有用户的服务只在本机使用，请先添加用户（switchlist user add 姓名 --role admin）"))

  static let notThisMachine = Problem(
    .notThisMachine,
    Wording(
      en: "without users switchlist answers on this machine alone; open http://localhost, or add a user",
      zh: "还没有用户时，switchlist 只在本机使用；请打开 http://localhost，或先添加用户"))
}

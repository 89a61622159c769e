import Domain
import HTTPTypes
import Hummingbird
import Operations
import Synchronization

/// A server on a store without users, which answers whoever started it; it ends the moment that a user exists.
package final class LocalMode: Sendable {
  package let principal: Principal
  private let digest: [UInt8]
  private let store: any StoreAccess
  /// Whether there were no users, and the store's version by then.
  private let known = Mutex<(version: Int64, isOpen: Bool)?>(nil)

  package init(_ access: LocalAccess, login: String, _ store: any StoreAccess) {
    principal = .local(name: access.name, login: login)
    digest = access.secret.digest
    self.store = store
  }

  /// - Parameter version: set to the store's.
  package func isOpen(at version: inout Int64?) async throws -> Bool {
    let current = try await store.version()
    version = current
    if let known = known.withLock({ $0 }), known.version == current { return known.isOpen }
    let isOpen = try await store.read { try $0.countUsers() } == 0
    known.withLock { $0 = (current, isOpen) }
    return isOpen
  }

  /// Compares digests, which nobody can approach byte by byte.
  package func opens(_ secret: String) -> Bool { Secret.digest(of: secret) == digest }

  /// Throws a problem for what a proxy has brought, and for a name that isn't this machine's own: a name that
  /// somebody else's domain gives to this machine leads a browser here, too.
  package func check(_ request: Request) throws(Problem) {
    if Self.proxyFields.contains(where: request.headers.contains) { throw .behindProxy }
    guard let host = HTTPHost(request.head.authority ?? ""), host.isThisMachine else { throw .notThisMachine }
  }

  /// What proxies add to what they pass on.
  private static let proxyFields: [HTTPField.Name] = [
    .forwarded, .forwardedFor, .forwardedProto, .forwardedHost, .forwardedPort, .realIP, .via,
  ]
}

/// A `Host`: a name or an address, and a port where it is said.
struct HTTPHost: Equatable {
  /// In lower case; an IPv6 address in its brackets.
  package let name: String
  /// Nil: the scheme's usual one.
  package let port: Int?

  /// Nil for what isn't one: an IPv6 address that goes on after its bracket, a port that isn't a number.
  package init?(_ text: String) {
    var text = text
    guard let parts = text.withUTF8(Self.parts) else { return nil }
    (name, port) = parts
  }

  private static func parts(_ bytes: UnsafeBufferPointer<UInt8>) -> (name: String, port: Int?)? {
    let isAddress = bytes.first == UInt8(ascii: "[")
    var end = bytes.firstIndex(of: isAddress ? UInt8(ascii: "]") : UInt8(ascii: ":")) ?? bytes.count
    if isAddress {
      if end == bytes.count { return nil }
      end += 1
    }
    let name = bytes[..<end]
    let rest = bytes[end...]
    if name.isEmpty || name.contains(where: { $0 <= 0x20 || isDelimiter($0) }) { return nil }
    let text = String(decoding: name, as: UTF8.self).lowercased()
    guard let sign = rest.first else { return (text, nil) }
    let digits = rest.dropFirst()
    guard sign == UInt8(ascii: ":"), digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
    if digits.isEmpty { return (text, nil) }
    guard let number = UInt16(String(decoding: digits, as: UTF8.self)) else { return nil }
    return (text, Int(number))
  }

  private static func isDelimiter(_ byte: UInt8) -> Bool {
    switch UnicodeScalar(byte) {
    case "/", "@", "?", "#", "\\": true
    default: false
    }
  }

  var isThisMachine: Bool { ["localhost", "127.0.0.1", "[::1]"].contains(name) }
}

extension Problem {
  /// Whether a server without users doesn't answer who asks, whatever it is about.
  var isOfLocalMode: Bool { [.localOnly, .behindProxy, .notThisMachine].contains(code) }

  /// Nobody is known here but whoever started the server.
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

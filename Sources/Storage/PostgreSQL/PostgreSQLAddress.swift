import CLibPQ
import Glibc
import Operations

/// Where a store on PostgreSQL is: a URL as libpq takes it.
package struct PostgreSQLAddress: Sendable {
  /// Host, port and database, without user and password, for messages.
  package let name: String
  private let url: String
  private let library: LibPQ

  /// What the URL may override, in libpq's words. A server that is silent for ten seconds counts as gone.
  private static let usual: [(String, String)] = [
    ("connect_timeout", "3"), ("tcp_user_timeout", "10000"), ("keepalives_idle", "10"),
    ("keepalives_interval", "3"), ("keepalives_count", "3"), ("target_session_attrs", "read-write"),
    ("fallback_application_name", "switchlist"),
  ]

  /// Whether a store's URL is for this engine.
  package static func isOne(_ url: String) -> Bool {
    ["postgres://", "postgresql://"].contains { url.lowercased().hasPrefix($0) }
  }

  /// Throws a `StoreError` for a URL that libpq can't read, or where the library isn't installed.
  ///
  /// - Parameter refusesPassword: the URL was given where other users of the machine see it.
  package init(_ url: String, refusesPassword: Bool) throws(StoreError) {
    let shown = Self.withoutCredentials(url)
    let library = try LibPQ(for: shown)
    var message: UnsafeMutablePointer<CChar>?
    guard let options = library.call.conninfoParse(url, &message) else {
      defer { library.call.freemem(message) }
      throw .badAddress(shown, detail: Self.withoutText(of: url, PostgreSQLConnection.line(message)))
    }
    defer { library.call.conninfoFree(options) }
    var given: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { given[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    if refusesPassword, given["password"] != nil { throw .passwordInAddress(shown) }
    self.url = url
    self.library = library
    name = Self.name(of: given)
  }

  private static func name(of options: [String: String]) -> String {
    let hosts = (options["host"] ?? options["hostaddr"] ?? "").split(
      separator: ",", omittingEmptySubsequences: false)
    let ports = (options["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    let places = hosts.enumerated().map { index, host in
      let port = ports.count == 1 ? ports[0] : index < ports.count ? ports[index] : ""
      return port.isEmpty || port == "5432" ? String(host) : "\(host):\(port)"
    }
    return "postgres://\(places.joined(separator: ","))/\(options["dbname"] ?? "")"
  }

  /// A URL for messages: what precedes `@` may contain a password, and so may what follows `?`.
  private static func withoutCredentials(_ url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return "postgres://…" }
    let rest = url[scheme.upperBound...].prefix { $0 != "?" }
    let start = String(url[..<scheme.upperBound])
    guard let end = rest.lastIndex(of: "@") else { return start + rest }
    return start + "…" + rest[end...]
  }

  /// libpq quotes what it can't read.
  private static func withoutText(of url: String, _ message: String) -> String {
    message.replacing(url, with: withoutCredentials(url))
  }

  /// Connects, to the first of several hosts that takes writes. Throws a `PostgreSQLError`.
  func connect() throws -> PostgreSQLConnection {
    let pairs = Self.usual + [("dbname", url), ("client_encoding", "UTF8")]
    let keywords = pairs.map { strdup($0.0) }
    let values = pairs.map { strdup($0.1) }
    defer { for text in keywords + values { free(text) } }
    let handle = (keywords + [nil]).map { UnsafePointer($0) }.withUnsafeBufferPointer { keywords in
      (values + [nil]).map { UnsafePointer($0) }.withUnsafeBufferPointer { values in
        library.call.connectdbParams(keywords.baseAddress, values.baseAddress, 1)
      }
    }
    guard let handle else { throw PostgreSQLError(state: nil, message: "out of memory") }
    guard library.call.status(handle) == Int32(LIBPQ_CONNECTION_OK) else {
      defer { library.call.finish(handle) }
      throw PostgreSQLError(
        state: nil,
        message: Self.withoutText(of: url, PostgreSQLConnection.line(library.call.errorMessage(handle))),
        isOfAnOpenConnection: false)
    }
    let connection = PostgreSQLConnection(library: library, handle: handle)
    // A limit that the role or the database sets would cancel a COMMIT that waits for its standby.
    try connection.execute(
      """
      SET statement_timeout = 0; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'
      """)
    return connection
  }
}

import CLibPQ
import Glibc
import Operations
import Synchronization

/// Where a store on PostgreSQL is: a URL as libpq takes it.
package struct PostgreSQLAddress: Sendable {
  /// Host, port and database, without user and password, for messages.
  package let name: String
  private let url: String
  private let library: LibPQ
  /// Each of several hosts by itself, in libpq's words; empty for one host.
  private let hosts: [[(String, String)]]
  /// The newest timeline that this process has met.
  private let newest: Timeline

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

  private final class Timeline: Sendable {
    private let text = Mutex("")

    func withLock<Output: Sendable>(_ body: (inout String) -> Output) -> Output {
      text.withLock { text in body(&text) }
    }
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
      throw .badAddress(shown, detail: Self.withoutQuotations(PostgreSQLConnection.line(message)))
    }
    defer { library.call.conninfoFree(options) }
    var given: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { given[String(cString: keyword)] = String(cString: value) }
      option += 1
    }
    if refusesPassword, given["password"] ?? given["sslpassword"] != nil { throw .passwordInAddress(shown) }
    let places = [given["host"], given["hostaddr"], given["dbname"]]
    guard (given["port"] ?? "").allSatisfy({ $0.isASCII && $0.isNumber || $0 == "," }),
      !places.contains(where: { $0?.contains("@") ?? false })
    else {
      // Most likely a password with a sign that means something else in a URL.
      throw .ambiguousAddress(shown)
    }
    self.url = url
    self.library = library
    newest = Timeline()
    hosts = Self.hosts(of: given)
    name = Self.name(of: given)
  }

  private static func hosts(of options: [String: String]) -> [[(String, String)]] {
    func list(_ name: String) -> [String] {
      (options[name] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let lists = ["host", "hostaddr", "port"].map { ($0, list($0)) }
    let count = lists.map(\.1.count).max() ?? 0
    if count < 2 { return [] }
    return (0..<count).map { index in
      lists.compactMap { name, values in
        // One port is that of all hosts.
        (values.count == 1 ? values.first : index < values.count ? values[index] : nil).map { (name, $0) }
      }
    }
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

  /// A URL for messages: what precedes the last `@` may contain a password, and so may what follows `?`.
  private static func withoutCredentials(_ url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return "postgres://…" }
    let start = String(url[..<scheme.upperBound])
    let rest = url[scheme.upperBound...]
    let question = rest.firstIndex(of: "?") ?? rest.endIndex
    guard let sign = rest.lastIndex(of: "@") else { return start + rest[..<question] }
    // Either sign may be a part of a password.
    return sign < question ? start + "…" + rest[sign..<question] : start + "…"
  }

  /// libpq quotes what it can't read, which may be a part of a password.
  private static func withoutQuotations(_ message: String) -> String {
    message.prefix { $0 != "\"" }.trimmingSuffix { " :(".contains($0) }
  }

  /// libpq's advice follows a tab; it names the file that a password came from.
  private static func firstPart(_ message: String) -> String {
    let text = message.prefix { $0 != "\t" }
    let end = text.firstRange(of: "password retrieved from file")?.lowerBound ?? text.endIndex
    return text[..<end].trimmingSuffix { " ;".contains($0) }
  }

  /// Whether a promotion has been met since that made this timeline a former one.
  func isFormer(_ timeline: String?) -> Bool {
    guard let timeline else { return false }
    return newest.withLock { timeline < $0 }
  }

  /// Connects, to the first of several hosts that takes writes and isn't a former primary. Throws a `PostgreSQLError`.
  func connect() throws -> PostgreSQLConnection {
    do { return try connect([]) } catch let error as PostgreSQLError where error.isOfAFormerPrimary {
      // libpq stops at the first that takes writes, so each is asked for by itself.
      for host in hosts {
        if let connection = try? connect(host) { return connection }
      }
      throw error
    }
  }

  private func connect(_ host: [(String, String)]) throws -> PostgreSQLConnection {
    let pairs = Self.usual + [("dbname", url), ("client_encoding", "UTF8")] + host
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
        message: Self.firstPart(PostgreSQLConnection.line(library.call.errorMessage(handle))),
        isOfAnOpenConnection: false)
    }
    let connection = PostgreSQLConnection(library: library, handle: handle)
    // A limit that the role or the database sets would cancel a COMMIT that waits for its standby.
    try connection.execute(
      """
      SET statement_timeout = 0; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'
      """)
    // A former primary that comes back writes an older timeline than the one promoted in its place.
    let timeline = try connection.currentTimeline()
    let isFormer = newest.withLock { newest in
      if timeline < newest { return true }
      newest = timeline
      return false
    }
    if isFormer {
      throw PostgreSQLError(
        state: "25006", message: "the server is a former primary", isOfAnOpenConnection: false,
        isOfAFormerPrimary: true)
    }
    return connection
  }
}

extension StringProtocol {
  fileprivate func trimmingSuffix(_ isTrimmed: (Character) -> Bool) -> String {
    var end = endIndex
    while end > startIndex, isTrimmed(self[index(before: end)]) { end = index(before: end) }
    return String(self[..<end])
  }
}

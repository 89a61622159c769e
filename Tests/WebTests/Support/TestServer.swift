import Crypto
import Domain
import Formats
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Operations
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// A server over a store of its own, with a clock that stands still until a test moves it. Requests are
/// answered without a connection.
final class TestServer: Sendable {
  /// Who sends a request: what it carries to prove it.
  struct Caller: Sendable {
    var headers: HTTPFields = [:]
    /// Where there are no users: whoever started the server.
    var isStarter = true

    /// Shows nothing. On a server without users, whoever started it.
    static let nobody = Caller()
    /// Shows nothing anywhere.
    static let stranger = Caller(isStarter: false)
  }

  let store: any ShopStore
  let server: WebServer
  private let folder: TemporaryFolder
  private let clock: Clock
  private let hook = WritingHook()
  private let secrets = CountedSecrets()

  /// - Parameter options: without `local`, everybody has to sign in.
  /// - Parameter engine: what stands between the server and the store.
  init(
    checklists: [Checklist] = TestServer.checklists, platforms: [String: PlatformRules] = [:],
    options: WebOptions = WebOptions(), engine: (any StoreAccess) -> any StoreAccess = { $0 }
  ) throws {
    let (folder, clock) = (try TemporaryFolder(), Clock())
    let (store, access) = try Self.store(in: folder, hook: hook) { clock.now.seconds * 1000 }
    let read = DefinitionsSnapshot(
      number: 1,
      definitions: Definitions(checklists: checklists, calendars: [:], platforms: platforms),
      findings: TestServer.findings,
      files: Dictionary(uniqueKeysWithValues: checklists.map { ($0.id.rawValue, "\($0.id).yaml") }))
    let parts = WebDependencies(
      now: { clock.now }, monotonicMilliseconds: { clock.now.seconds * 1000 }, zones: TestZones.directory,
      zone: .utc,
      definitions: { read }, check: { _, file in TestServer.findings.map { $0.moved(to: file) } },
      schema: { _ in #"{"type": "object"}"# }, store: engine(access), secrets: secrets, login: "tester")
    var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    (self.folder, self.clock, self.store) = (folder, clock, store)
    server = WebServer(dependencies: parts, options: options, logger: logger)
  }

  /// A new store in a file; on the tests' database server where `SWITCHLIST_TEST_ENGINE` says so.
  private static func store(
    in folder: TemporaryFolder, hook: WritingHook, monotonicMilliseconds: @escaping @Sendable () -> Int64
  ) throws -> (any ShopStore, any StoreAccess) {
    if ProcessInfo.processInfo.environment["SWITCHLIST_TEST_ENGINE"] == "postgresql" {
      let engine = try #require(StoreEngine.postgreSQL, "SWITCHLIST_TEST_POSTGRES names no server")
      let store = try #require(try engine.make().store as? PostgreSQLStore)
      let access = PostgreSQLStoreAccess(
        store, writer: HookedStore(store: store, hook: hook), monotonicMilliseconds: monotonicMilliseconds)
      return (store, access)
    }
    let path = folder.file("store.sqlite")
    try SQLiteShopStore.write(creatingAt: path) { _ in }
    let store = try SQLiteShopStore(path: path)
    let access = try SQLiteStoreAccess(
      path: path, writer: HookedStore(store: store, hook: hook),
      monotonicMilliseconds: monotonicMilliseconds, turns: LoopTurns())
    return (store, access)
  }

  /// One without users, and asked by whoever started it where a request shows nothing else.
  static func open(checklists: [Checklist] = TestServer.checklists) throws -> TestServer {
    let local = LocalAccess(name: "Li", secret: .local(from: CountedSecrets()))
    return try TestServer(checklists: checklists, options: WebOptions(local: local))
  }

  /// Runs a body once in a transaction of its own, right before the server begins its next one: after a request was
  /// let in, and before what it asks for is done.
  func beforeNextWrite(_ body: @escaping @Sendable (any StoreWriting) throws -> Void) { hook.set(body) }

  var now: Moment {
    get { clock.now }
    set { clock.set(newValue) }
  }

  /// Does with the store what people do at the command line.
  var user: StoreUser {
    var user = StoreUser(
      store, server.services.dependencies.definitions().definitions.checklists.map(\.checklist))
    user.now = now
    return user
  }

  /// Sends a request, and gives the answer with its whole body.
  func ask(
    _ method: HTTPRequest.Method, _ uri: String, as caller: Caller = .nobody, headers: HTTPFields = [:],
    body: [UInt8]? = nil
  ) async throws -> TestResponse {
    let application = Application(responder: server.responder(), logger: Self.quiet)
    let sent = fields(of: caller, headers)
    return try await application.test(.router) { client in
      try await client.execute(
        uri: uri, method: method, headers: sent, body: body.map { ByteBuffer(bytes: $0) })
    }
  }

  /// What a request of somebody's carries.
  func fields(of caller: Caller, _ headers: HTTPFields) -> HTTPFields {
    var fields = caller.headers
    for field in headers { fields[field.name] = field.value }
    if let local = server.services.options.local, caller.isStarter, !fields.contains(.authorization) {
      fields[.authorization] = "Bearer \(local.secret.text)"
    }
    return fields
  }

  static let quiet: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension TestServer {
  /// Takes a step of a switch at an hour after `.switched`, which it is then.
  func take(_ step: ChangeSwitch.Step, of shop: ShopID, at hours: Int64) throws {
    now = .hours(hours)
    let change = ChangeSwitch(
      definitions: server.services.dependencies.definitions().definitions, zones: TestZones.directory,
      by: .li,
      now: now
    )
    _ = try store.write { try change(step, of: shop, at: nil, override: nil, in: $0) }
  }

  /// Takes all steps of a switch within three hours, the last at an hour after `.switched`.
  func switchAccount(of shop: ShopID, at hours: Int64) throws {
    try take(.bind("old"), of: shop, at: hours - 3)
    try take(.plan(to: "new", plannedFor: nil, confirmed: []), of: shop, at: hours - 2)
    try take(.unbind(until: nil, finishBy: nil), of: shop, at: hours - 1)
    try take(.rebind(to: nil), of: shop, at: hours)
  }

  /// A user who is signed in.
  func addUser(
    _ name: String, _ role: Role, teams: [String] = [], isDisabled: Bool = false
  ) throws -> Caller {
    let secret = secrets.text()
    try store.write { transaction in
      if try transaction.user(named: name) == nil {
        try transaction.insert(
          User(
            name: name, role: role, teams: teams, isDisabled: isDisabled, password: "nobody", createdAt: now))
      }
      try transaction.insert(
        LoginSession(
          digest: Self.digest(secret), user: name, createdAt: now, expiresAt: now + 30 * 86_400))
    }
    return Caller(headers: [
      .cookie: "\(CookieName.session.rawValue)=\(secret)", .secFetchSite: "same-origin",
    ])
  }

  /// A script with a token, which lasts for a day.
  func addToken(_ scopes: TokenScope..., teams: [String] = [], isRevoked: Bool = false) throws -> Caller {
    try addToken(scopes, teams: teams, isRevoked: isRevoked)
  }

  /// - Parameter endsIn: in seconds; negative for one that has ended.
  func addToken(
    _ scopes: [TokenScope], teams: [String] = [], isRevoked: Bool = false, endsIn: Int64 = 86_400
  ) throws -> Caller {
    let secret = secrets.text()
    try store.write { transaction in
      let number = try transaction.nextTokenNumber()
      try transaction.insert(
        AccessToken(
          number: number, name: "script", digest: Self.digest(secret), scopes: scopes, teams: teams,
          createdBy: "Li", createdAt: now + -86_400, expiresAt: now + endsIn))
      if isRevoked { try transaction.revokeToken(number, at: now) }
    }
    return Caller(headers: [.authorization: "Bearer \(secret)"])
  }

  /// The secret of a link to a shop, which lasts for a day.
  ///
  /// - Parameter endsIn: in seconds; negative for one that has ended.
  func addLink(to shop: ShopID, isRevoked: Bool = false, endsIn: Int64 = 86_400) throws -> String {
    let secret = secrets.text()
    try store.write { transaction in
      let number = (try transaction.links(of: shop).last?.number ?? 0) + 1
      try transaction.insert(
        ShopLink(
          number: number, shop: shop, digest: Self.digest(secret), createdBy: "Li", createdAt: now + -86_400,
          expiresAt: now + endsIn))
      if isRevoked { try transaction.revokeLink(number, of: shop, at: now) }
    }
    return secret
  }

  private static func digest(_ secret: String) -> [UInt8] {
    Array(SHA256.hash(data: Array(secret.utf8)))
  }

  /// For after a switch: three items, the second needing the first, the third a second person; and one list
  /// for the time before it.
  static let checklists: [Checklist] = [
    .named(
      "after",
      [
        .named("rebind-store", due: .hours(2), critical: true),
        .named("check-products", needs: ["rebind-store"], due: .days(1)),
        .named("rebuild-brand", due: .days(7), proof: [.secondPerson]),
      ]),
    .named("before", begins: .planned, [.named("back-up", due: .days(1))]),
  ]

  static let findings = [
    DefinitionsSnapshot.Finding(
      file: "after.yaml", line: 3, column: 5, isError: false, code: "unusual-id",
      message: Wording(en: "something to look at", zh: "请看一下"), quote: "  - id: rebind-store")
  ]
}

extension DefinitionsSnapshot.Finding {
  /// The same in another file.
  fileprivate func moved(to file: String) -> Self {
    Self(
      file: file, line: line, column: column, isError: isError, code: code, message: message, quote: quote)
  }
}

/// Time that passes when a test says so.
private final class Clock: Sendable {
  private let moment = Mutex(Moment.now)

  var now: Moment { moment.withLock { $0 } }

  func set(_ moment: Moment) { self.moment.withLock { $0 = moment } }
}

/// Secrets that differ, and are the same in every run.
final class CountedSecrets: SecretSource {
  private let count = Mutex<UInt64>(0)

  func bytes(_ count: Int) -> [UInt8] {
    let number = self.count.withLock { number in
      number += 1
      return number
    }
    return (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0 % 8))) ^ UInt8($0 & 0xFF) }
  }

  func text() -> String { HexText.of(bytes(16)) }
}

extension TestResponse {
  var text: String { String(buffer: body) }

  /// The body as JSON.
  func json() throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any] ?? [:]
  }
}

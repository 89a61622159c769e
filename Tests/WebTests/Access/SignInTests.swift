import Dispatch
import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Operations
import Synchronization
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Sign-in under attack. Hashing a password takes a while, so these sign in seldom and guess at accounts whose
/// stored form no password has.
struct SignInTests {
  private static func world(_ limits: (Limit, Int)...) throws -> TestServer {
    var chosen = Limits()
    for (limit, number) in limits { chosen[limit] = number }
    return try TestServer(
      options: WebOptions(
        trustedProxies: [try #require(AddressRange("0.0.0.0/0"))], limits: chosen))
  }

  private static func attempt(
    _ world: TestServer, _ name: String, _ password: String = "wrong password", cookie: String? = nil
  ) async throws -> TestResponse {
    let escape = { (text: String) in RequestPipeline.escaped(text) }
    var headers: HTTPFields = [
      .contentType: "application/x-www-form-urlencoded", .secFetchSite: "same-origin",
    ]
    headers[.cookie] = cookie
    return try await world.ask(
      .post, "/sign-in", headers: headers,
      body: Array("name=\(escape(name))&password=\(escape(password))".utf8))
  }

  private static func events(_ world: TestServer) throws -> [AuditEvent] {
    try world.store.read { try $0.auditEvents(before: nil, limit: 1000).map(\.event) }
  }

  @Test func whatIsTooLongIsRefusedBeforeItIsLookedAt() async throws {
    let world = try Self.world()
    for (name, password) in [
      (String(repeating: "李", count: 134), "x"), ("Li", String(repeating: "x", count: 4001)),
    ] {
      #expect(try await Self.attempt(world, name, password).status == .unauthorized)
    }
    let large = String(repeating: "x", count: 9000)
    #expect(try await Self.attempt(world, "Li", large).status == .contentTooLarge)
    #expect(try Self.events(world).isEmpty)
  }

  @Test func anAccountTakesOnlySoManyGuessesAndItsOwnDeviceStillSignsIn() async throws {
    let world = try Self.world((.accountAttempts, 6), (.addressAttempts, 100), (.addressAccountAttempts, 100))
    let password = try Password("芝麻 gate 47 open", of: "Li", from: CountedSecrets())
    try world.store.write { transaction in
      try transaction.insert(
        User(name: "Li", role: .merchant, password: password.stored, createdAt: world.now))
    }
    let first = try await Self.attempt(world, "Li", "芝麻 gate 47 open")
    #expect(first.status == .seeOther)
    let device = try #require(
      first.headers[values: .setCookie].first { $0.hasPrefix("switchlist-device=") }?.prefix { $0 != ";" })
    for _ in 0..<2 { #expect(try await Self.attempt(world, "Li").status == .unauthorized) }
    let refused = try await Self.attempt(world, "Li", "芝麻 gate 47 open")
    #expect(refused.status == .tooManyRequests)
    #expect(refused.headers[.retryAfter] == "600")
    let known = try await Self.attempt(world, "Li", "芝麻 gate 47 open", cookie: String(device))
    #expect(known.status == .seeOther)
    // Another account isn't slowed down by it.
    #expect(try await Self.attempt(world, "Wang").status == .unauthorized)
  }

  @Test func knowingOneAccountIsNoWayToGuessAtOthers() async throws {
    let world = try Self.world((.addressAttempts, 3))
    let password = try Password("芝麻 gate 47 open", of: "Li", from: CountedSecrets())
    try world.store.write { transaction in
      try transaction.insert(
        User(name: "Li", role: .merchant, password: password.stored, createdAt: world.now))
    }
    for name in ["A", "B"] { #expect(try await Self.attempt(world, name).status == .unauthorized) }
    #expect(try await Self.attempt(world, "Li", "芝麻 gate 47 open").status == .seeOther)
    #expect(try await Self.attempt(world, "C").status == .unauthorized)
    #expect(try await Self.attempt(world, "D").status == .tooManyRequests)
  }

  @Test func whatIsRefusedIsOneEntryAndItsCountAnother() async throws {
    let world = try Self.world((.addressAttempts, 4), (.addressAccountAttempts, 100))
    _ = try world.addUser("Li", .merchant)
    for _ in 0..<3 { _ = try await Self.attempt(world, "Li") }
    // What nobody is called may be a password that went into the wrong field.
    _ = try await Self.attempt(world, "hunter2")
    for _ in 0..<20 { #expect(try await Self.attempt(world, "Li").status == .tooManyRequests) }
    let watch = Housekeeping(services: world.server.services)
    await watch.writeDown(all: false)
    let before = try Self.events(world)
    #expect(before.map(\.kind) == [.signInRefused, .signInRefused])
    #expect(before.map(\.subject) == ["", "Li"])
    world.now = world.now + 900
    await watch.writeDown(all: false)
    let after = try Self.events(world).dropLast(2).sorted { $0.attempts < $1.attempts }
    #expect(after.map(\.kind) == [.signInRefused, .signInThrottled])
    #expect(after.map(\.subject) == ["Li", "Li"])
    #expect(after.map(\.attempts) == [2, 20])
    await watch.writeDown(all: false)
    #expect(try Self.events(world).count == 4)
  }

  @Test func whatWasRefusedLongAgoIsForgottenAndTheRestIsNot() async throws {
    let world = try Self.world()
    _ = try world.addUser("Li", .merchant)
    _ = try await Self.attempt(world, "Li")
    try world.store.write { transaction in
      try transaction.log(AuditEvent(kind: .signedIn, at: world.now, subject: "Li", by: "Li"))
    }
    world.now = world.now + 91 * 86_400
    await Housekeeping(services: world.server.services).removeWhatEnded()
    #expect(try Self.events(world).map(\.kind) == [.signedIn])
  }

  @Test func whoeverIsKnownGoesFirst() async throws {
    let queue = PasswordQueue(limit: 3)
    let (order, pipeline) = (Order(), HeldWork())
    async let first: Void = queue.run(for: .unknown(address: "a")) { pipeline.wait() }
    await pipeline.isReached()
    async let second: Void = queue.run(for: .unknown(address: "b")) { order.add("stranger") }
    while queue.waitingCount < 1 { await Task.yield() }
    async let third: Void = queue.run(for: .known) { order.add("known") }
    while queue.waitingCount < 2 { await Task.yield() }
    pipeline.open()
    _ = try await (first, second, third)
    #expect(order.all == ["known", "stranger"])
  }

  @Test func oneAddressDoesntFillTheQueue() async throws {
    let queue = PasswordQueue(limit: 3)
    let pipeline = HeldWork()
    async let working: Void = queue.run(for: .known) { pipeline.wait() }
    await pipeline.isReached()
    async let first: Void = queue.run(for: .unknown(address: "a")) {}
    async let second: Void = queue.run(for: .unknown(address: "a")) {}
    while queue.waitingCount < 2 { await Task.yield() }
    await #expect(throws: QuotaShortage.self) { try await queue.run(for: .unknown(address: "a")) {} }
    async let other: Void = queue.run(for: .unknown(address: "b")) {}
    while queue.waitingCount < 3 { await Task.yield() }
    await #expect(throws: QuotaShortage.self) { try await queue.run(for: .unknown(address: "c")) {} }
    async let known: Void = queue.run(for: .known) {}
    while queue.waitingCount < 4 { await Task.yield() }
    pipeline.open()
    _ = try await (working, first, second, other, known)
  }

  /// One customer has a whole /64; an IPv4 address is the same however it is written.
  @Test(arguments: [
    ("2001:db8::1", "2001:db8::ffff", true), ("10.0.0.1", "::ffff:10.0.0.1", true),
    ("10.0.0.1", "10.0.0.2", false), ("2001:db8::1", "2001:db8:0:1::1", false),
  ])
  func countsAddressesOfOneSenderTogether(one: String, other: String, isOne: Bool) {
    #expect((SenderAddress.subject(one) == SenderAddress.subject(other)) == isOne)
  }
}

/// Work that goes on once a test lets it.
private final class HeldWork: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  private let hasBegun = Mutex(false)

  func wait() {
    hasBegun.withLock { $0 = true }
    semaphore.wait()
  }

  func isReached() async { while !hasBegun.withLock({ $0 }) { await Task.yield() } }

  func open() { semaphore.signal() }
}

/// What was done, in its order.
private final class Order: Sendable {
  private let words = Mutex<[String]>([])

  func add(_ word: String) { words.withLock { $0.append(word) } }

  var all: [String] { words.withLock { $0 } }
}

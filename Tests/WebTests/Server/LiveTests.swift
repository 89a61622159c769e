import Domain
import HTTPTypes
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// Which pages are told of a change.
struct LiveHubTests {
  private let hub = LiveHub()

  /// How many changes a page was told of since it was last asked.
  private func changes(_ signals: AsyncStream<LiveHub.Signal>) async -> Int {
    hub.tellAll(.stillHere)
    var changes = 0
    for await signal in signals {
      if case .stillHere = signal { break }
      changes += 1
    }
    return changes
  }

  @Test func aPageOfAShopIsToldOfThatShopAlone() async {
    let signals = hub.signals(of: "s-1")
    hub.changed(["s-2"])
    hub.changed([])
    #expect(await changes(signals) == 0)
    hub.changed(["s-1"])
    hub.changed(["s-2", "s-1"])
    #expect(await changes(signals) == 2)
  }

  @Test func aPageOfAllShopsIsToldOfAnyAndOnceForSeveral() async {
    let signals = hub.signals(of: nil)
    hub.changed(["s-1"])
    hub.changed(["s-2", "s-3"])
    #expect(await changes(signals) == 2)
  }

  @Test func whatConcernsAnyShopIsToldToAll() async {
    let (one, all) = (hub.signals(of: "s-1"), hub.signals(of: nil))
    hub.tellAll(.changed)
    #expect(await changes(one) == 1)
    #expect(await changes(all) == 1)
  }

  /// However much happens before a page listens again, it loads what is new only a few times.
  @Test func aSlowPageGetsOnlyTheLatestSignals() async {
    let signals = hub.signals(of: "s-1")
    for _ in 0..<1000 { hub.changed(["s-1"]) }
    // The heartbeat behind them is one of the eight.
    #expect(await changes(signals) == 7)
    #expect(await changes(signals) == 0)
  }

  @Test func whoeverStopsListeningIsForgotten() async {
    var closed: AsyncStream<LiveHub.Signal>? = hub.signals(of: nil)
    let listening = Task { [signals = hub.signals(of: "s-1")] in
      for await _ in signals {}
    }
    let isListening = closed != nil
    #expect(isListening && hub.count == 2)
    closed = nil
    #expect(hub.count == 1)
    listening.cancel()
    await listening.value
    let isForgotten = await comesTrue { hub.count == 0 }
    #expect(isForgotten)
  }
}

/// Pages that listen over the whole way of a request.
struct LiveTests {
  private static let start = "retry: 5000\n\n"
  private static let changed = "event: changed\ndata: {}\n\n"
  private static let heartbeat = ": still here\n\n"
  private static let visitor = TestServer.Caller(headers: [.cookie: "switchlist-name=Mei"])

  private static func world(_ limits: (Limit, Int)...) throws -> TestServer {
    var chosen = Limits()
    for (limit, number) in limits { chosen[limit] = number }
    let world = try TestServer(options: WebOptions(limits: chosen))
    try world.user.add("s-1", ShopDetails(team: "east", owner: "Li"))
    try world.user.start("s-1", "after", at: .switched)
    return world
  }

  private static func tick(_ item: String, as caller: TestServer.Caller, _ world: TestServer) async throws {
    let form: HTTPFields = [
      .contentType: "application/x-www-form-urlencoded", .accept: "application/json",
    ]
    let answer = try await world.ask(
      .post, "/shops/s-1/items/\(item)/tick", as: caller, headers: form, body: Array("run=1".utf8))
    #expect(answer.status == .ok)
  }

  @Test(arguments: ["/shops/s-1/live", "/live"]) func aPageHearsOfAChange(path: String) async throws {
    let world = try Self.world()
    let lead = try world.addUser("East", .lead, teams: ["east"])
    let heard = HeardAnswer()
    let listening = world.listen(to: path, as: lead, heard)
    let hasBegun = await comesTrue { heard.text == Self.start }
    #expect(hasBegun)
    let head = try #require(heard.head)
    #expect(head.status == .ok)
    #expect(head.headerFields[.contentType] == "text/event-stream")
    #expect(head.headerFields[.cacheControl] == "no-store")
    #expect(head.headerFields[.xAccelBuffering] == "no", "a proxy would keep it back")
    try await Self.tick("rebind-store", as: lead, world)
    let isTold = await comesTrue { heard.text == Self.start + Self.changed }
    #expect(isTold, "\(heard.text)")
    #expect(!heard.hasEnded)
    listening.cancel()
    await listening.value
    let isForgotten = await comesTrue { world.server.services.live.count == 0 }
    #expect(isForgotten)
  }

  @Test func aHeartbeatKeepsTheConnection() async throws {
    let world = try Self.world()
    let link = try world.addLink(to: "s-1")
    let heard = HeardAnswer()
    let listening = world.listen(to: "/l/\(link)/live", as: Self.visitor, heard)
    for count in 0..<3 {
      let expected = Self.start + String(repeating: Self.heartbeat, count: count)
      let isTold = await comesTrue { heard.text == expected }
      #expect(isTold, "\(heard.text)")
      world.server.services.live.tellAll(.stillHere)
    }
    listening.cancel()
    await listening.value
  }

  /// What may end while a page listens: who it is, what they may, and whose the shop is.
  enum Ending: CaseIterable {
    case session, disabled, otherTeams, merchant, shopMoved, linkRevoked, linkExpired

    var isOfLink: Bool { self == .linkRevoked || self == .linkExpired }

    fileprivate func happen(
      in transaction: any StoreWriting, _ changeShop: ChangeShop, at now: Moment
    ) throws {
      switch self {
      case .session: try transaction.endSessions(of: "East")
      case .linkRevoked: try transaction.revokeLink(1, of: "s-1", at: now)
      case .linkExpired: break
      case .shopMoved: _ = try changeShop.edit("s-1", ShopDetails(team: "west"), in: transaction)
      case .disabled, .otherTeams, .merchant:
        guard var user = try transaction.user(named: "East") else { return }
        if self == .disabled { user.isDisabled = true } else { user.teams = ["west"] }
        if self == .merchant { (user.role, user.teams) = (.merchant, []) }
        try transaction.save(user)
      }
    }
  }

  /// A signal is the first thing that whoever lost the shop would learn of it.
  @Test(arguments: Ending.allCases) func nothingIsToldToWhomAccessWasTaken(ending: Ending) async throws {
    let world = try Self.world()
    let lead = try world.addUser("East", .lead, teams: ["east"])
    let link = try world.addLink(to: "s-1")
    let heard = HeardAnswer()
    let listening = world.listen(
      to: ending.isOfLink ? "/l/\(link)/live" : "/shops/s-1/live", as: ending.isOfLink ? Self.visitor : lead,
      heard)
    let live = world.server.services.live
    let hasBegun = await comesTrue { heard.text == Self.start }
    #expect(hasBegun)
    live.tellAll(.stillHere)
    let isTold = await comesTrue { heard.text == Self.start + Self.heartbeat }
    #expect(isTold)
    let changeShop = world.user.changeShop
    let now = world.now
    try world.store.write { try ending.happen(in: $0, changeShop, at: now) }
    if ending == .linkExpired { world.now = now + 2 * 86_400 }
    live.tellAll(.changed)
    let hasEnded = await comesTrue { heard.hasEnded }
    #expect(hasEnded)
    #expect(heard.text == Self.start + Self.heartbeat)
    let isForgotten = await comesTrue { live.count == 0 }
    #expect(isForgotten)
    listening.cancel()
    await listening.value
  }

  @Test(arguments: [(Limit.streams, false), (.personStreams, false), (.linkStreams, true)])
  func onlySoManyListenAtOnce(limit: Limit, isByLink: Bool) async throws {
    let world = try Self.world((limit, 1))
    let lead = try world.addUser("East", .lead, teams: ["east"])
    let link = try world.addLink(to: "s-1")
    let (path, caller) = isByLink ? ("/l/\(link)/live", Self.visitor) : ("/live", lead)
    let first = HeardAnswer()
    let listening = world.listen(to: path, as: caller, first)
    let hasBegun = await comesTrue { first.text == Self.start }
    #expect(hasBegun)
    for (language, words) in [("en", "Too much at once"), ("zh", "操作太多太快")] {
      let refused = HeardAnswer()
      let asking = world.listen(to: path, as: caller, headers: [.acceptLanguage: language], refused)
      let isAnswered = await comesTrue { refused.hasEnded }
      #expect(isAnswered)
      #expect(refused.head?.status.code == 429)
      #expect(refused.head?.headerFields[.retryAfter] == "5")
      #expect(refused.text == words + "\n")
      asking.cancel()
      await asking.value
    }
    #expect(world.server.services.live.count == 1, "who was refused doesn't listen")
    listening.cancel()
    await listening.value
    let next = HeardAnswer()
    let again = world.listen(to: path, as: caller, next)
    let hasRoom = await comesTrue { next.text == Self.start }
    #expect(hasRoom)
    again.cancel()
    await again.value
  }

  @Test func whoeverAsksForTheHeadAloneHoldsNothing() async throws {
    let world = try Self.world((.streams, 1))
    let lead = try world.addUser("East", .lead, teams: ["east"])
    for _ in 0..<3 {
      #expect(try await world.ask(.head, "/live", as: lead).status == .ok)
      let isForgotten = await comesTrue { world.server.services.live.count == 0 }
      #expect(isForgotten)
    }
  }

  private static func listen(
    to signals: AsyncStream<LiveHub.Signal>, _ told: Happening
  ) -> Task<Void, Never> {
    Task {
      for await signal in signals { if case .changed = signal { told.happen() } }
    }
  }

  @Test func whatAnotherProgramWroteIsToldToAll() async throws {
    let (written, writing) = AsyncStream.makeStream(of: Void.self)
    let world = try TestServer { ForeignWrites(inner: $0, written: written) }
    let services = world.server.services
    let (one, all) = (Happening(), Happening())
    let listening = [
      Self.listen(to: services.live.signals(of: "s-1"), one),
      Self.listen(to: services.live.signals(of: nil), all),
    ]
    let keeping = Task { try await Housekeeping(services: services).run() }
    #expect(!one.hasHappened && !all.hasHappened)
    writing.yield()
    let areTold = await comesTrue { one.hasHappened && all.hasHappened }
    #expect(areTold)
    keeping.cancel()
    try await keeping.value
    for task in listening {
      task.cancel()
      await task.value
    }
  }
}

/// A store that another program writes to when a test says so.
private struct ForeignWrites: StoreAccess {
  let inner: any StoreAccess
  let written: AsyncStream<Void>

  func read<Output: Sendable>(
    _ load: ReadLoad, _ body: @escaping @Sendable (any StoreReading) throws -> Output
  ) async throws -> Output {
    try await inner.read(load, body)
  }

  func change<Output: Sendable>(
    of shop: ShopID?, _ body: @escaping @Sendable (any StoreWriting) throws -> Output
  ) async throws -> Output {
    try await inner.change(of: shop, body)
  }

  func version() async throws -> Int64 { try await inner.version() }

  func changes() -> AsyncStream<Void> { written }

  func observeCommits(_ body: @escaping @Sendable (Int) -> Void) { inner.observeCommits(body) }
}

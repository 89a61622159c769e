/// A shop with its bindings and runs, as its events made it.
package struct ShopRecord: Sendable, Hashable {
  /// Nil before the first event.
  package private(set) var shop: Shop?
  package private(set) var runs: [Int: Run]
  package private(set) var history: BindingHistory
  package private(set) var links: [Int: Link] = [:]

  /// What a shop's events tell about a link.
  package struct Link: Sendable, Hashable {
    package let createdBy: String
    package let createdAt: Moment
    /// No longer valid from this moment on.
    package let expiresAt: Moment
    /// Nil if it wasn't revoked.
    package var revokedAt: Moment?

    package init(createdBy: String, createdAt: Moment, expiresAt: Moment, revokedAt: Moment? = nil) {
      self.createdBy = createdBy
      self.createdAt = createdAt
      self.expiresAt = expiresAt
      self.revokedAt = revokedAt
    }
  }

  package init(
    shop: Shop? = nil, runs: [Int: Run] = [:], history: BindingHistory = BindingHistory()
  ) {
    self.shop = shop
    self.runs = runs
    self.history = history
  }

  /// An event that can't have happened, given those before it.
  package struct Contradiction: Error, Sendable, Equatable {
    /// For people who investigate a damaged store.
    package let problem: String

    package init(problem: String) { self.problem = problem }
  }

  /// Applies an event to a record of all events before it, and also checks order: runs and links are numbered
  /// consecutively, and a link is revoked only once. Throws like `apply`.
  package mutating func replay(_ event: Event, definition: (String) throws -> Definition?) throws {
    if case .runStarted(let start) = event.change, start.run != runs.count + 1 {
      throw Contradiction(problem: "run \(start.run) starts out of turn")
    }
    if case .linkCreated(let number, _) = event.change, number != links.count + 1 {
      throw Contradiction(problem: "link \(number) is made out of turn")
    }
    if case .linkRevoked(let number) = event.change, links[number].map({ $0.revokedAt != nil }) ?? true {
      throw Contradiction(problem: "link \(number) can't be revoked")
    }
    try apply(event.change, by: event.by, at: event.at, definition: definition)
  }

  /// Applies a change; throws `Contradiction` if it refers to something that doesn't exist.
  ///
  /// - Parameter definition: returns the definition with a given SHA-256.
  package mutating func apply(
    _ change: Event.Change, by author: Author, at: Moment, definition: (String) throws -> Definition?
  ) throws {
    switch change {
    case .shopAdded(let shop):
      if self.shop != nil { throw Contradiction(problem: "the shop is added twice") }
      self.shop = shop
    case .shopEdited(var shop):
      shop.archived = try requireShop().archived
      self.shop = shop
    case .shopArchived: try setArchived(true)
    case .shopRestored: try setArchived(false)
    case .runStarted(let start):
      _ = try requireShop()
      guard let definition = try definition(start.definition) else {
        throw Contradiction(problem: "the definition \(start.definition) is missing")
      }
      if definition.checklist.id != start.checklist {
        throw Contradiction(problem: "run \(start.run) follows another checklist than its definition's")
      }
      if runs[start.run] != nil { throw Contradiction(problem: "run \(start.run) starts twice") }
      let run = Run(start, definition: definition)
      if run.items.count != start.items.count {
        throw Contradiction(problem: "run \(start.run) holds items that its definition doesn't have")
      }
      runs[start.run] = run
      settleOrder(of: run.checklist)
    case .runStopped(let number, _):
      try changeRun(number) { $0.stop() }
      if let run = runs[number] { settleOrder(of: run.checklist) }
    case .runSuperseded(let number, let newer): try changeRun(number) { $0.supersede(by: newer) }
    case .runMoved(let number, let switchedAt, let moves):
      for move in moves where runs[number].map({ $0[move.id] == nil }) ?? false {
        throw Contradiction(problem: "run \(number) doesn't hold '\(move.id)'")
      }
      try changeRun(number) { $0.move(to: switchedAt, moves) }
    case .runUpgraded(let upgrade): try applyUpgrade(upgrade, definition)
    case .account(let change):
      _ = try requireShop()
      try history.apply(change, by: author.name, link: author.link, at: at)
    case .linkCreated(let number, let expiresAt):
      _ = try requireShop()
      links[number] = Link(createdBy: author.name, createdAt: at, expiresAt: expiresAt)
    case .linkRevoked(let number):
      _ = try requireShop()
      links[number]?.revokedAt = at
    case .fileDeleted: _ = try requireShop()
    case .item(let number, let item, let itemChange):
      guard runs[number]?[item] != nil else {
        throw Contradiction(problem: "run \(number) doesn't hold '\(item)'")
      }
      try changeRun(number) { $0.apply(itemChange, to: item, by: author.name, link: author.link, at: at) }
    }
  }

  private mutating func applyUpgrade(
    _ upgrade: RunUpgrade, _ definition: (String) throws -> Definition?
  ) throws {
    let number = upgrade.run
    guard var run = runs[number] else { throw Contradiction(problem: "run \(number) isn't there") }
    guard let definition = try definition(upgrade.definition) else {
      throw Contradiction(problem: "the definition \(upgrade.definition) is missing")
    }
    if run.checklist != definition.checklist.id {
      throw Contradiction(problem: "run \(number) is upgraded to another checklist")
    }
    let held = upgrade.items.map(\.id)
    if run.items.map(\.id).filter({ !held.contains($0) }) != upgrade.removed {
      throw Contradiction(problem: "run \(number) loses other items than it is said to")
    }
    run.upgrade(upgrade, to: definition)
    if run.items.count != held.count {
      throw Contradiction(problem: "run \(number) holds items that its definition doesn't have")
    }
    runs[number] = run
  }

  package func runs(of checklist: ChecklistID) -> [Run] {
    runs.values.filter { $0.checklist == checklist }.sorted { $0.number < $1.number }
  }

  /// Tells each run of a checklist which run follows it. Stopped runs shouldn't have begun and don't count.
  private mutating func settleOrder(of checklist: ChecklistID) {
    var newest: Int?
    for run in runs(of: checklist).reversed() {
      runs[run.number]?.setNewer(newest)
      if run.state != .stopped, newest == nil { newest = run.number }
    }
  }

  private func requireShop() throws(Contradiction) -> Shop {
    guard let shop else { throw Contradiction(problem: "the shop hasn't been added") }
    return shop
  }

  private mutating func setArchived(_ archived: Bool) throws(Contradiction) {
    var shop = try requireShop()
    shop.archived = archived
    self.shop = shop
  }

  private mutating func changeRun(_ number: Int, _ body: (inout Run) -> Void) throws(Contradiction) {
    guard var run = runs[number] else { throw Contradiction(problem: "run \(number) isn't there") }
    runs[number] = nil
    body(&run)
    runs[number] = run
  }
}

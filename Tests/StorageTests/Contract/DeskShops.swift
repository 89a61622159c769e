import Domain
import Operations
import TestSupport

/// Shops in all the states that lists tell apart, and random changes of them.
struct DeskShops {
  let ids: [ShopID]
  /// Those that `change` may change.
  var changing: [ShopID]
  private let user: StoreUser

  init(_ store: any ShopStore, count: Int, _ random: inout SeededGenerator) throws {
    ids = (1...count).map { ShopID(trusted: "s-\($0)") }
    changing = ids
    user = StoreUser(
      store,
      [
        .named("after", [.named("one", due: .hours(2)), .named("two", needs: ["one"], due: .hours(30))]),
        .named("live", [.named("three", due: .days(2)), .named("four")]),
      ])
    for id in ids {
      try user.add(id)
      for _ in 1...3 { try change(id, &random) }
    }
  }

  /// Whatever a shop refuses is left.
  func change(_ random: inout SeededGenerator) throws { try change(random.one(of: changing), &random) }

  private func change(_ id: ShopID, _ random: inout SeededGenerator) throws {
    do {
      switch random.number(1...10) {
      case 1:
        try user.edit(
          id,
          ShopDetails(
            name: random.one(of: ["", "Silk", "silk", "丝绸", "x"]),
            team: random.one(of: ["", "east", "west"]),
            owner: random.one(of: ["", "Li", "LI", "Zo\u{EB}", "ZO\u{CB}"])))
      case 2: try user.setArchived(id, random.once(in: 3))
      case 3: try step(id)
      case 4...6:
        try user.start(
          id, random.one(of: ["after", "live"]), at: .hours(Int64(random.number(0...24))),
          again: random.once(in: 2))
      case 7: try user.stop(id)
      default:
        let item = random.one(of: ["one", "two", "three", "four"])
        let request: RequestedItemChange = random.one(of: [
          .tick(note: nil, proof: nil), .skip(reason: "r"), .untick(reason: "r"), .block(reason: "r"),
          .moveDue(to: .hours(Int64(random.number(0...48))), reason: "r"),
        ])
        try user.change(id, [item], request)
      }
    } catch is Refusal {}
  }

  /// The shop's next step around its switch.
  private func step(_ id: ShopID) throws {
    try user.store.write { transaction in
      guard let stored = try transaction.shop(id) else { return }
      let history = try transaction.history(of: id)
      var ledger = ShopLedger(stored, runs: [], history: history, in: transaction, by: .li, now: .now)
      let number = history.switches.count
      switch (history.underWay?.state, history.bindings.isEmpty) {
      case (_, true): try ledger.record(.account(.bound(account: "old", since: nil)))
      case (nil, _):
        let plan = SwitchPlan(
          number: number + 1, to: "new-\(number + 1)", plannedFor: .now, confirmed: [], overridden: nil)
        try ledger.record(.account(.planned(plan)))
      case (.planned, _):
        try ledger.record(
          .account(.unbound(switch: number, .init(until: nil, isEstimate: false), overridden: nil)))
      default: try ledger.record(.account(.rebound(switch: number, to: "new-\(number)", overridden: nil)))
      }
      try ledger.save()
    }
  }

  /// One for each state and order, otherwise random.
  func filters(_ random: inout SeededGenerator) -> [DeskFilter] {
    DeskFilter.State.allCases.flatMap { state in
      DeskFilter.Order.allCases.map { order in
        DeskFilter(
          teams: random.one(of: [nil, nil, [], ["east"], ["west", "east", "none"]]),
          owner: random.once(in: 4) ? random.one(of: ["li", "zo\u{EB}", "nobody"]) : nil,
          search: random.once(in: 4) ? random.one(of: ["S-1", "ilk", "绸"]) : nil, state: state, order: order,
          now: .hours(Int64(random.number(0...60))))
      }
    }
  }
}

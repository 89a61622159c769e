import Domain
import Operations
import TestSupport
import Testing

@testable import Storage

/// What holds after any sequence of commands, sensible ones and others.
@Suite struct RandomCommandTests {
  @Test(arguments: Seeds.first(12)) func whateverIsAskedTheStoreStaysTrue(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let temporary = try TemporaryStore.sqlite()
    let store = try #require(temporary.store as? SQLiteShopStore)
    var user = StoreUser(store)
    user.checklists = RandomCommand.checklists.map { random.definition($0) }
    for shop in RandomCommand.shops {
      try user.add(shop, ShopDetails(team: "east", tags: ["live"]))
      try user.start(shop, at: user.now)
    }
    var export = try store.exported()
    var refused = 0

    for step in 1...60 {
      user.now = user.now + Int64(random.number(0...20)) * 1800
      user.by = random.one(of: [.li, .wang, .lead, .named("LI"), .byLink(1, "Li"), .byLink(2, "Zhao")])
      if random.once(in: 12) { user.checklists[0] = random.definition("after") }
      let command = random.command(now: user.now)
      let wasDone = try command.run(by: user)
      let context = Comment("step \(step): \(command)")

      let after = try store.exported()
      if wasDone {
        try #require(Self.isLengthened(export, after), context)
        let differences = try StoredRows.differences(in: store)
        try #require(try store.breaks() == [], context)
        try #require(differences == [], context)
      } else {
        refused += 1
        try #require(after == export, context)
      }
      export = after
      if step.isMultiple(of: 6) { try checkReports(of: store, at: user.now, &random, context) }
    }

    #expect((1..<60).contains(refused), "some commands should be refused, and some not")
    let copy = try TemporaryStore.sqlite()
    try copy.store.importing(export)
    #expect(try copy.store.exported() == export)
    #expect(try copy.store.breaks() == [])
    #expect(try StoredRows.differences(in: #require(copy.store as? SQLiteShopStore)) == [])
    try checkReports(of: copy.store, at: user.now, &random, "after the import")
  }

  /// Whether all lines but the first, which lists kinds, and the last, which counts, are there still and in their order.
  private static func isLengthened(_ before: [UInt8], _ after: [UInt8]) -> Bool {
    var rest = after.split(separator: UInt8(ascii: "\n"))[...]
    for line in before.split(separator: UInt8(ascii: "\n")).dropFirst().dropLast() {
      guard let place = rest.firstIndex(of: line) else { return false }
      rest = rest[(place + 1)...]
    }
    return true
  }

  private func checkReports(
    of store: some ShopStore, at now: Moment, _ random: inout SeededGenerator, _ context: Comment
  ) throws {
    let team = random.once(in: 3) ? "east" : nil
    let filter = ReportFilter(
      team: team, state: random.one(of: [.all, .active, .finished]),
      now: now + Int64(random.number(0...400)) * 3600)
    let overdue = OverdueFilter(
      team: team, owner: random.once(in: 3) ? "Zhao" : nil, now: filter.now,
      until: filter.now + Int64(random.number(0...48)) * 3600)
    try store.read { reading throws in
      let model = try ModelStore(reading)
      let report = ReadReport(filter, in: reading)
      for grouping in ReportGrouping.allCases {
        var rows: [ModelRow] = []
        try report.forEachRow(by: grouping) { rows.append(ModelRow($0)) }
        try #require(rows == model.rows(by: grouping, filter), context)
      }
      let (totals, holdingUp) = try report.totals()
      let expected = model.totals(filter)
      try #require(totals == expected.figures, context)
      try #require(
        Dictionary(uniqueKeysWithValues: holdingUp.map { ($0.item, $0.shops) }) == expected.holdingUp, context
      )
      try #require(try reading.matrix(filter).cellLines == model.cells(filter), context)
      try #require(try reading.overdueLines(overdue) == model.overdue(overdue), context)
    }
  }
}

extension ReportMatrix {
  /// As `ModelStore.cells` writes them.
  fileprivate var cellLines: Set<String> {
    Set(
      lines.flatMap { line in
        zip(columns, line.cells).compactMap { column, cell in
          cell.map {
            "\(line.shop) \(column.item) \($0.state.rawValue)\($0.overdue ? "!" : "")\($0.missed ? "×" : "")"
          }
        }
      })
  }
}

import Domain
import Operations
import TestSupport
import Testing

/// What reports count from, on every engine; random stores are compared with a model elsewhere.
@Suite struct ProgressContract {
  /// Three shops; `a` has two runs of one checklist, the second after its items changed.
  private func make(_ engine: StoreEngine) throws -> TemporaryStore {
    let temporary = try engine.make()
    var user = StoreUser(
      temporary.store,
      [
        .named("after", [.named("old"), .named("one", due: .hours(2), owner: "Zhao")]),
        .named("live", when: Condition(tags: ["live"]), [.named("one", owner: "Zhao")]),
      ])
    try user.add("c")
    try user.add("b", ShopDetails(name: "B", team: "east", tags: ["live"]))
    try user.add("a", ShopDetails(team: "east"))
    try user.start("a")
    try user.start("b")
    try user.change("a", ["old", "one"], .skip(reason: "no need"))
    user.checklists[0] = .named(
      "after",
      [.named("two", needs: ["one"], due: .hours(3)), .named("one", due: .hours(2), owner: "Zhao")])
    try user.start("a", at: .hours(1))
    try user.change("b", ["one"], .block(reason: "no answer"), run: 1)
    return temporary
  }

  private func rows(
    _ engine: StoreEngine, by grouping: ReportGrouping, _ filter: ReportFilter
  ) throws -> [String] {
    try make(engine).store.read { reading throws in
      var rows: [ReportRow] = []
      try ReadReport(filter, in: reading).forEachRow(by: grouping) { rows.append($0) }
      #expect(try rows.map(ModelRow.init) == ModelStore(reading).rows(by: grouping, filter))
      return rows.map { row in
        let figures = row.figures
        let progress = figures.progress
        return """
          \(row.key ?? "-") \(row.name?(.english) ?? "-") \(row.team ?? "-"): \(figures.shops)/\(figures.runs) \
          \(progress.total)=\(progress.pending)+\(progress.blocked)+\(progress.done)+\(progress.skipped) \
          late \(progress.overdue)
          """
      }
    }
  }

  @Test(arguments: StoreEngine.all) func byShop(engine: StoreEngine) throws {
    #expect(
      try rows(engine, by: .shop, ReportFilter(now: .now)) == [
        "a - east: 1/1 2=2+0+0+0 late 2", "b B east: 1/2 3=2+1+0+0 late 1", "c - -: 1/0 0=0+0+0+0 late 0",
      ])
    #expect(
      try rows(engine, by: .shop, ReportFilter(team: "east", state: .active, now: .switched)) == [
        "a - east: 1/1 2=2+0+0+0 late 0", "b B east: 1/2 3=2+1+0+0 late 0",
      ])
    #expect(try rows(engine, by: .shop, ReportFilter(state: .finished, now: .now)) == [])
  }

  @Test(arguments: StoreEngine.all) func byTeam(engine: StoreEngine) throws {
    #expect(
      try rows(engine, by: .team, ReportFilter(now: .now)) == [
        "east - -: 2/3 5=4+1+0+0 late 3", "- - -: 1/0 0=0+0+0+0 late 0",
      ])
  }

  @Test(arguments: StoreEngine.all) func byItem(engine: StoreEngine) throws {
    #expect(
      try rows(engine, by: .item, ReportFilter(now: .now)) == [
        "after/old old -: 1/1 1=1+0+0+0 late 0", "after/two two -: 1/1 1=1+0+0+0 late 1",
        "after/one one -: 2/2 2=1+1+0+0 late 2", "live/one one -: 1/1 1=1+0+0+0 late 0",
      ])
  }

  @Test(arguments: StoreEngine.all) func byOwner(engine: StoreEngine) throws {
    #expect(
      try rows(engine, by: .owner, ReportFilter(now: .now)) == [
        "Zhao - -: 2/3 3=2+1+0+0 late 2", "- - -: 2/2 2=2+0+0+0 late 1",
      ])
  }

  @Test(arguments: StoreEngine.all) func theMatrix(engine: StoreEngine) throws {
    let matrix = try make(engine).store.read { try $0.matrix(ReportFilter(now: .now)) }
    #expect(matrix.columns.map(\.item) == ["after/two", "after/one", "after/old", "live/one"])
    let lines = matrix.lines.map { line in
      "\(line.shop) "
        + line.cells.map { $0.map { $0.state.rawValue + ($0.overdue ? "!" : "") } ?? "-" }
        .joined(separator: " ")
    }
    #expect(lines == ["a pending! pending! - -", "b - blocked! pending pending", "c - - - -"])
    #expect(matrix.lines.map(\.name) == [nil, "B", nil])
  }

  @Test(arguments: StoreEngine.all) func titlesComeFromTheNewestDefinition(engine: StoreEngine) throws {
    let temporary = try engine.make()
    func checklist(_ title: String) -> Checklist {
      .named("after", [ChecklistItem(id: "one", title: LocalizedText(title))])
    }
    var user = StoreUser(temporary.store, [checklist("first")])
    try user.add("s-1")
    try user.start("s-1")
    user.checklists = [checklist("second")]
    try user.start("s-1", at: .hours(1), again: true)
    try temporary.store.read { reading throws in
      #expect(try reading.title(ofItem: "one", in: "after") == LocalizedText("second"))
      #expect(try reading.title(ofItem: "two", in: "after") == nil)
      #expect(try reading.title(ofItem: "one", in: "live") == nil)
    }
  }

  @Test(arguments: StoreEngine.all) func timesBefore1970AreTimes(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let user = StoreUser(
      temporary.store, [.named("after", [.named("one", due: .hours(1)), .named("two", due: .hours(4))])])
    try user.add("s-1")
    try user.start("s-1", at: Moment(seconds: -10_800))
    try temporary.store.read { reading in
      let figures = try ReadReport(ReportFilter(now: Moment(seconds: 0)), in: reading).totals().figures
      #expect(figures.oldestOverdueAt == Moment(seconds: -7200))
      #expect(figures.nextDueAt == Moment(seconds: 3600))
    }
  }

  /// The first and the last second that count.
  @Test(arguments: StoreEngine.all) func sevenDaysHaveTheirEnds(engine: StoreEngine) throws {
    let temporary = try engine.make()
    let user = StoreUser(
      temporary.store, [.named("after", [.named("done"), .named("late", due: .hours(1))])])
    try user.addAndStart()
    try user.tick("s-1", "done", at: .hours(1))
    let week: Int64 = 604_800
    for (now, done, late) in [(week - 1, 1, 0), (week, 0, 1), (-1, 0, 0), (0, 1, 0)] {
      try temporary.store.read { reading throws in
        let report = ReadReport(ReportFilter(now: .hours(1) + now), in: reading)
        for grouping in ReportGrouping.allCases {
          var figures: [ReportFigures] = []
          try report.forEachRow(by: grouping) { figures.append($0.figures) }
          #expect(figures.map(\.doneLast7Days).reduce(0, +) == done, "\(grouping) \(now)")
          #expect(figures.map(\.overdueSince7Days).reduce(0, +) == late, "\(grouping) \(now)")
        }
      }
    }
  }
}

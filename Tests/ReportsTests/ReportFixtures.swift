import Domain
import Operations

extension ProgressReport {
  /// Thirty shops in two teams whose states follow from their number.
  static let thirty = ProgressReport(shops: 30)

  /// No shops at all.
  static let empty = ProgressReport(
    generatedAt: .now, grouping: .shop, state: .all, totals: ReportFigures(), rows: [],
    holdingUp: [], matrix: ReportMatrix(columns: [], lines: []), late: [])

  /// By team, one of them without a name.
  static let teams = ProgressReport(
    generatedAt: .now, grouping: .team, state: .active, totals: thirty.totals,
    rows: ["east", "华南大区", nil].enumerated().map { index, team in
      var figures = thirty.rows[index].figures
      figures.shops = 10 - index
      figures.runs = 10
      return ReportRow(key: team, name: nil, team: nil, figures: figures)
    },
    holdingUp: [], matrix: nil, late: [])

  /// What people typed to break a page, a cell or a terminal.
  static let hostile: ProgressReport = {
    let texts = [
      "=cmd()|'/C calc'!A0", "+1", "-1", "@sum", "＝１", "a,\"b\"", "x\ny", "\u{1B}[2J",
      "<script>alert(1)</script>", "שלום\u{202E}", "| pipe * _md_ `code` [l](http://x)", "👩‍💻 emoji", "&amp;",
    ]
    let figures = thirty.rows[0].figures
    let rows = texts.map { ReportRow(shop: "s", name: $0, team: $0, figures: figures, standing: nil) }
    return ProgressReport(
      generatedAt: .now, grouping: .shop, state: .all, names: FilterNames([.team: "<b>\u{7}"]),
      totals: thirty.totals, rows: rows,
      holdingUp: [HoldingUp(item: "c/i", title: LocalizedText("<i>\u{9B}"), shops: 2)], matrix: nil,
      late: texts.map { .hostile($0) })
  }()

  init(
    shops count: Int, standings: [Int: BindingHistory] = [:], switches: ReportSwitches = ReportSwitches()
  ) {
    let shops = (1...count).map(ShopSample.init)
    let figures = shops.map(\.figures)
    var totals = ReportFigures()
    for figure in figures { totals.add(figure) }
    let rows = zip(shops, figures).map { shop, figures in
      ReportRow(
        shop: shop.id, name: shop.name, team: shop.team, figures: figures,
        standing: standings[shop.number].flatMap(SwitchStanding.init))
    }
    let late = shops.flatMap(\.late).sorted { $0.overdueSeconds > $1.overdueSeconds }
    self.init(
      generatedAt: .now, grouping: .shop, state: .all, totals: totals,
      rows: rows.sorted { $0.figures.progress.overdue > $1.figures.progress.overdue },
      holdingUp: [(1, 14), (0, 9), (4, 5)].map { task, shops in
        HoldingUp(
          item: "douyin-after-switch/\(Task.all[task].id)", title: Task.all[task].title, shops: shops)
      },
      matrix: ReportMatrix(
        columns: Task.all.map { .init(item: "douyin-after-switch/\($0.id)", title: $0.title) },
        lines: shops.map { .init(shop: ShopID(trusted: $0.id), name: $0.name, cells: $0.cells) }),
      late: Array(late.prefix(20)), switches: switches)
  }
}

extension ReportFigures {
  mutating func add(_ other: ReportFigures) {
    shops += other.shops
    runs += other.runs
    progress.total += other.progress.total
    progress.done += other.progress.done
    progress.skipped += other.progress.skipped
    progress.blocked += other.progress.blocked
    progress.pending += other.progress.pending
    progress.overdue += other.progress.overdue
    doneLast7Days += other.doneLast7Days
    overdueSince7Days += other.overdueSince7Days
  }
}

/// A shop whose items stand where its number puts them.
struct ShopSample {
  let number: Int

  var id: String { number == 7 ? "旗舰店-07" : "s-" + String(number + 1000).dropFirst() }
  var team: String? { number % 5 == 0 ? nil : number % 2 == 0 ? "east" : "华南大区" }
  var owner: String? { number % 4 == 0 ? nil : ["张三", "李雷", "Wang Fang", "韩梅梅"][number % 4] }
  var name: String {
    let names = [
      "张三的小店", "Blue Ocean Store", "江南丝绸旗舰店", "山里人家土特产专营店（总店）", "茶",
      "小鹿妈妈 🦌 母婴", "Old Town Books & Coffee",
    ]
    return names[number % names.count]
  }

  private var switchedAt: Moment { .now + -Int64(number % 12 + 1) * day }

  private var doneCount: Int { number % 10 == 9 ? 8 : (number * 7) % 6 }

  var cells: [ReportMatrix.Cell?] {
    if number % 13 == 0 { return Task.all.map { _ in nil } }
    return Task.all.indices.map { index in
      let state = state(of: index)
      return .init(state: state, overdue: state.isOutstanding && due(index) <= .now)
    }
  }

  private func state(of index: Int) -> ItemState {
    if index < doneCount { return index == 3 && number % 3 == 0 ? .skipped : .done }
    return index == doneCount && number % 4 == 1 ? .blocked : .pending
  }

  private func due(_ index: Int) -> Moment { switchedAt + Task.all[index].due * hour }

  var figures: ReportFigures {
    var figures = ReportFigures()
    figures.shops = 1
    let held = cells.enumerated().compactMap { index, cell in cell.map { (index, $0) } }
    guard !held.isEmpty else { return figures }
    figures.runs = 1
    let outstanding = held.filter { $0.1.state.isOutstanding }
    let overdue = outstanding.filter(\.1.overdue)
    func count(_ state: ItemState) -> Int { held.count { $0.1.state == state } }
    figures.progress = Progress(
      total: held.count, done: count(.done), skipped: count(.skipped), blocked: count(.blocked),
      pending: count(.pending), overdue: overdue.count)
    figures.doneLast7Days = number % 3
    figures.overdueSince7Days = overdue.count { .now - due($0.0) >= 7 * day }
    figures.nextDueAt = outstanding.filter { !$0.1.overdue }.map { due($0.0) }.min()
    figures.oldestOverdueAt = overdue.map { due($0.0) }.min()
    return figures
  }

  var late: [OverdueItem] {
    cells.enumerated().compactMap { index, cell in
      guard let cell, cell.overdue else { return nil }
      return OverdueItem.of(
        index, shop: id, name: name, team: team, owner: owner, state: cell.state, dueAt: due(index),
        waitingFor: index > doneCount ? Task.all[index].needs.joined(separator: " ") : "",
        blockedReason: cell.state == .blocked ? "快递系统故障" : nil)
    }
  }
}

import Domain
import Formats
import Operations
import Reports
import WebCore

/// The lead's desk: shops with search, filters, an order, and actions for several at once.
struct DeskPage: Sendable {
  /// The actions available for a selection.
  struct Actions: Sendable {
    let checklists: [Checklist]
  }

  let frame: PageFrame
  let zones: ShopZones
  let rows: [DeskRow]
  /// Over the team and owner of the filter.
  let totals: DeskTotals
  let filter: DeskFilter
  /// The query: `state`, `order`, `q`, `team`, `owner`, `checklist`, `holding_up`.
  let query: PageQuery
  /// The filter that a chart's link sets, in words: an item that shops wait for, or a checklist.
  let holdingUpTitle: String?
  let teams: [String]
  let owners: [String]
  /// The cursor at which the page begins; nil on the first.
  let after: String?
  /// The next page's cursor; nil on the last.
  let next: String?
  /// Only for leads.
  var actions: Actions?
  var notice: PageNotice?
  var problem: PageProblem?

  func render() -> HTML {
    frame.page(
      title: frame.say("Shops", "店铺"), at: .shops, width: .full, live: "/live",
      page: query.changing(at: "/shops", "after", to: after),
      """
      \(problem.map { $0.render(frame) } ?? "")\(notice.map { $0.render(frame) } ?? "")\(head)\(narrowed)\(chips)\(search)\
      \(rows.isEmpty ? nobody : list)
      """)
  }

  private var head: HTML {
    let making: HTML =
      actions == nil
      ? ""
      : """
      <a class="button" href="/shops/new">\(frame.say("Add", "添加"))</a>\
      <a class="button" href="/shops/import">\(frame.say("Import", "导入"))</a>
      """
    return #"<div class="row"><h1>\#(frame.say("Shops", "店铺"))</h1>\#(making)</div>\#n"#
  }

  private var narrowed: HTML {
    guard let holdingUpTitle else { return .empty }
    let text =
      filter.holdingUp == nil
      ? frame.say("Shops that follow “\(holdingUpTitle)”", "正在执行“\(holdingUpTitle)”的店铺")
      : frame.say("Shops where something waits for “\(holdingUpTitle)”", "有任务项在等“\(holdingUpTitle)”的店铺")
    return """
      <div class="notice"><span>\(text)</span><a href="/shops">\(frame.say("Show all", "显示全部"))</a></div>

      """
  }

  private var chips: HTML {
    let counts: [DeskFilter.State: Int] = [
      .all: totals.shops, .late: totals.late, .waiting: totals.waiting, .cooling: totals.cooling,
      .finished: totals.finished,
    ]
    let links = DeskFilter.State.allCases.map { state -> HTML in
      let mark: HTML = state == filter.state ? #" aria-current="true""# : ""
      let address = query.changing(at: "/shops", "state", to: state == .all ? nil : state.rawValue)
      let count: HTML = isCounted ? " <small>\(counts[state] ?? 0)</small>" : ""
      return #"<li><a href="\#(address)"\#(mark)>\#(frame(state.wording))\#(count)</a></li>"#
    }
    return #"<ul class="chips">\#(links)</ul>\#n"#
  }

  private var search: HTML {
    """
    <form method="get" action="/shops" class="row" role="search">\(query.hidden(in: frame, without: ["q", "team", "owner", "order"]))\
    <label>\(frame.say("Name or id", "店铺名或编号"))<input type="search" name="q" value="\(query["q"] ?? "")"></label>\
    \(teams.isEmpty ? "" : frame.choice(frame.say("Team", "团队"), "team", anyOf: teams, chosen: query["team"]))\
    \(owners.isEmpty ? "" : frame.choice(frame.say("Owner", "负责人"), "owner", anyOf: owners, chosen: frame.person(query["owner"], among: owners)))\
    <div class="small-screen">\(frame.choice(frame.say("Order", "排序"), "order", orders, chosen: filter.order.rawValue))</div>\
    <button>\(frame.say("Show", "筛选"))</button></form>

    """
  }

  /// On a phone there are no column headers to tap.
  private var orders: [(value: String, text: String)] {
    [
      (DeskFilter.Order.due.rawValue, frame.say("Next due", "最近到期")),
      (DeskFilter.Order.outstanding.rawValue, frame.say("Most outstanding", "未完成最多")),
      (DeskFilter.Order.name.rawValue, frame.say("Shop", "店铺")),
      (DeskFilter.Order.id.rawValue, frame.say("Id", "编号")),
    ]
  }

  private var nobody: HTML {
    if query.fields.isEmpty {
      return frame.nothing(frame.say("There are no shops yet.", "还没有店铺。"))
    }
    return """
      <section class="sheet"><h2>\(frame.say("No such shops", "没有符合的店铺"))</h2>\
      <p><a href="/shops">\(frame.say("Show all", "显示全部"))</a></p></section>
      """
  }

  /// Whether the totals apply to the list: they don't consider these filters.
  private var isCounted: Bool { filter.search == nil && filter.checklist == nil && filter.holdingUp == nil }

  private var list: HTML {
    let summary: HTML =
      isCounted && filter.state == .all
      ? """
      <span class="quiet">\(frame.say(
        "\(CountPhrases.items(totals.outstanding).en) outstanding, \(totals.overdue) overdue",
        "\(totals.outstanding) 项未完成，逾期 \(totals.overdue) 项"))</span>
      """ : ""
    let listZones = ListZones(rows.filter { $0.dueAt != nil }.map { zones.shown($0.zone) })
    let choosing: HTML =
      actions == nil
      ? ""
      : """
      <label class="check" hidden><input type="checkbox" data-all>\
      <span>\(frame.say("All on this page", "选这一页的全部"))</span></label>
      """
    let table = PageTable(
      caption: frame.say("Shops", "店铺"), style: "stack shops", columns: columns,
      rows: rows.map { row($0, listZones) })
    let content: HTML =
      actions == nil
      ? table.render()
      : """
      <form method="post" action="/shops/actions">\(query.hidden(in: frame, without: ["order"]))
      \(table.render())\(bar)</form>
      """
    return """
      <div class="row">\(choosing)\(summary)<span class="quiet">\(listZones.note(frame.language))</span></div>
      \(content)
      \(pages)\(exports)
      """
  }

  private var columns: [PageTable.Column] {
    let choosing = actions == nil ? [] : [PageTable.Column.unseen(frame.say("Choose", "选择"))]
    return choosing + [
      sortable(frame.say("Shop", "店铺"), .name), .init(frame.say("Team", "团队")),
      .init(frame.say("Owner", "负责人")), sortable(frame.say("Progress", "进度"), .outstanding),
      sortable(frame.say("Next due", "最近到期"), .due), .init(frame.say("Switch", "换绑")),
    ]
  }

  private func sortable(_ name: String, _ order: DeskFilter.Order) -> PageTable.Column {
    let isSorted = filter.order == order
    let arrow = isSorted ? (order == .outstanding ? " ↓" : " ↑") : ""
    let address = query.changing(at: "/shops", "order", to: order == .due ? nil : order.rawValue)
    return .init(
      head: #"<a href="\#(address)">\#(name)\#(arrow)</a>"#,
      sorted: isSorted ? (order == .outstanding ? "descending" : "ascending") : nil)
  }

  private func row(_ row: DeskRow, _ listZones: ListZones) -> HTML {
    let shop = row.shop
    let times = PageTimes(language: frame.language, zone: zones.shown(row.zone), now: filter.now)
    let name = shop.name ?? shop.id.rawValue
    let choosing: HTML =
      actions == nil
      ? ""
      : PageTable.cell(
        """
        <label><span class="unseen">\(frame.say("Choose \(name)", "选择 \(name)"))</span>\
        <input type="checkbox" name="shop" value="\(shop.id.rawValue)"></label>
        """, style: "pick")
    let due: HTML =
      row.dueAt.map { dueAt in
        """
        <span class="\(times.tone(dueAt) ?? "quiet")">\(times.standing(dueAt))</span> <small>\(times.due(dueAt))\(listZones.name(times.zone))</small>
        """
      } ?? ""
    return choosing + PageTable.head(frame.shopLink(shop.id.rawValue, shop.name))
      + PageTable.cell(shop.team.map { "\(typed: $0)" } ?? "", name: frame.say("Team", "团队"))
      + PageTable.cell(shop.owner.map { "\(typed: $0)" } ?? "", name: frame.say("Owner", "负责人"))
      + PageTable.cell(progress(row.progress), style: "far-cell")
      + PageTable.cell(due, name: frame.say("Next due", "最近到期"))
      + PageTable.cell(standing(row, times), name: frame.say("Switch", "换绑"))
  }

  private func progress(_ progress: Progress) -> HTML {
    guard progress.total > 0 else { return #"<span class="quiet">\#(frame.say("no run", "无执行"))</span>"# }
    let late: HTML =
      progress.overdue == 0
      ? ""
      : """
       <span class="late">\(frame.say("\(progress.overdue) overdue", "逾期 \(progress.overdue)"))</span>
      """
    return """
      <span class="far">\(CountPhrases.achieved(progress)(frame.language))\(late)</span>\
      \(ProgressMeter(progress: progress, language: frame.language).bar("meter thin"))
      """
  }

  private func standing(_ row: DeskRow, _ times: PageTimes) -> HTML {
    guard let standing = row.standing else { return "" }
    switch standing.state {
    case .planned: return "\(frame.say("planned", "已计划"))"
    case .unbound:
      guard let opensAt = standing.opensAt, opensAt > filter.now else {
        return #"<span class="good">\#(frame.say("can be rebound", "可以重新绑定"))</span>"#
      }
      return "\(frame.say("waits ", "等待期，还有 "))\(times.left(until: opensAt))"
    case .rebound, .cancelled, .abandoned: return ""
    }
  }
}

extension DeskFilter.State {
  /// The state's name on the desk.
  var wording: Wording {
    switch self {
    case .all: Wording(en: "All", zh: "全部")
    case .late: Wording(en: "Overdue", zh: "有逾期")
    case .waiting: Wording(en: "Waiting", zh: "有等待")
    case .cooling: Wording(en: "Cooling down", zh: "等待期")
    case .finished: Wording(en: "Finished", zh: "已完成")
    }
  }
}

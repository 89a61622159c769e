import Domain
import Formats
import Operations
import Reports
import WebCore

/// Switches in progress: which shops can rebind when.
struct SwitchesPage: Sendable {
  let frame: PageFrame
  let zones: ShopZones
  let now: Moment
  let entries: [SwitchEntry]
  /// Whether planned ones are left out.
  let isOnlyCooling: Bool
  /// Only this team's; nil: all visible ones.
  let team: String?
  /// False if the team's switches aren't visible to the user.
  var isTeamSeen = true
  /// Whether there are more than are shown.
  var isCut = false

  func render() -> HTML {
    let title = frame.say("Switches", "换绑")
    func chip(_ text: String, _ address: String, _ isCurrent: Bool) -> HTML {
      #"<li><a href="\#(address)"\#(isCurrent ? #" aria-current="true""# : "" as HTML)>\#(text)</a></li>"#
    }
    let query = PageQuery([("team", team)])
    let cooling = query.changing(at: "/switches", "cooling", to: "1")
    let narrowed: HTML =
      team.map {
        "<p>\(frame.say("Team", "团队")) \(typed: isTeamSeen ? $0 : frame.noneHere($0)) · <a href=\"/switches\">\(frame.say("all teams", "所有团队"))</a></p>\n"
      } ?? ""
    let chips: HTML = """
      \(narrowed)<ul class="chips">\(chip(frame.say("All", "全部"), query.address("/switches"), !isOnlyCooling))\
      \(chip(frame.say("Unbound", "已解绑"), cooling, isOnlyCooling))</ul>
      """
    let columns = [
      frame.say("Shop", "店铺"), frame.say("From", "从"), frame.say("To", "到"),
      frame.say("Where it stands", "到哪一步"),
      frame.say("When", "时间"),
    ].map { PageTable.Column($0) }
    let cut: HTML =
      isCut ? "<p>\(frame.say("The first \(entries.count).", "列出前 \(entries.count) 家。"))</p>" : ""
    let listZones = ListZones(entries.map { zones.shown($0.zone) })
    let list =
      entries.isEmpty
      ? frame.nothing(
        !isTeamSeen ? frame.noneHere(team ?? "") : frame.say("No switch is under way.", "没有进行中的换绑。"))
      : cut + "<p class=\"quiet\">\(listZones.note(frame.language))</p>\n"
        + PageTable(caption: title, columns: columns, rows: entries.map { row($0, listZones) }).render()
    return frame.page(
      title: title, at: .switches, width: .full, live: "/live", "<h1>\(title)</h1>\n\(chips)\(list)")
  }

  private func row(_ entry: SwitchEntry, _ listZones: ListZones) -> HTML {
    let zone = zones.shown(entry.zone)
    let times = PageTimes(language: frame.language, zone: zone, now: now)
    let (standing, when) = outlook(entry.change, times)
    return PageTable.head(frame.shopLink(entry.shop.rawValue, entry.name))
      + PageTable.cell("\(typed: entry.change.from)", name: frame.say("From", "从"))
      + PageTable.cell("\(typed: entry.change.to)", name: frame.say("To", "到"))
      + PageTable.cell(standing) + PageTable.cell(when + listZones.name(zone))
  }

  private func outlook(_ change: AccountSwitch, _ times: PageTimes) -> (HTML, HTML) {
    switch SwitchOutlook(change, now: now) {
    case .planned(let moment)?: ("\(frame.say("unbinding is planned", "计划解绑"))", times.time(moment))
    case .cooling(let until)?:
      (
        "\(frame.say("has to wait", "等待期"))",
        "\(times.left(until: until)) <small>\(times.time(until))\(estimate(change))</small>"
      )
    case .open(let since)?:
      (
        #"<span class="good">\#(frame.say("can be rebound now", "现在可以重新绑定"))</span>"#,
        change.coolDown?.finishBy.map { "\(frame.say("by ", "最晚 "))\(times.due($0))" }
          ?? "\(frame.say("since ", "从 "))\(times.time(since))"
      )
    case .missed(let finishBy)?:
      (
        #"<span class="late">\#(frame.say("the time to finish has passed", "已过完成期限"))</span>"#,
        times.due(finishBy)
      )
    case nil: ("", "")
    }
  }

  private func estimate(_ change: AccountSwitch) -> String {
    change.coolDown?.isEstimate == true ? frame.say(", an estimate", "，估计") : ""
  }
}

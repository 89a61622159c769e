import Domain
import Formats
import Operations

/// `switch list` and `switch show` as text, and the list as CSV.
package enum SwitchListText {
  /// One line per switch in progress, aligned.
  package static func list(
    _ entries: [SwitchEntry], language: Language, zones: ShopZones, now: Moment, width: Int?,
    palette: Palette
  ) -> String {
    if entries.isEmpty {
      return Wording(en: "no switch is under way\n", zh: "没有进行中的换绑\n")(language)
    }
    let headings = [
      Wording(en: "Shop", zh: "店铺"), Wording(en: "Name", zh: "名称"), Wording(en: "Team", zh: "团队"),
      Wording(en: "State", zh: "状态"), Wording(en: "From", zh: "原账号"), Wording(en: "To", zh: "新账号"),
      Wording(en: "When", zh: "时间"),
    ]
    let rows = entries.map { entry in
      let zone = zones.shown(entry.zone)
      let change = entry.change
      let when =
        change.state == .planned
        ? Wording(
          en: "to be unbound \(zone.format(change.plannedFor)) \(zone.name)",
          zh: "计划 \(zone.format(change.plannedFor)) \(zone.name) 解绑")
        : SwitchWords.opening(change, in: zone, now: now)
      return [
        entry.shop.rawValue, entry.name ?? "", entry.team ?? "", change.state.wording(language), change.from,
        change.to, when(language),
      ].map { TextTable.Cell(text: TerminalText.safe($0)) }
    }
    let cuts: [Int?] = [nil, 8, nil, nil, 8, 8, nil]
    let dispensable: [Int?] = [nil, 1, 2, 4, 3, nil, nil]
    let table = TextTable(
      columns: headings.indices.map {
        .init(heading: headings[$0](language), shrinksTo: cuts[$0], leftOut: dispensable[$0])
      }, sample: rows, width: width, palette: palette)
    return ([table.heading] + rows.map(table.line)).map { $0 + "\n" }.joined()
  }

  /// The columns `shop,name,team,platform,state,from,to,planned_for,unbound_at,can_rebind_at,estimated,
  /// finish_by,overridden`.
  package static func csv(_ entries: [SwitchEntry], byteOrderMark: Bool) -> [UInt8] {
    var output: [UInt8] = []
    CSVWriter.append(to: &output) { csv in
      if byteOrderMark { csv.byteOrderMark() }
      csv.header(
        """
        shop,name,team,platform,state,from,to,planned_for,unbound_at,can_rebind_at,estimated,finish_by,overridden
        """)
      for entry in entries {
        let change = entry.change
        csv.id(entry.shop.rawValue)
        csv.text(entry.name)
        csv.text(entry.team)
        csv.text(entry.platform)
        csv.id(change.state.rawValue)
        csv.text(change.from)
        csv.text(change.to)
        csv.moment(change.plannedFor)
        csv.moment(change.unboundAt)
        csv.moment(change.opensAt)
        csv.flag(change.coolDown?.isEstimate ?? false)
        csv.moment(change.coolDown?.finishBy)
        csv.number(change.overrides.count)
        csv.endRow()
      }
    }
    return output
  }

  /// A shop's binding, the state of its switch, and earlier ones.
  package static func page(_ page: ShopSwitches, language: Language, palette: Palette) -> String {
    let (zone, history) = (page.zone, page.history)
    let standing = SwitchWords.standing(history, in: zone, now: page.now)
    let name = page.shop.name.map { " \(TerminalText.safe($0))" } ?? ""
    var lines = [
      Wording(en: "\(page.shop.id)\(name) \(standing.en)", zh: "\(page.shop.id)\(name) \(standing.zh)")
    ]
    if let last = history.underWay, last.state == .unbound {
      lines += SwitchWords.coolDown(last, in: zone, now: page.now).dropFirst()
    }
    if let from = page.nextUnbindingFrom, history.underWay?.state != .unbound {
      let moment = zone.format(from)
      lines.append(
        page.now < from
          ? Wording(
            en: "the next unbinding is allowed from \(moment) (check it on the platform)",
            zh: "\(moment) 起才允许再次解绑（以平台为准）")
          : Wording(en: "the next unbinding is allowed", zh: "现在允许再次解绑"))
    }
    if page.rules == nil, !history.bindings.isEmpty {
      lines.append(Wording(en: "no rules of its platform are known", zh: "没有该平台的规则文件，不作限制"))
    }
    var text = lines.map { $0(language) + "\n" }.joined()
    if history.switches.isEmpty { return text }
    text += "\n" + Wording(en: "times are in \(zone.name)\n", zh: "时间为 \(zone.name) 时区\n")(language)
    for change in history.switches {
      text += line(change, zone)(language) + "\n" + details(change, zone, language)
    }
    return text
  }

  private static func line(_ change: AccountSwitch, _ zone: Zone) -> Wording {
    let (old, new) = (TerminalText.safe(change.from), TerminalText.safe(change.to))
    var parts = [
      Wording(en: "planned \(zone.format(change.plannedAt))", zh: "计划于 \(zone.format(change.plannedAt))")
    ]
    if let at = change.unboundAt {
      parts.append(Wording(en: "unbound \(zone.format(at))", zh: "解绑于 \(zone.format(at))"))
    }
    if let at = change.endedAt {
      parts.append(
        Wording(
          en: "\(change.state.wording.en) \(zone.format(at))",
          zh: "\(change.state.wording.zh)（\(zone.format(at))）"))
    }
    return Wording(
      en: "switch \(change.number)  \(old) → \(new)  \(parts.map(\.en).joined(separator: ", "))",
      zh: "第 \(change.number) 次换绑  \(old) → \(new)  \(parts.map(\.zh).joined(separator: "，"))")
  }

  private static func details(_ change: AccountSwitch, _ zone: Zone, _ language: Language) -> String {
    var lines = change.confirmed.map { confirmation in
      let name = TerminalText.safe(confirmation.requirement)
      let by = DoneBy.wording(TerminalText.safe(confirmation.by), link: confirmation.link)
      let at = zone.format(confirmation.at)
      return Wording(en: "\(name) confirmed by \(by.en) at \(at)", zh: "\(by.zh) 于 \(at) 确认了 \(name)")
    }
    if let reason = change.reason.map(TerminalText.safe) {
      lines.append(Wording(en: "reason: \(reason)", zh: "原因：\(reason)"))
    }
    let overrides = change.overrides.map { $0.line(language, zone, reasonCells: 200) }
    return (lines.map { $0(language) } + overrides).map { "    \($0)\n" }.joined()
  }
}

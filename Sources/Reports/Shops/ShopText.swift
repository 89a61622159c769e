import Domain
import Operations

/// Shops for a terminal.
package enum ShopText {
  /// One line per shop, aligned.
  package static func list(
    _ shops: [Shop], accounts: [ShopID: String], language: Language, width: Int?, palette: Palette
  ) -> String {
    if shops.isEmpty {
      return Wording(
        en: "no shops; add one with: switchlist shop add ID\n", zh: "没有店铺；添加：switchlist shop add 店铺编号\n")(
          language)
    }
    let headings = [
      Wording(en: "Shop", zh: "店铺"), Wording(en: "Name", zh: "名称"), Wording(en: "Platform", zh: "平台"),
      Wording(en: "Team", zh: "团队"), Wording(en: "Owner", zh: "负责人"), Wording(en: "Tags", zh: "标签"),
      Wording(en: "Account", zh: "账号"), Wording(en: "Archived", zh: "归档"),
    ]
    let rows = shops.map { shop in
      [
        shop.id.rawValue, shop.name, shop.platform, shop.team, shop.owner, shop.tags.joined(separator: ";"),
        accounts[shop.id], shop.archived ? Wording(en: "archived", zh: "已归档")(language) : nil,
      ].map { TextTable.Cell(text: TerminalText.safe($0 ?? "")) }
    }
    let cuts: [Int?] = [nil, 10, nil, nil, 6, 6, 8, nil]
    let dispensable: [Int?] = [nil, nil, 4, 1, 2, 5, 3, nil]
    let table = TextTable(
      columns: headings.indices.map {
        .init(heading: headings[$0](language), shrinksTo: cuts[$0], leftOut: dispensable[$0])
      }, sample: rows,
      width: width, palette: palette)
    return ([table.heading] + rows.map(table.line)).map { $0 + "\n" }.joined()
  }

  /// Everything about one shop, and its runs.
  ///
  /// - Parameter zone: the shop's effective zone, whatever decides it.
  package static func page(
    _ shop: Shop, runs: [RunSummary], zone: Zone, language: Language
  ) -> String {
    let none = Wording(en: "none", zh: "无")(language)
    let fields: [(Wording, String?)] = [
      (Wording(en: "id", zh: "编号"), shop.id.rawValue), (Wording(en: "name", zh: "名称"), shop.name),
      (Wording(en: "platform", zh: "平台"), shop.platform), (Wording(en: "team", zh: "团队"), shop.team),
      (Wording(en: "owner", zh: "负责人"), shop.owner), (Wording(en: "time zone", zh: "时区"), shop.timeZone),
      (Wording(en: "tags", zh: "标签"), shop.tags.isEmpty ? nil : shop.tags.joined(separator: "; ")),
      (
        Wording(en: "archived", zh: "已归档"),
        shop.archived ? Wording(en: "yes", zh: "是")(language) : Wording(en: "no", zh: "否")(language)
      ),
    ]
    var text = ""
    for (label, value) in fields {
      text += TerminalText.padded(label(language), to: 10) + "  " + TerminalText.safe(value ?? none) + "\n"
    }
    for run in runs {
      let began = "\(zone.format(run.switchedAt)) \(zone.name)"
      text +=
        Wording(
          en: "run \(run.number)  \(run.checklist)  \(run.state.wording.en), from \(began)",
          zh: "第 \(run.number) 次执行  \(run.checklist)  \(run.state.wording.zh)，自 \(began)")(language) + "\n"
    }
    return text
  }
}

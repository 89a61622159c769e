import Domain
import Formats
import Operations

/// Shops in the formats in which they are listed.
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

  /// `[{"id", "name", "platform", "team", "owner", "time_zone", "tags", "archived", "account"}]`
  ///
  /// - Parameter accounts: the accounts that shops are bound to; nil leaves out `account`.
  package static func json(_ shops: [Shop], accounts: [ShopID: String]? = nil) -> [UInt8] {
    var json = JSONWriter()
    json.array { json in
      for shop in shops {
        json.newLine()
        json.object { json in
          write(shop, to: &json)
          if let accounts { json.field("account", accounts[shop.id]) }
        }
      }
    }
    return json.document()
  }

  /// The fields of `json`, and `"runs": [{"run", "checklist", "state", "switched_at"}]`.
  package static func json(_ shop: Shop, runs: [RunSummary]) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      write(shop, to: &json)
      json.key("runs")
      json.array { json in
        for run in runs {
          json.object { json in
            json.field("run", run.number)
            json.field("checklist", run.checklist.rawValue)
            json.field("state", run.state.rawValue)
            json.field("switched_at", run.switchedAt)
          }
        }
      }
    }
    return json.document()
  }

  static func write(_ shop: Shop, to json: inout JSONWriter) {
    json.field("id", shop.id.rawValue)
    json.field("name", shop.name)
    json.field("platform", shop.platform)
    json.field("team", shop.team)
    json.field("owner", shop.owner)
    json.field("time_zone", shop.timeZone)
    json.key("tags")
    json.value(shop.tags)
    json.field("archived", shop.archived)
  }

  /// The columns of `shop import`, and `account`, which that ignores.
  package static func csv(_ shops: [Shop], accounts: [ShopID: String], byteOrderMark: Bool) -> [UInt8] {
    var output: [UInt8] = []
    CSVWriter.append(to: &output) { csv in
      if byteOrderMark { csv.byteOrderMark() }
      csv.header("id,name,platform,team,owner,time_zone,tags,account")
      for shop in shops {
        csv.text(shop.id.rawValue)
        csv.text(shop.name)
        csv.text(shop.platform)
        csv.text(shop.team)
        csv.text(shop.owner)
        csv.text(shop.timeZone)
        csv.text(shop.tags.joined(separator: ";"))
        csv.text(accounts[shop.id])
        csv.endRow()
      }
    }
    return output
  }
}

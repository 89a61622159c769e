import Domain
import Operations

/// What importing shops would do, with warnings about suspicious ids.
package enum ShopImportText {
  /// One line per row that adds or changes a shop, then a line with totals.
  package static func preview(_ rows: [ImportShops.Preview], language: Language) -> String {
    let told = rows.compactMap { line(of: $0)?(language) }
    let added = rows.count { $0.before == nil }
    let summary = Wording(
      en:
        "\(added) to add, \(told.count - added) to change, \(rows.count - told.count) unchanged; nothing was imported",
      zh: "将添加 \(added) 家，修改 \(told.count - added) 家，未变 \(rows.count - told.count) 家；没有导入任何内容")
    return (told + [summary(language)]).map { $0 + "\n" }.joined()
  }

  /// The numbers of shops added, changed and unchanged.
  package static func imported(_ outcome: ImportShops.Outcome) -> Wording {
    Wording(
      en: "\(outcome.added) added, \(outcome.edited) changed, \(outcome.unchanged) unchanged",
      zh: "添加 \(outcome.added) 家，修改 \(outcome.edited) 家，未变 \(outcome.unchanged) 家")
  }

  /// Warnings about ids that a spreadsheet seems to have truncated: the first ones individually, then how
  /// many more there are.
  package static func warnings(_ doubtful: [ImportShops.DoubtfulID]) -> [Wording] {
    let more = doubtful.count - 20
    return doubtful.prefix(20).map(warning)
      + (more > 0 ? [Wording(en: "\(more) more ids look cut", zh: "还有 \(more) 个编号像是被截断的")] : [])
  }

  /// The warning about one id that a spreadsheet seems to have truncated.
  private static func warning(_ doubtful: ImportShops.DoubtfulID) -> Wording {
    let (line, id) = (doubtful.line, doubtful.id)
    guard let meant = doubtful.meant else {
      return Wording(
        en: """
          line \(line): '\(id)' ends in zeros from the 16th digit on, as numbers do that a spreadsheet has cut; \
          compare it with the platform's page
          """,
        zh: "第 \(line) 行：“\(id)”从第 16 位起全是 0，像是被表格软件截断的数字；请与平台页面核对")
    }
    return Wording(
      en: """
        line \(line): '\(id)' is a new shop, and '\(meant)' is there already: spreadsheets take zeros away; if \
        '\(meant)' is meant, make the column text and write the zeros again
        """,
      zh: "第 \(line) 行：“\(id)”是一家新店铺，而已有店铺“\(meant)”：表格软件会去掉开头的 0；如果指的是“\(meant)”，请把这一列设为文本并补上 0")
  }

  /// Nil if nothing changes.
  private static func line(of row: ImportShops.Preview) -> Wording? {
    if row.before == row.after { return nil }
    let before = row.before ?? Shop(id: row.after.id)
    let fields: [(Wording, KeyPath<Shop, String?>)] = [
      (Wording(en: "name", zh: "名称"), \.name), (Wording(en: "platform", zh: "平台"), \.platform),
      (Wording(en: "team", zh: "团队"), \.team), (Wording(en: "owner", zh: "负责人"), \.owner),
      (Wording(en: "time zone", zh: "时区"), \.timeZone), (Wording(en: "tags", zh: "标签"), \.joinedTags),
    ]
    let changes = fields.filter { before[keyPath: $0.1] != row.after[keyPath: $0.1] }.map { label, field in
      let old = row.before.map { shown($0[keyPath: field]) + " → " } ?? ""
      let new = old + shown(row.after[keyPath: field])
      return Wording(en: "\(label.en) \(new)", zh: "\(label.zh) \(new)")
    }
    let (line, id) = (row.line, row.after.id)
    let en = ["line \(line): \(row.before == nil ? "add" : "change") \(id)"] + changes.map(\.en)
    let zh = ["第 \(line) 行：\(row.before == nil ? "添加" : "修改") \(id)"] + changes.map(\.zh)
    return Wording(en: en.joined(separator: ", "), zh: zh.joined(separator: "，"))
  }

  private static func shown(_ text: String?) -> String { TerminalText.safe(text ?? "–") }
}

extension Shop {
  fileprivate var joinedTags: String? { tags.isEmpty ? nil : tags.joined(separator: ";") }
}

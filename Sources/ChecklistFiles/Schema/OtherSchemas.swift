import Domain

/// Which kind of file a schema is for.
package enum SchemaKind: String, Sendable, CaseIterable {
  case checklist
  case calendar
  case platform
}

extension ChecklistSchema {
  /// The schema as JSON for one kind of file, with titles and descriptions in one language.
  package static func text(of kind: SchemaKind, in language: Language) -> String {
    let schema = ChecklistSchema(language: language)
    return switch kind {
    case .checklist: text(in: language)
    case .calendar: schema.calendar.text() + "\n"
    case .platform: schema.platform.text() + "\n"
    }
  }

  private var calendar: SchemaJSON {
    file(
      "calendar", say(en: "Calendar", zh: "日历"), required: ["calendar", "covers"],
      [
        (
          "calendar",
          reference("word", en: "The file's name without its ending.", zh: "文件名（不含扩展名）。")
        ),
        (
          "covers",
          .object([
            (
              "description",
              say(en: "The years that it knows, such as 2025..2026.", zh: "包含哪些年份，例如 2025..2026。")
            ),
            (
              "anyOf",
              [
                ["type": "string", "pattern": "^[0-9]{4}(\\.\\.[0-9]{4})?$"],
                ["type": "integer", "minimum": 1000, "maximum": 9999],
              ]
            ),
          ])
        ),
        (
          "weekend",
          .object([
            ("description", say(en: "Days off; [sat, sun] when left out.", zh: "休息日；不写就是 [sat, sun]。")),
            ("type", "array"), ("maxItems", 6),
            ("items", ["enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]]),
          ])
        ),
        ("holidays", list("date", en: "Days off besides weekends.", zh: "周末以外的休息日。")),
        ("workdays", list("date", en: "Days of a weekend that are worked.", zh: "要上班的周末。")),
      ])
  }

  private var platform: SchemaJSON {
    file(
      "platform", say(en: "A platform's rules", zh: "平台规则"), required: ["platform", "checked"],
      [
        (
          "platform",
          reference(
            "word", en: "The file's name without its ending; a shop's platform.", zh: "文件名（不含扩展名），也是店铺的平台。")
        ),
        ("title", reference("line", en: "What people call it.", zh: "平台的名称。")),
        ("description", reference("text", en: "In Markdown.", zh: "说明，可用 Markdown。")),
        (
          "time-zone",
          .object([
            (
              "description",
              say(en: "An IANA name in whose days the rules count.", zh: "按哪个时区的日期计算，写 IANA 时区名。")
            ),
            ("type", "string"), ("pattern", .string(SchemaPatterns.timeZone)),
          ])
        ),
        (
          "cool-down",
          .object([
            ("description", say(en: "The wait after unbinding.", zh: "解绑后的等待期。")),
            ("type", "object"), ("required", ["usual"]), ("additionalProperties", false),
            (
              "properties",
              .object([
                ("usual", reference("wait", en: "Rebinding is refused before.", zh: "在此之前不能重新绑定。")),
                ("most", reference("wait", en: "The longest that was seen.", zh: "见过的最长时间。")),
              ])
            ),
          ])
        ),
        (
          "between-switches",
          reference("wait", en: "From the last rebinding to the next unbinding.", zh: "上次重新绑定到下次解绑之间。")
        ),
        ("requires", list("id", en: "What has to be so of the new account.", zh: "新账号必须满足的要求。")),
        (
          "texts",
          .object([
            ("description", say(en: "What each rule means, by its name.", zh: "每条规则的说明。")),
            ("type", "object"), ("additionalProperties", ["$ref": "#/$defs/text"]),
          ])
        ),
        (
          "checked",
          reference(
            "date", en: "When somebody last looked at the platform's page.", zh: "最近一次查看平台页面的日期。")
        ),
      ])
  }

  private func file(
    _ name: String, _ title: SchemaJSON, required: [String], _ keys: [(String, SchemaJSON)]
  ) -> SchemaJSON {
    .object([
      ("$schema", "https://json-schema.org/draft/2020-12/schema"),
      ("$id", .string("urn:switchlist:\(name):1")),
      ("title", title),
      ("type", "object"),
      ("required", .array(required.map { .string($0) })),
      ("additionalProperties", false),
      ("properties", .object(keys)),
      ("$defs", .object(shared)),
    ])
  }

  /// Definitions shared with checklists, and those specific to these files.
  private var shared: [(String, SchemaJSON)] {
    definitions.filter { ["id", "word", "paragraph", "line", "text"].contains($0.0) } + [
      ("date", ["type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"]),
      ("wait", ["type": "string", "pattern": .string(SchemaPatterns.wait)]),
    ]
  }
}

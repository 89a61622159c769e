import Domain

extension ChecklistSchema {
  var definitions: [(String, SchemaJSON)] {
    [
      ("item", item),
      (
        "id",
        [
          "anyOf": [
            ["type": "string", "pattern": .string(SchemaPatterns.identifier)],
            ["type": "integer", "minimum": 0],
            ["type": "boolean"],
          ]
        ]
      ),
      ("word", words(SchemaPatterns.line)),
      ("paragraph", words(SchemaPatterns.text)),
      ("line", translated("word")),
      ("text", translated("paragraph")),
      ("duration", ["type": "string", "pattern": .string(SchemaPatterns.duration(before: true))]),
      ("distance", ["type": "string", "pattern": .string(SchemaPatterns.duration(before: false))]),
      ("condition", condition),
      ("proof", ["enum": .array(ProofKind.allCases.map { .string($0.rawValue) })]),
    ]
  }

  /// Text, or what YAML makes of unquoted text.
  private func words(_ pattern: String) -> SchemaJSON {
    ["anyOf": [["type": "string", "pattern": .string(pattern)], ["type": ["number", "boolean"]]]]
  }

  /// A text, or one per language.
  private func translated(_ definition: String) -> SchemaJSON {
    let reference: SchemaJSON = ["$ref": .string("#/$defs/\(definition)")]
    return [
      "anyOf": [
        reference,
        [
          "type": "object", "minProperties": 1,
          "propertyNames": ["pattern": .string(SchemaPatterns.languageTag)],
          "additionalProperties": reference,
        ],
      ]
    ]
  }

  private var condition: SchemaJSON {
    let values: SchemaJSON = [
      "anyOf": [
        ["$ref": "#/$defs/word"],
        ["type": "array", "minItems": 1, "items": ["$ref": "#/$defs/word"]],
      ]
    ]
    return [
      "type": "object", "minProperties": 1, "additionalProperties": false,
      "properties": ["platform": values, "team": values, "tag": values],
    ]
  }

  private var item: SchemaJSON {
    .object([
      ("title", say(en: "Item", zh: "任务项")),
      ("type", "object"),
      ("required", ["id", "title"]),
      ("additionalProperties", false),
      ("properties", .object(itemKeys)),
    ])
  }

  private var itemKeys: [(String, SchemaJSON)] {
    [
      ("id", reference("id", en: "The item's id, once in the file.", zh: "任务项的 id，在文件里不能重复。")),
      ("title", reference("line", en: "What there is to do.", zh: "要做什么。")),
      (
        "details",
        reference(
          "text", en: "Why it matters and what often goes wrong, in Markdown.", zh: "为什么重要、常见的错误，可用 Markdown。"
        )
      ),
      ("steps", list("text", en: "How to do it, one text a step.", zh: "怎么做，一步一条。")),
      (
        "due",
        reference(
          "duration",
          en: "Counted from the run's start: 90m, 2h, 3d 18:00, 1w, 2 workdays; never overdue when left out.",
          zh: "从开始算起的期限：90m、2h、3d 18:00、1w、2 workdays；不写就不会逾期。")
      ),
      (
        "owner",
        reference(
          "word", en: "Who does it; 'merchant' stands for the shop's owner.", zh: "由谁来做；merchant 表示店铺的负责人。")
      ),
      (
        "critical",
        .object([
          (
            "description",
            say(en: "Only a lead may skip it; false when left out.", zh: "只有主管才能跳过；不写就是 false。")
          ),
          ("type", "boolean"), ("default", false),
        ])
      ),
      ("needs", list("id", en: "The ids of the items that come first.", zh: "必须先完成的任务项的 id。")),
      (
        "when",
        reference("condition", en: "Left out for shops that don't match.", zh: "不符合条件的店铺没有这一项。")
      ),
      (
        "proof",
        .object([
          (
            "description",
            say(
              en: "What shows that it was done; a list means any one of them, the first preferred.",
              zh: "完成的凭证；写成列表时任选其一，第一个最好。")
          ),
          (
            "anyOf",
            [
              ["$ref": "#/$defs/proof"],
              ["type": "array", "minItems": 1, "uniqueItems": true, "items": ["$ref": "#/$defs/proof"]],
            ]
          ),
        ])
      ),
      ("remind", list("distance", en: "How long before the due time to remind.", zh: "到期前多久提醒。")),
      ("escalate", list("distance", en: "How long after the due time to tell others.", zh: "到期后多久上报。")),
      (
        "stands-for",
        .object([
          (
            "description",
            say(
              en: "The milestone of a switch that ticks it when it is recorded.",
              zh: "记录换绑的哪个时点时，这一项自动完成。")
          ),
          ("enum", ["planned", "unbound", "rebound"]),
        ])
      ),
    ]
  }

  func list(_ definition: String, en: String, zh: String) -> SchemaJSON {
    .object([
      ("description", say(en: en, zh: zh)), ("type", "array"),
      ("items", ["$ref": .string("#/$defs/\(definition)")]),
    ])
  }
}

import Domain

/// The JSON Schema (2020-12) of a checklist file, for editors.
///
/// It refuses what `lint` refuses as far as a schema can: not cycles, unknown ids or repeated ones. Where the
/// format expects text it allows numbers and booleans, because editors convert `2026` and `no` before they
/// apply the schema.
package struct ChecklistSchema {
  let language: Language

  /// The schema as JSON, with titles and descriptions in one language.
  package static func text(in language: Language) -> String {
    ChecklistSchema(language: language).root.text() + "\n"
  }

  private var root: SchemaJSON {
    .object([
      ("$schema", "https://json-schema.org/draft/2020-12/schema"),
      ("$id", "urn:switchlist:checklist:1"),
      ("title", say(en: "Checklist", zh: "任务清单")),
      (
        "description",
        say(
          en: "What has to be done after a shop's primary account was changed: switchlist's format 1.",
          zh: "店铺更换主账号后要做的事：switchlist 格式 1。")
      ),
      ("type", "object"),
      ("required", ["checklist", "title"]),
      ("if", ["required": ["extends"]]),
      ("else", ["required": ["items"]]),
      ("dependentRequired", ["remove": ["extends"]]),
      ("allOf", .array(closingRules)),
      ("additionalProperties", false),
      ("properties", .object(checklistKeys)),
      ("$defs", .object(definitions)),
    ])
  }

  private var checklistKeys: [(String, SchemaJSON)] {
    let keys: [(String, SchemaJSON)] = [
      ("checklist", reference("id", en: "The checklist's id, once in its folder.", zh: "清单的 id，在文件夹里不能重复。")),
      ("title", reference("line", en: "What the checklist is called.", zh: "清单的名称。")),
      ("description", reference("text", en: "What it is for, in Markdown.", zh: "清单的说明，可用 Markdown。")),
      (
        "begins",
        .object([
          (
            "description",
            say(
              en: "The moment of a switch at which its runs begin; 'rebound' when left out.",
              zh: "从换绑的哪个时点开始；不写就是 rebound。")
          ),
          ("enum", .array(Milestone.allCases.map { .string($0.rawValue) })),
          ("default", "rebound"),
        ])
      ),
      (
        "closes",
        .object([
          (
            "description",
            say(
              en: """
                The moment of a switch at which what is outstanding in its runs can't be done any more, and they are closed; \
                later than 'begins'.
                """,
              zh: "到换绑的哪个时点，清单里未完成的事就不能再做、清单随之关闭；必须晚于 begins。")
          ),
          ("enum", .array(Milestone.closing.map { .string($0.rawValue) })),
        ])
      ),
      (
        "time-zone",
        .object([
          (
            "description",
            say(
              en: "An IANA name such as Asia/Shanghai; a shop's own wins; UTC when left out.",
              zh: "IANA 时区名，例如 Asia/Shanghai；店铺自己的时区优先；不写就是 UTC。")
          ),
          ("type", "string"), ("pattern", .string(SchemaPatterns.timeZone)),
        ])
      ),
      (
        "calendar",
        reference(
          "word", en: "The name of a file in calendars/, for workdays.", zh: "calendars/ 里的日历文件名，用来算工作日。")
      ),
      ("when", reference("condition", en: "Which shops it is for.", zh: "适用于哪些店铺。")),
      (
        "items",
        .object([
          (
            "description",
            say(
              en: "What there is to do, 1 to 500; with 'extends' it may be left out.",
              zh: "要做的事，1 到 500 项；写了 extends 时可以不写。")
          ),
          ("type", "array"), ("minItems", 1), ("maxItems", 500), ("items", ["$ref": "#/$defs/item"]),
        ])
      ),
    ]
    return keys + extensionKeys
  }

  /// Which values of `closes` each `begins` allows. Without `begins` and `extends`, it counts as `rebound`.
  private var closingRules: [SchemaJSON] {
    let none: SchemaJSON = ["properties": ["closes": false]]
    let rules = Milestone.allCases.compactMap { begins -> SchemaJSON? in
      let later = Milestone.closing.filter { $0 > begins }
      if later.count == Milestone.closing.count { return nil }
      let isMeant: SchemaJSON = [
        "required": ["begins"], "properties": ["begins": ["const": .string(begins.rawValue)]],
      ]
      let allowed: SchemaJSON = .array(later.map { .string($0.rawValue) })
      return ["if": isMeant, "then": later.isEmpty ? none : ["properties": ["closes": ["enum": allowed]]]]
    }
    return rules + [
      ["if": ["not": ["anyOf": [["required": ["begins"]], ["required": ["extends"]]]]], "then": none]
    ]
  }

  private var extensionKeys: [(String, SchemaJSON)] {
    [
      (
        "extends",
        reference(
          "id", en: "The checklist of the same folder whose items are taken over.",
          zh: "沿用同一文件夹里哪一份清单的任务项，写它的 id。")
      ),
      (
        "remove",
        list(
          "id", en: "The ids of the items that are not taken over.",
          zh: "不沿用的任务项的 id。")
      ),
    ]
  }

  func say(en: String, zh: String) -> SchemaJSON { .string(Wording(en: en, zh: zh)(language)) }

  func reference(_ name: String, en: String, zh: String) -> SchemaJSON {
    .object([("description", say(en: en, zh: zh)), ("$ref", .string("#/$defs/\(name)"))])
  }
}

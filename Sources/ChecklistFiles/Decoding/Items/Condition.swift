import Domain
import YAMLReading

extension DefinitionDecoder {
  mutating func condition(_ node: Int) -> Condition? {
    guard document.kind(of: node) == .mapping else {
      wrongType(
        at: node, key: "when",
        wanted: Wording(en: "a map, such as {platform: douyin}", zh: "映射，例如 {platform: douyin}"))
      return nil
    }
    let before = drafts.count
    let fields = fields(of: node, ConditionKey.table)
    let platforms = fields[ConditionKey.platform].flatMap { values($0, key: "platform") }
    let teams = fields[ConditionKey.team].flatMap { values($0, key: "team") }
    let tags = fields[ConditionKey.tag].flatMap { values($0, key: "tag") }
    if platforms == nil, teams == nil, tags == nil, drafts.count == before {
      error(
        "empty-condition", at: node,
        en: "'when' names no condition; name a platform, a team or a tag, or leave 'when' out",
        zh: "“when”没有写条件；请写 platform、team 或 tag，或者去掉“when”")
    }
    guard drafts.count == before else { return nil }
    return Condition(platforms: platforms, teams: teams, tags: tags)
  }

  private mutating func values(_ node: Int, key: String) -> [String]? {
    switch document.kind(of: node) {
    case .scalar, .alias: return string(node, key: key).map { [$0.trimmedAndComposed] }
    case .sequence:
      let wanted = Wording(en: "texts", zh: "文字")
      guard let elements = elements(node, key: key, of: wanted, mayBeEmpty: false) else { return nil }
      return elements.compactMap { string($0, key: key)?.trimmedAndComposed }
    case .mapping:
      wrongType(at: node, key: key, wanted: Wording(en: "text or a list of texts", zh: "文字或文字的列表"))
      return nil
    }
  }
}

import Domain
import YAMLReading

/// What a platform requires of a new account.
struct Requirements {
  /// In the file's order, without duplicates.
  var names: [String] = []
  /// Whether the whole list could be read.
  var isComplete = true
}

extension DefinitionDecoder {
  mutating func coolDown(_ node: Int) -> PlatformRules.CoolDown? {
    guard document.kind(of: node) == .mapping else {
      wrongType(
        at: node, key: "cool-down",
        wanted: Wording(en: "a map, such as {usual: 7d, most: 28d}", zh: "映射，例如 {usual: 7d, most: 28d}"))
      return nil
    }
    let fields = fields(of: node, CoolDownKey.table)
    if fields[CoolDownKey.usual] == nil { missing("usual", in: node) }
    let usual = fields[CoolDownKey.usual].flatMap { wait($0, key: "usual") }
    let most = fields[CoolDownKey.most].flatMap { wait($0, key: "most") }
    guard let usual else { return nil }
    if let most, most.nominalMinutes < usual.nominalMinutes,
      let usualNode = fields[CoolDownKey.usual], let mostNode = fields[CoolDownKey.most]
    {
      let later = document.place(of: mostNode) > document.place(of: usualNode) ? mostNode : usualNode
      error(
        "clashing-cool-down", at: later,
        en: "the most, \(most.text), is less than the usual \(usual.text); exchange or correct them",
        zh: "最长的 \(most.text) 比通常的 \(usual.text) 还短；请对调或改正")
    }
    return PlatformRules.CoolDown(usual: usual, most: most)
  }

  /// A period that a platform counts: no workdays, no time of day, never backwards.
  mutating func wait(_ node: Int, key: String) -> CalendarDuration? {
    guard let wait = duration(node, key: key) else { return nil }
    let problem: Wording
    if wait.unit == .workdays {
      problem = Wording(
        en: "workdays can't stand here: a platform's rules count elapsed time or days, such as 7d",
        zh: "这里不能写 workdays：平台规则按经过的时间或自然日计算，例如 7d")
    } else if wait.before {
      problem = Wording(
        en: "'before' can't stand here: '\(key)' counts on from a change of the account",
        zh: "这里不能写“before”：“\(key)”是从账号变更往后算的")
    } else if wait.time != nil {
      problem = Wording(
        en: "a time of day can't stand here; write only how long, such as 7d",
        zh: "这里不能写钟点；只写多久，例如 7d")
    } else {
      return wait
    }
    error("bad-duration", at: node, problem)
    return nil
  }

  mutating func requirements(_ node: Int) -> Requirements {
    let read: (ids: [(id: ItemID, node: Int)], isComplete: Bool)? = ids(
      node, key: "requires", repeatedCode: "repeated-requirement")
    guard let read else { return Requirements(isComplete: false) }
    for (id, node) in read.ids where PlatformRules.Rule(rawValue: id.rawValue) != nil {
      error(
        "clashing-requirement", at: node,
        en: "'\(id)' is the name of a rule already; give the requirement another",
        zh: "“\(id)”已经是一条规则的名字；请给这个要求换个名字")
    }
    return Requirements(names: read.ids.map(\.id.rawValue), isComplete: read.isComplete)
  }

  /// Explanations of rules and requirements, by name.
  mutating func ruleTexts(_ node: Int, _ requires: Requirements) -> [String: LocalizedText] {
    guard document.kind(of: node) == .mapping else {
      wrongType(
        at: node, key: "texts",
        wanted: Wording(
          en: "a map from the names of rules to texts, such as {cool-down: …}",
          zh: "从规则名字到文字的映射，例如 {cool-down: …}"))
      return [:]
    }
    let names = PlatformKey.rules + requires.names
    let known = Set(names)
    var texts: [String: LocalizedText] = [:]
    for (key, value) in pairs(of: node) {
      let name = document.string(key)
      if requires.isComplete, !known.contains(name) { unknownRule(name, at: key, names) }
      if let text = text(value, key: "texts.\(name.quotable)", .many) { texts[name] = text }
    }
    return texts
  }

  private mutating func unknownRule(_ name: String, at key: Int, _ names: [String]) {
    let near = nearest(to: name, among: Array(names.prefix(500)))
    let known = names.prefix(20)
    error(
      "unknown-rule", at: key,
      en: "unknown rule '\(name.quotable)'; "
        + (near.map { "did you mean '\($0)'?" } ?? "known here are \(known.joined(separator: ", "))"),
      zh: "未知的规则“\(name.quotable)”；"
        + (near.map { "是不是想写“\($0)”？" } ?? "这里可以写 \(known.joined(separator: "、"))"))
  }
}

extension PlatformKey {
  /// In the order in which readers look for them.
  fileprivate static let rules = [PlatformRules.Rule.coolDown, .betweenSwitches, .requires].map(\.rawValue)
}

extension CalendarDuration {
  /// Assuming no change of clocks.
  fileprivate var nominalMinutes: Int {
    switch unit {
    case .minutes: count
    case .hours: count * 60
    case .days, .workdays: count * 24 * 60
    case .weeks: count * 7 * 24 * 60
    }
  }
}

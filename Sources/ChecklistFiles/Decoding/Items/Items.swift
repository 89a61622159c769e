import Domain
import YAMLReading

extension DefinitionDecoder {
  static let mostItems = 500

  /// Reads a checklist's items, leaving out those that can't be read. Items of an extension may need items of
  /// its base, which isn't known yet.
  mutating func items(_ node: Int, isExtension: Bool, into parts: inout ChecklistParts) {
    guard document.kind(of: node) == .sequence else {
      wrongType(at: node, key: "items", wanted: Wording(en: "a list of items", zh: "任务项的列表"))
      return
    }
    guard document.childCount(of: node) > 0 else {
      noItems(at: node, isExtension: isExtension)
      return
    }
    parts.items.reserveCapacity(min(document.childCount(of: node), Self.mostItems))
    for (position, element) in document.children(of: node).enumerated() {
      if position == Self.mostItems { tooManyItems(at: element, document.childCount(of: node)) }
      if let item = item(element, &parts.needs) { parts.items.append(item) }
    }
    if isExtension { checkEach(parts.needs) } else { check(parts.needs) }
  }

  private mutating func noItems(at node: Int, isExtension: Bool) {
    if isExtension {
      error(
        "no-items", at: node,
        en: "'items' is empty; fill it, or leave the key out to take over the items of 'extends' alone",
        zh: "“items”是空的；请填上内容，如果只要“extends”的任务项，请去掉这个键")
    } else {
      error(
        "no-items", at: node,
        en: "'items' is empty; a checklist has at least one item",
        zh: "“items”是空的；任务清单至少要有一项")
    }
  }

  private mutating func tooManyItems(at node: Int, _ count: Int) {
    error(
      "too-many-items", at: node,
      en: "there are \(count) items, but a checklist has at most \(Self.mostItems); split it from here on",
      zh: "这里有 \(count) 项，而一份任务清单最多 \(Self.mostItems) 项；请从这里起拆成另一份")
  }

  private mutating func item(_ node: Int, _ graph: inout NeedsGraph) -> ChecklistItem? {
    guard document.kind(of: node) == .mapping else {
      error(
        "wrong-type", at: node,
        en: "an item is a map that begins with 'id: …', not \(found(at: node).en)",
        zh: "任务项应是以“id: …”开头的映射，不能是\(found(at: node).zh)")
      reportRepeatedKeys(inside: node)
      return nil
    }
    let fields = fields(of: node, ItemKey.table)
    for key in [ItemKey.id, .title] where fields[key] == nil {
      missing(ItemKey.table.names[key.rawValue], in: node)
    }
    let id: ItemID? = fields[ItemKey.id].flatMap { identifier($0, key: "id") }
    let title = fields[ItemKey.title].flatMap { text($0, key: "title", .one) }
    let details = fields[ItemKey.details].flatMap { text($0, key: "details", .many) }
    let steps = fields[ItemKey.steps].flatMap { self.steps($0) }
    let due = fields[ItemKey.due].flatMap { duration($0, key: "due") }
    let owner = fields[ItemKey.owner].flatMap { string($0, key: "owner")?.trimmedAndComposed }
    let critical = fields[ItemKey.critical].flatMap { boolean($0, key: "critical") }
    let needs = fields[ItemKey.needs].flatMap { self.needs($0) } ?? []
    let when = fields[ItemKey.when].flatMap { condition($0) }
    let proof = fields[ItemKey.proof].flatMap { proofs($0) }
    let remind = fields[ItemKey.remind].flatMap { durations($0, key: "remind") }
    let escalate = fields[ItemKey.escalate].flatMap { durations($0, key: "escalate") }
    let standsFor = fields[ItemKey.standsFor].flatMap { self.standsFor($0) }
    graph.add(id, at: fields[ItemKey.id] ?? node, element: node, needs: needs)
    guard let id, let title else { return nil }
    return ChecklistItem(
      id: id, title: title, details: details, steps: steps ?? [], due: due, owner: owner,
      critical: critical ?? false, needs: needs.map(\.id), when: when ?? .always, proof: proof ?? [],
      remind: remind ?? [], escalate: escalate ?? [], standsFor: standsFor)
  }

  /// A milestone, other than `cooled`, which nobody records.
  private mutating func standsFor(_ node: Int) -> Milestone? {
    if document.withBytes(of: node, { $0.elementsEqual(Milestone.cooled.rawValue.utf8) }) {
      error(
        "unrecorded-milestone", at: node,
        en: "nobody records 'cooled', which comes by itself when the cool-down ends; "
          + "an item stands for planned, unbound or rebound",
        zh: "“cooled”是等待期自己结束，没有人去记录它；任务项只能代表 planned、unbound 或 rebound")
      return nil
    }
    let kind = Wording(en: "milestone", zh: "时点")
    let milestone: RecordedMilestone? = word(node, key: "stands-for", code: "unknown-milestone", kind: kind)
    return milestone.flatMap { Milestone(rawValue: $0.rawValue) }
  }

  private mutating func steps(_ node: Int) -> [LocalizedText]? {
    guard let elements = elements(node, key: "steps", of: Wording(en: "texts", zh: "文字")) else { return nil }
    var steps: [LocalizedText] = []
    steps.reserveCapacity(document.childCount(of: node))
    for element in elements {
      if let step = text(element, key: "steps", .many) { steps.append(step) }
    }
    return steps
  }
}

/// The milestones that people record.
private enum RecordedMilestone: String, CaseIterable {
  case planned
  case unbound
  case rebound
}

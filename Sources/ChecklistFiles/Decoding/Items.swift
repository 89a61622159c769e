import Domain
import YAMLReading

extension Decoder {
  private static let mostItems = 500

  /// The items of a checklist; what can't be read is left out.
  mutating func items(_ node: Int) -> [ChecklistItem]? {
    guard document.kind(of: node) == .sequence else {
      wrongType(at: node, key: "items", wanted: Wording(en: "a list of items", zh: "任务项的列表"))
      return nil
    }
    guard document.childCount(of: node) > 0 else {
      error(
        "no-items", at: node,
        en: "'items' is empty; a checklist has at least one item",
        zh: "“items”是空的；任务清单至少要有一项")
      return nil
    }
    var items: [ChecklistItem] = []
    items.reserveCapacity(min(document.childCount(of: node), Self.mostItems))
    var needs = NeedsGraph()
    for (position, element) in document.children(of: node).enumerated() {
      if position == Self.mostItems { tooManyItems(at: element, document.childCount(of: node)) }
      if let item = item(element, &needs) { items.append(item) }
    }
    check(needs)
    return items
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
    let fields = fields(of: node, ItemKey.table, later: ItemKey.later)
    for key in [ItemKey.id, .title] where fields[key] == nil {
      missing(ItemKey.table.names[key.rawValue], in: node)
    }
    let id: ItemID? = fields[ItemKey.id].flatMap { identifier($0, key: "id") }
    let title = fields[ItemKey.title].flatMap { text($0, key: "title", .one) }
    let details = fields[ItemKey.details].flatMap { text($0, key: "details", .many) }
    let steps = fields[ItemKey.steps].flatMap { self.steps($0) }
    let due = fields[ItemKey.due].flatMap { duration($0, key: "due") }
    let owner = fields[ItemKey.owner].flatMap { string($0, key: "owner") }
    let critical = fields[ItemKey.critical].flatMap { boolean($0, key: "critical") }
    let needs = fields[ItemKey.needs].flatMap { self.needs($0) } ?? []
    let when = fields[ItemKey.when].flatMap { condition($0) }
    let proof = fields[ItemKey.proof].flatMap { proofs($0) }
    let remind = fields[ItemKey.remind].flatMap { durations($0, key: "remind") }
    let escalate = fields[ItemKey.escalate].flatMap { durations($0, key: "escalate") }
    graph.add(id, at: fields[ItemKey.id] ?? node, needs: needs)
    guard let id, let title else { return nil }
    return ChecklistItem(
      id: id, title: title, details: details, steps: steps ?? [], due: due, owner: owner,
      critical: critical ?? false, needs: needs.map(\.id), when: when ?? .always, proof: proof ?? [],
      remind: remind ?? [], escalate: escalate ?? [])
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

  /// The ids that an item needs, each once.
  private mutating func needs(_ node: Int) -> [(id: ItemID, node: Int)]? {
    guard let elements = elements(node, key: "needs", of: Wording(en: "ids", zh: " id ")) else { return nil }
    var needs: [(id: ItemID, node: Int)] = []
    // Few are compared one by one, many through a table.
    var seen: Set<ItemID> = []
    for element in elements {
      guard let id: ItemID = identifier(element, key: "needs") else { continue }
      let isNew = needs.count < 8 ? !needs.contains { $0.id == id } : !seen.contains(id)
      if isNew {
        needs.append((id, element))
        if needs.count == 8 { seen = Set(needs.map(\.id)) } else if needs.count > 8 { seen.insert(id) }
      } else {
        warning(
          "repeated-need", at: element,
          en: "'\(id)' is repeated in 'needs'; once is enough",
          zh: "“needs”里的“\(id)”重复了；写一次就够了")
      }
    }
    return needs
  }
}

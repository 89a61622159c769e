import Domain
import YAMLReading

extension DefinitionDecoder {
  /// The base's items without those removed, with the file's own replacing those of the same id, followed by
  /// the rest of its own. Reports conflicts.
  mutating func items(
    of file: UnresolvedChecklist, extending base: Checklist, whereStands: (ItemID) -> String?
  ) -> [ChecklistItem] {
    let own = DeclaredItems(file)
    checkRemovals(own, base)
    let entries = own.entries(extending: base)
    checkNeeds(own, entries)
    checkRemovedNeeds(own, base, whereStands)
    checkCount(own, entries, base)
    return own.items(extending: base)
  }

  /// Checks what doesn't depend on the base.
  mutating func checkAlone(_ file: UnresolvedChecklist) {
    let own = DeclaredItems(file)
    reportClashes(own)
    reportCycles(own.entries, own.positions)
  }

  private mutating func reportClashes(_ own: DeclaredItems) {
    for removal in own.extends.removed {
      guard let position = own.positions[removal.id] else { continue }
      let entry = own.entries[position]
      let isLater = document.place(of: removal.node) > document.place(of: entry.node)
      let (later, earlier) = isLater ? (removal.node, entry.node) : (entry.node, removal.node)
      let place = document.place(of: earlier)
      error(
        "clashing-item", at: later,
        en: "'\(removal.id)' is both removed and defined in this file, the other place being "
          + "line \(place.line), column \(place.column); to replace an item, leave it out of 'remove'",
        zh: "“\(removal.id)”在这个文件里既被去掉又被定义，另一处在第 \(place.line) 行第 \(place.column) 列；"
          + "要替换任务项，就不要写进“remove”")
    }
  }

  private mutating func checkRemovals(_ own: DeclaredItems, _ base: Checklist) {
    reportClashes(own)
    let known = Set(base.items.map(\.id))
    for removal in own.extends.removed where own.removed[removal.id] != nil && !known.contains(removal.id) {
      let near = nearest(to: removal.id.rawValue, among: base.items.map(\.id.rawValue))
      error(
        "unknown-removal", at: removal.node,
        en: "'\(base.id)' has no item '\(removal.id)'; "
          + (near.map { "did you mean '\($0)'?" } ?? "'remove' names items of the extended checklist"),
        zh: "“\(base.id)”里没有任务项“\(removal.id)”；"
          + (near.map { "是不是想写“\($0)”？" } ?? "“remove”里写的是被扩展的清单中任务项的 id"))
    }
  }

  private mutating func checkNeeds(_ own: DeclaredItems, _ entries: [NeedsGraph.Entry]) {
    var positions: [ItemID: Int] = Dictionary(minimumCapacity: entries.count)
    for (position, entry) in entries.enumerated() { positions[entry.id] = position }
    for need in own.allNeeds where positions[need.id] == nil {
      if let node = own.removed[need.id] {
        let line = document.place(of: node).line
        error(
          "removed-need", at: need.node,
          en: "'\(need.id)' is removed in line \(line); keep it there, or don't need it here",
          zh: "“\(need.id)”在第 \(line) 行被去掉了；请保留它，或者不要在这里需要它")
      } else {
        unknown(
          need, positions,
          Wording(
            en: "'needs' names items of this file, or of the one that it extends, by their ids",
            zh: "“needs”里写的是本文件或被扩展的清单中任务项的 id"))
      }
    }
    reportCycles(entries, positions)
  }

  /// Reports, at the removal of an item, those of the base's items that still need it.
  private mutating func checkRemovedNeeds(
    _ own: DeclaredItems, _ base: Checklist, _ whereStands: (ItemID) -> String?
  ) {
    guard !own.removed.isEmpty else { return }
    var needing: [ItemID: [ItemID]] = [:]
    for item in base.items where own.removed[item.id] == nil && own.positions[item.id] == nil {
      for need in item.needs where own.removed[need] != nil { needing[need, default: []].append(item.id) }
    }
    for removal in own.extends.removed {
      guard let items = needing[removal.id], let first = items.first else { continue }
      let place = whereStands(first)
      let others = items.count - 1
      error(
        "removed-need", at: removal.node,
        en: "'\(removal.id)' is still needed by '\(first)'" + (place.map { " (\($0))" } ?? "")
          + (others > 0 ? " and \(others) more" : "") + "; remove or replace what needs it, or keep it",
        zh: "“\(first)”" + (place.map { "（\($0)）" } ?? "") + (others > 0 ? "等 \(items.count) 项" : "")
          + "还需要“\(removal.id)”；请一并去掉或替换需要它的任务项，或者保留它")
    }
  }

  private mutating func checkCount(_ own: DeclaredItems, _ entries: [NeedsGraph.Entry], _ base: Checklist) {
    if entries.isEmpty, own.nothingIsUnread, let node = own.extends.removeNode {
      error(
        "no-items", at: node,
        en: "all items of '\(base.id)' are removed, and a checklist has at least one; keep one, or add one",
        zh: "“\(base.id)”的任务项全被去掉了，而任务清单至少要有一项；请保留或添加一项")
    }
    // Too many items in the file alone have been reported already.
    if entries.count > Self.mostItems, own.entries.count <= Self.mostItems {
      error(
        "too-many-items", at: entries[Self.mostItems].element,
        en: "with those of '\(base.id)' there are \(entries.count) items, but a checklist has at most "
          + "\(Self.mostItems); split it from here on",
        zh: "连同“\(base.id)”的任务项一共 \(entries.count) 项，而一份任务清单最多 \(Self.mostItems) 项；"
          + "请从这里起拆成另一份")
    }
  }
}

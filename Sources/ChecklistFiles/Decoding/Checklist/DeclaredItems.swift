import Domain

/// The items in an extending file, and those that it removes from the base.
struct DeclaredItems {
  let extends: Extends
  /// Includes items that couldn't be read in full. If an id is repeated, the first.
  let entries: [NeedsGraph.Entry]
  /// The index in `entries` of each id.
  let positions: [ItemID: Int]
  /// Items removed and not redefined, with the node of each removal.
  let removed: [ItemID: Int]
  private let graph: NeedsGraph
  private let items: [ItemID: ChecklistItem]

  init(_ file: UnresolvedChecklist) {
    extends = file.extends
    graph = file.parts.needs
    var entries: [NeedsGraph.Entry] = []
    var positions: [ItemID: Int] = [:]
    for entry in file.parts.needs.entries where positions[entry.id] == nil {
      positions[entry.id] = entries.count
      entries.append(entry)
    }
    self.entries = entries
    self.positions = positions
    removed = Dictionary(
      uniqueKeysWithValues: file.extends.removed.filter { positions[$0.id] == nil }.map { ($0.id, $0.node) })
    items = Dictionary(file.parts.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether every item of the file could be read.
  var nothingIsUnread: Bool { graph.nameless.isEmpty }

  /// The needs of all items in the file.
  var allNeeds: [NeedsGraph.Need] { graph.entries.flatMap(\.needs) + graph.nameless.flatMap { $0 } }

  /// All items with their needs: the base's first, then the file's own.
  func entries(extending base: Checklist) -> [NeedsGraph.Entry] {
    merged(
      base, own: entries, id: \.id,
      inherited: { item in
        let needs = item.needs.map { NeedsGraph.Need(id: $0, node: NeedsGraph.elsewhere) }
        return NeedsGraph.Entry(
          id: item.id, node: NeedsGraph.elsewhere, element: NeedsGraph.elsewhere, needs: needs)
      })
  }

  /// All items, the base's first.
  func items(extending base: Checklist) -> [ChecklistItem] {
    merged(base, own: entries.compactMap { items[$0.id] }, id: \.id, inherited: { $0 })
  }

  private func merged<Element>(
    _ base: Checklist, own: [Element], id: (Element) -> ItemID, inherited: (ChecklistItem) -> Element
  ) -> [Element] {
    let byID = Dictionary(uniqueKeysWithValues: own.map { (id($0), $0) })
    let kept = base.items.filter { removed[$0.id] == nil }.map { byID[$0.id] ?? inherited($0) }
    let known = Set(base.items.map(\.id))
    return kept + own.filter { !known.contains(id($0)) }
  }
}

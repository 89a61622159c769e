import Domain

/// The items that an extending file has of its own, and what it removes.
struct DeclaredItems {
  let extends: Extends
  /// Also those that couldn't be read in full; of one id the first.
  let entries: [NeedsGraph.Entry]
  /// Where in `entries` each id stands.
  let positions: [ItemID: Int]
  /// What is removed and not defined anew, and where the removal is written.
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

  /// Whether no item of the file had to be left out.
  var nothingIsUnread: Bool { graph.nameless.isEmpty }

  /// What any item of the file needs.
  var allNeeds: [NeedsGraph.Need] { graph.entries.flatMap(\.needs) + graph.nameless.flatMap { $0 } }

  /// All items with their needs: the base's, then the file's.
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

import Domain
import YAMLReading

/// Which items of a checklist need which others.
struct NeedsGraph {
  struct Need {
    let id: ItemID
    /// `elsewhere` for an item of another file.
    let node: Int
  }

  struct Entry {
    let id: ItemID
    /// The node of the id.
    let node: Int
    /// The node of the item's map.
    let element: Int
    let needs: [Need]
  }

  /// Stands for a node of another file.
  static let elsewhere = -1

  private(set) var entries: [Entry] = []
  /// Needs of items whose id couldn't be read; they are checked all the same.
  private(set) var nameless: [[Need]] = []

  mutating func add(_ id: ItemID?, at node: Int, element: Int, needs: [(id: ItemID, node: Int)]) {
    let needs = needs.map { Need(id: $0.id, node: $0.node) }
    if let id {
      entries.append(Entry(id: id, node: node, element: element, needs: needs))
    } else {
      nameless.append(needs)
    }
  }
}

extension DefinitionDecoder {
  /// Reports repeated ids, unknown needs, items that need themselves, and cycles.
  mutating func check(_ graph: NeedsGraph) {
    let positions = checkEach(graph)
    for entry in graph.entries { reportUnknown(entry.needs, positions) }
    for needs in graph.nameless { reportUnknown(needs, positions) }
    reportCycles(graph.entries, positions)
  }

  /// Reports repeated ids and items that need themselves; returns the index of the first item with each id.
  @discardableResult
  mutating func checkEach(_ graph: NeedsGraph) -> [ItemID: Int] {
    var positions: [ItemID: Int] = Dictionary(minimumCapacity: graph.entries.count)
    for (position, entry) in graph.entries.enumerated() {
      if let first = positions[entry.id] {
        repeatedItem(entry.id, at: entry.node, first: graph.entries[first].node)
      } else {
        positions[entry.id] = position
      }
      for need in entry.needs where need.id == entry.id {
        error(
          "self-need", at: need.node,
          en: "'\(need.id)' needs itself, and could never be done; take it out",
          zh: "“\(need.id)”需要它自己，永远无法完成；请去掉")
      }
    }
    return positions
  }

  /// Reports cycles that contain a need of this file.
  mutating func reportCycles(_ entries: [NeedsGraph.Entry], _ positions: [ItemID: Int]) {
    guard entries.contains(where: { !$0.needs.isEmpty }) else { return }
    var search = CycleSearch(entries, positions)
    // One need of this file may close many cycles through its base's needs; it is reported once.
    var reported: Set<Int> = []
    for cycle in search.cycles() {
      guard let last = lastNeed(of: cycle) else { continue }
      let isNew = reported.insert(cycle[last].node).inserted
      if isNew || cycle.allSatisfy({ $0.node != NeedsGraph.elsewhere }) { report(cycle, last, entries) }
    }
  }

  private mutating func repeatedItem(_ id: ItemID, at node: Int, first: Int) {
    let place = document.place(of: first)
    error(
      "repeated-item", at: node,
      en: "the item id '\(id)' is used twice; it stands first in line \(place.line), column \(place.column)",
      zh: "任务项 id“\(id)”用了两次；第一次在第 \(place.line) 行第 \(place.column) 列")
  }

  private mutating func reportUnknown(_ needs: [NeedsGraph.Need], _ positions: [ItemID: Int]) {
    for need in needs where positions[need.id] == nil {
      unknown(
        need, positions,
        Wording(en: "'needs' names items of this file by their ids", zh: "“needs”里写的是本文件中任务项的 id"))
    }
  }

  /// Reports a need of an item that doesn't exist, suggesting ids that do.
  mutating func unknown(_ need: NeedsGraph.Need, _ positions: [ItemID: Int], _ known: Wording) {
    let near = nearest(to: need.id.rawValue, among: positions.keys.sorted().prefix(500).map(\.rawValue))
    error(
      "unknown-need", at: need.node,
      en: "unknown item '\(need.id)'; " + (near.map { "did you mean '\($0)'?" } ?? known.en),
      zh: "未知的任务项“\(need.id)”；" + (near.map { "是不是想写“\($0)”？" } ?? known.zh))
  }

  /// The index of the cycle's need that comes last in this file.
  private func lastNeed(of cycle: [CycleSearch.Edge]) -> Int? {
    cycle.indices.filter { cycle[$0].node != NeedsGraph.elsewhere }
      .max { document.place(of: cycle[$0].node) < document.place(of: cycle[$1].node) }
  }

  /// Reports a cycle at the need that comes last in the file, starting from the item that has it.
  private mutating func report(
    _ cycle: [CycleSearch.Edge], _ last: Int, _ entries: [NeedsGraph.Entry]
  ) {
    let around = cycle[last...] + cycle[..<last]
    let names = (around.map { entries[$0.from].id.rawValue } + [entries[cycle[last].from].id.rawValue])
      .joined(separator: " → ")
    error(
      "need-cycle", at: cycle[last].node,
      en: "these items wait for each other, and none could ever begin: \(names)",
      zh: "这些任务项互相等待，哪一项都无法开始：\(names)")
  }
}

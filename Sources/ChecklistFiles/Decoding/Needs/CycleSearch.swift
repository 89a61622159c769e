import Domain

/// Finds cycles of needs, taking items in the file's order.
struct CycleSearch {
  struct Edge {
    let from: Int
    let to: Int
    /// The node of the need.
    let node: Int
  }

  private enum Mark {
    case new
    case open
    case finished
  }

  /// More would be repetitive: one wrong need closes many cycles.
  private static let most = 20

  private let edges: [[Edge]]
  private var marks: [Mark]

  /// Leaves out needs of unknown items and of the item itself, which are reported separately.
  init(_ entries: [NeedsGraph.Entry], _ positions: [ItemID: Int]) {
    edges = entries.enumerated().map { position, entry in
      guard positions[entry.id] == position else { return [] }
      return entry.needs.compactMap { need in
        guard let target = positions[need.id], target != position else { return nil }
        return Edge(from: position, to: target, node: need.node)
      }
    }
    marks = Array(repeating: .new, count: entries.count)
  }

  /// Cycles that together contain all needs to remove for there to be no cycle, unless there are more than
  /// `most`.
  mutating func cycles() -> [[Edge]] {
    var found: [[Edge]] = []
    for start in edges.indices where marks[start] == .new {
      search(from: start, &found)
      if found.count >= Self.most { break }
    }
    return found
  }

  private mutating func search(from start: Int, _ found: inout [[Edge]]) {
    // A stack of the open items, each with the index of the next edge to follow.
    var path: [(item: Int, next: Int)] = [(start, 0)]
    marks[start] = .open
    while let (item, next) = path.last, found.count < Self.most {
      guard next < edges[item].count else {
        marks[item] = .finished
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let edge = edges[item][next]
      switch marks[edge.to] {
      case .new:
        marks[edge.to] = .open
        path.append((edge.to, 0))
      case .open:
        if let first = path.firstIndex(where: { $0.item == edge.to }) {
          // Each open item has just followed the edge before its next one.
          found.append(path[first...].map { edges[$0.item][$0.next - 1] })
        }
      case .finished: break
      }
    }
  }
}

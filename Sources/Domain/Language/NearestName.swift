/// Finds what somebody may have meant to write.
public enum NearestName {
  /// The name nearest to a text that isn't one of them, or nil when none is near: two in three
  /// characters must agree, case aside. The first of those that are equally near.
  public static func nearest(to text: String, among names: some Sequence<String>) -> String? {
    let wanted = Array(text.prefix(100).lowercased().unicodeScalars)
    guard !wanted.isEmpty else { return nil }
    var best: (name: String, distance: Int)?
    for name in names {
      let candidate = Array(name.lowercased().unicodeScalars)
      let length = max(wanted.count, candidate.count)
      let allowed = min(max(length > 1 ? 1 : 0, length / 3), (best?.distance ?? .max) - 1)
      guard abs(candidate.count - wanted.count) <= allowed else { continue }
      if let distance = distance(wanted, candidate, atMost: allowed) {
        best = (name, distance)
        if distance == 0 { break }
      }
    }
    return best?.name
  }

  /// Insertions, deletions, replacements and exchanges of neighbours; nil when over the limit.
  private static func distance(
    _ left: [Unicode.Scalar], _ right: [Unicode.Scalar], atMost limit: Int
  ) -> Int? {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, character) in left.enumerated() {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for (column, other) in right.enumerated() {
        var cost = min(last[column + 1], current[column]) + 1
        cost = min(cost, last[column] + (character == other ? 0 : 1))
        if row > 0, column > 0, character == right[column - 1], left[row - 1] == other {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      if (current.min() ?? 0) > limit { return nil }
      beforeLast = last
      last = current
    }
    return last[right.count] <= limit ? last[right.count] : nil
  }
}

import Operations

/// Names items by id alone if all belong to one checklist, otherwise as `CHECKLIST/ITEM`.
struct ItemNames {
  private let sharedPrefix: String

  init(_ items: some Sequence<String>) {
    let prefixes = Set(items.map { $0.prefix(through: $0.firstIndex(of: "/") ?? $0.startIndex) })
    sharedPrefix = prefixes.count == 1 ? prefixes.first.map(String.init) ?? "" : ""
  }

  func callAsFunction(_ item: String) -> String {
    item.hasPrefix(sharedPrefix) ? String(item.dropFirst(sharedPrefix.count)) : item
  }
}

extension ProgressReport {
  /// How to name items consistently throughout the report.
  var itemNames: ItemNames {
    let rows = grouping == .item ? rows.compactMap(\.key) : []
    return ItemNames(rows + holdingUp.map(\.item) + (matrix?.columns.map(\.item) ?? []))
  }
}

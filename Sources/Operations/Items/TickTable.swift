import Domain

/// Ticks items from a table with the columns `shop,item,note`. The note may be empty, and its column missing.
package struct TickTable {
  package struct Row: Sendable, Hashable {
    /// From 1, which is the header.
    package let line: Int
    /// As written in the table.
    package let shop: String
    package let item: String
    /// Nil if there is none.
    package let note: String?
  }

  /// The result for one shop's rows.
  package struct Outcome: Sendable {
    /// Accepted rows, in an order that the items' needs allow.
    package internal(set) var done: [ChangeItems.Outcome] = []
    /// Refused rows, in the table's order.
    package internal(set) var refused: [(row: Row, refusal: Refusal)] = []
  }

  private let change: ChangeItems
  private let now: Moment

  package init(zones: any ZoneSource, by: Author, now: Moment) {
    change = ChangeItems(zones: zones, by: by, now: now)
    self.now = now
  }

  /// Throws `BadTable` with all problems.
  package static func read(_ bytes: [UInt8]) throws(BadTable) -> [Row] {
    let columns = ["shop", "item", "note"]
    let table = try CSVTable.reading(bytes, columns: columns, required: ["shop", "item"])
    let places = columns.map { table.header.firstIndex(of: $0) }
    var problems: [(line: Int, problem: BadTable.Problem)] = []
    let rows = table.records.compactMap { record -> Row? in
      let (cells, faults) = table.cells(of: record, places, named: columns, unrounded: [])
      if !faults.isEmpty {
        problems += faults.map { (record.line, $0) }
        return nil
      }
      func cell(_ index: Int) -> String? {
        cells[index].map(\.trimmedAndComposed).flatMap { $0.isEmpty ? nil : $0 }
      }
      guard let shop = cell(0) else {
        problems.append((record.line, .emptyCell(column: "shop")))
        return nil
      }
      guard let item = cell(1) else {
        problems.append((record.line, .emptyCell(column: "item")))
        return nil
      }
      return Row(line: record.line, shop: shop, item: item, note: cell(2))
    }
    if !problems.isEmpty { throw BadTable(problems: problems) }
    return rows
  }

  /// Ticks a shop's rows in the order that the items' needs require. Rows are accepted or refused
  /// individually.
  package func callAsFunction(
    _ rows: [Row], of shop: ShopID, in transaction: any StoreWriting
  ) throws -> Outcome {
    _ = try transaction.requireLocked(shop)
    var outcome = Outcome()
    var left = rows
    while !left.isEmpty {
      var waiting: [(row: Row, refusal: Refusal)] = []
      let before = outcome.done.count
      for row in left {
        do {
          outcome.done.append(
            try change([row.item], of: shop, run: nil, inFinished: true, in: transaction) { _ in
              ChangeItems.TimedRequest(.tick(note: row.note, proof: nil), at: now)
            })
        } catch let refusal as Refusal {
          if case .waiting = refusal {
            waiting.append((row, refusal))
          } else {
            outcome.refused.append((row, refusal))
          }
        }
      }
      // A row that had to wait may have waited for one ticked after it, so they are tried again until none
      // succeeds.
      if outcome.done.count == before {
        outcome.refused += waiting
        break
      }
      left = waiting.map(\.row)
    }
    outcome.refused.sort { $0.row.line < $1.row.line }
    return outcome
  }
}

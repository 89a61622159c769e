import Domain

/// Ticks from a table with the columns `shop,item,note`, of which the note may be missing or empty.
package struct TickTable {
  /// One tick.
  package struct Row: Sendable, Hashable {
    /// The table's line, from 1; the header is the first.
    package let line: Int
    /// The shop as it is written.
    package let shop: String
    /// The item's id.
    package let item: String
    /// Nil: none.
    package let note: String?
  }

  /// What came of a shop's rows.
  package struct Outcome: Sendable {
    /// Those that were taken, in the order in which they could be.
    package internal(set) var done: [ChangeItems.Outcome] = []
    /// Those that weren't, in the table's order.
    package internal(set) var refused: [(row: Row, refusal: Refusal)] = []
  }

  private let change: ChangeItems
  private let now: Moment

  package init(zones: any ZoneSource, by: Author, now: Moment) {
    change = ChangeItems(zones: zones, by: by, now: now)
    self.now = now
  }

  /// Throws `ImportShops.BadTable` with all that is wrong.
  package static func read(_ bytes: [UInt8]) throws(ImportShops.BadTable) -> [Row] {
    let columns = ["shop", "item", "note"]
    let table = try CSVTable.reading(bytes, columns: columns, required: ["shop", "item"])
    let places = columns.map { table.header.firstIndex(of: $0) }
    var problems: [(line: Int, problem: ImportShops.Problem)] = []
    let rows = table.records.compactMap { record -> Row? in
      let (cells, faults) = table.cells(of: record, places, named: columns, whole: [])
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
    if !problems.isEmpty { throw ImportShops.BadTable(problems: problems) }
    return rows
  }

  /// Ticks a shop's rows in whatever order their items need each other; each is taken or refused by itself.
  package func callAsFunction(
    _ rows: [Row], of shop: ShopID, in transaction: any StoreWriting
  ) throws -> Outcome {
    _ = try transaction.require(shop)
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
      // What waits may wait for what was ticked after it.
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

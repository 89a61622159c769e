import Domain

/// Adds and updates shops from a table with the columns `id,name,platform,team,owner,time_zone,tags`, of
/// which only `id` is required. A missing column leaves its property unchanged.
package struct ImportShops: Sendable {
  /// A valid row.
  package struct Row: Sendable {
    /// The line on which it begins, from 1.
    package let line: Int
    /// The shop to add if it doesn't exist yet.
    package let shop: Shop
    /// The edit to make if the shop exists.
    package let details: ShopDetails
  }

  /// The numbers of shops added, changed and unchanged.
  package struct Outcome: Sendable, Hashable {
    package var added = 0
    /// Existing shops that the table changed.
    package var edited = 0
    /// Existing shops that already matched the table.
    package var unchanged = 0
    /// Added shops whose id a spreadsheet seems to have truncated.
    package var doubtful: [DoubtfulID] = []
  }

  static let columns = ["id", "name", "platform", "team", "owner", "time_zone", "tags"]
  /// Columns that `shop list` writes but that can't be imported here.
  private static let passedOver = ["account"]

  let zones: any ZoneSource
  private let by: Author
  private let now: Moment

  package init(zones: any ZoneSource, by: Author, now: Moment) {
    self.zones = zones
    self.by = by
    self.now = now
  }

  /// Reads and checks the whole table before a store is opened; throws `BadTable`.
  package func read(_ bytes: [UInt8]) throws(BadTable) -> [Row] {
    let table = try CSVTable.reading(
      bytes, columns: Self.columns, required: ["id"], passingOver: Self.passedOver)
    return try rows(of: table)
  }

  private func rows(of table: CSVTable) throws(BadTable) -> [Row] {
    var rows: [Row] = []
    var problems: [(line: Int, problem: BadTable.Problem)] = []
    var firstLine: [ShopID: Int] = [:]
    let places = Self.columns.map { table.header.firstIndex(of: $0) }
    for record in table.records {
      let (cells, found) = table.cells(of: record, places, named: Self.columns, unrounded: places.indices)
      if !found.isEmpty {
        problems += found.map { (record.line, $0) }
        continue
      }
      let text = cells[0]?.trimmedAndComposed ?? ""
      guard let id = ShopID(text) else {
        problems.append((record.line, .refused(.badShopID(text))))
        continue
      }
      if let first = firstLine[id] {
        problems.append((record.line, .repeatedID(id.rawValue, firstLine: first)))
        continue
      }
      firstLine[id] = record.line
      let details = ShopDetails(
        name: cells[1], platform: cells[2], team: cells[3], owner: cells[4], timeZone: cells[5],
        tags: cells[6].map(ShopDetails.tags))
      do throws(Refusal) {
        let shop = try details.applied(to: Shop(id: id), zones: zones)
        rows.append(Row(line: record.line, shop: shop, details: details))
      } catch {
        problems.append((record.line, .refused(error)))
      }
    }
    if !problems.isEmpty { throw BadTable(problems: problems) }
    return rows
  }

  /// Imports rows from `read` in the caller's transaction.
  ///
  /// - Parameter reach: the shops that the user may see; no others are named in errors.
  /// - Parameter progress: called with the number of rows written so far.
  package func callAsFunction(
    _ rows: [Row], within reach: ShopScope = .all, in transaction: any StoreWriting, progress: (Int) -> Void
  ) throws -> Outcome {
    let change = ChangeShop(zones: zones, by: by, now: now)
    var outcome = Outcome()
    outcome.doubtful = try doubtfulIDs(rows, within: reach, in: transaction)
    for (count, row) in rows.enumerated() {
      if try transaction.lockShop(row.shop.id) == nil {
        try change.add(row.shop, in: transaction)
        outcome.added += 1
      } else if try change.edit(row.shop.id, row.details, in: transaction).changed {
        outcome.edited += 1
      } else {
        outcome.unchanged += 1
      }
      progress(count + 1)
    }
    return outcome
  }
}

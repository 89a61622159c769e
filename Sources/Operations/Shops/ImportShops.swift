import Domain

/// Adds and updates shops from a table with the columns `id,name,platform,team,owner,time_zone,tags`, of
/// which only `id` is required; a column that is missing leaves what it would say as it is.
package struct ImportShops: Sendable {
  /// Why a row, or the whole table, can't be taken.
  package enum Problem: Sendable, Hashable {
    case tooLarge(most: Int)
    case unknownEncoding
    /// It may be GB18030, which the system has no conversion for.
    case conversionMissing
    /// More marks in a row, combined with one character, than any language has.
    case tooManyMarks
    case tooManyCells(most: Int)
    case unclosedQuote
    case textAfterQuote
    case empty
    case unknownColumn(String, nearest: [String], known: [String])
    case repeatedColumn(String)
    /// Counted from 1; something stands in it, and nobody says what.
    case unnamedColumn(Int)
    case missingColumn(String)
    case wrongCount(Int, expected: Int)
    case repeatedID(String, firstLine: Int)
    case emptyCell(column: String)
    /// A number such as `7.01235E+18`, of which a spreadsheet left the beginning alone.
    case cutNumber(column: String, String)
    case badTime(column: String, String, TimeTextError)
    case refused(Refusal)
  }

  /// All that is wrong with a table, by line. Nothing was changed.
  package struct BadTable: Error, Sendable {
    /// Lines count from 1, the header's being the first.
    package let problems: [(line: Int, problem: Problem)]
  }

  /// A row that can be taken.
  package struct Row: Sendable {
    /// The line that it begins on, from 1.
    package let line: Int
    /// The shop that it makes where there is none.
    package let shop: Shop
    /// What it says of one that is there.
    package let details: ShopDetails
  }

  /// Shops added, changed and unchanged.
  package struct Outcome: Sendable, Hashable {
    /// New ones.
    package var added = 0
    /// Ones that the table says something else of.
    package var edited = 0
    /// Ones that are as the table says.
    package var unchanged = 0
    /// New ones whose id a spreadsheet seems to have cut.
    package var doubtful: [DoubtfulID] = []
  }

  static let columns = ["id", "name", "platform", "team", "owner", "time_zone", "tags"]
  /// What `shop list` writes beside them, and something else records.
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
    var problems: [(line: Int, problem: Problem)] = []
    var firstLine: [ShopID: Int] = [:]
    let places = Self.columns.map { table.header.firstIndex(of: $0) }
    for record in table.records {
      let (cells, found) = table.cells(of: record, places, named: Self.columns, whole: places.indices)
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

  /// Writes rows that `read` gave, all in the caller's transaction.
  ///
  /// - Parameter reach: the shops that whoever imports may see; no other is named to them.
  /// - Parameter progress: told the number of rows written so far.
  package func callAsFunction(
    _ rows: [Row], within reach: ShopScope = .all, in transaction: any StoreWriting, progress: (Int) -> Void
  ) throws -> Outcome {
    let change = ChangeShop(zones: zones, by: by, now: now)
    var outcome = Outcome()
    outcome.doubtful = try doubtfulIDs(rows, within: reach, in: transaction)
    for (count, row) in rows.enumerated() {
      if try transaction.shop(row.shop.id) == nil {
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

import Domain

extension ImportShops {
  /// What importing a row would do to its shop.
  package struct Preview: Sendable, Hashable {
    /// The line on which the row begins, from 1.
    package let line: Int
    /// Nil if the row would add the shop.
    package let before: Shop?
    /// The shop as it would be afterwards.
    package let after: Shop
  }

  /// An id that a spreadsheet seems to have truncated.
  package struct DoubtfulID: Sendable, Hashable {
    /// From 1.
    package let line: Int
    package let id: ShopID
    /// The existing shop whose id is the same number with leading zeros; nil if the id is suspected because
    /// it has only zeros after the 15 digits that a spreadsheet keeps.
    package let meant: ShopID?
  }

  /// What importing rows from `read` would do, in their order, without changing anything.
  ///
  /// - Parameter reading: the store; nil if there is none yet.
  package func preview(_ rows: [Row], in reading: (any StoreReading)?) throws -> [Preview] {
    try rows.map { row in
      let before = try reading?.shop(row.shop.id)?.shop
      let after = try before.map { try row.details.applied(to: $0, zones: zones) } ?? row.shop
      return Preview(line: row.line, before: before, after: after)
    }
  }

  /// Rows that would add a shop whose id looks like a spreadsheet's truncation of another.
  ///
  /// - Parameter reach: the shops to compare with.
  package func doubtfulIDs(
    _ rows: [Row], within reach: ShopScope = .all, in reading: (any StoreReading)?
  ) throws -> [DoubtfulID] {
    var numbers: [(row: Row, number: String)] = []
    for row in rows {
      guard let number = CutNumber.withoutZeros(row.shop.id.rawValue) else { continue }
      if try reading?.shop(row.shop.id) == nil { numbers.append((row, number)) }
    }
    if numbers.isEmpty { return [] }
    var longer: [String: ShopID] = [:]
    try reading?.forEachShop(ShopFilter(reach, includesArchived: true)) { stored in
      let id = stored.shop.id
      guard id.rawValue.utf8.first == UInt8(ascii: "0"), let number = CutNumber.withoutZeros(id.rawValue)
      else {
        return
      }
      longer[number] = longer[number] ?? id
    }
    return numbers.compactMap { row, number in
      let id = row.shop.id
      if let meant = longer[number], meant != id, number == id.rawValue {
        return DoubtfulID(line: row.line, id: id, meant: meant)
      }
      return CutNumber.endsInZeros(id.rawValue) ? DoubtfulID(line: row.line, id: id, meant: nil) : nil
    }
  }
}

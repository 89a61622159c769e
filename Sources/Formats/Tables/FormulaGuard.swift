/// The `'` that keeps a spreadsheet from computing what somebody wrote into a name: put before a text that
/// begins like a formula, and removed when the table is read back.
package enum FormulaGuard {
  package static let mark = UInt8(ascii: "'")

  /// Whether a text needs the mark: it begins like a formula, possibly after `'` of its own, which a
  /// spreadsheet or a reader of the table would remove.
  package static func isNeeded(_ text: some Collection<UInt8>) -> Bool {
    beginsLikeFormula(text.drop { $0 == mark })
  }

  /// Whether a cell begins with a mark that this program added.
  package static func hasMark(_ cell: some Collection<UInt8>) -> Bool {
    cell.first == mark && isNeeded(cell)
  }

  /// Signs that make spreadsheets compute a cell, full-width ones included, or white space that they skip
  /// before one.
  private static func beginsLikeFormula(_ text: some Collection<UInt8>) -> Bool {
    switch text.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 10, 13: return true
    case 0xEF:
      // The full-width signs U+FF0B, U+FF0D, U+FF1D and U+FF20.
      let rest = Array(text.prefix(3).dropFirst())
      return rest == [0xBC, 0x8B] || rest == [0xBC, 0x8D] || rest == [0xBC, 0x9D] || rest == [0xBC, 0xA0]
    default: return false
    }
  }
}

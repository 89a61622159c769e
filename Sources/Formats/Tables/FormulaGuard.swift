/// The `'` that keeps a spreadsheet from computing what somebody wrote into a name: put before a text that begins like a
/// formula, and taken off again when the table comes back.
package enum FormulaGuard {
  package static let mark = UInt8(ascii: "'")

  /// Whether a text has to be preceded by the mark: it begins like a formula, perhaps after marks of its own, which the
  /// spreadsheet, or whoever reads the table, would take off.
  package static func isNeeded(_ text: some Collection<UInt8>) -> Bool {
    beginsLikeFormula(text.drop { $0 == mark })
  }

  /// Whether a cell begins with a mark that was put there.
  package static func isThere(_ cell: some Collection<UInt8>) -> Bool {
    cell.first == mark && isNeeded(cell)
  }

  /// What a spreadsheet computes, also where its signs are full-width, and what one may pass over before them.
  private static func beginsLikeFormula(_ text: some Collection<UInt8>) -> Bool {
    switch text.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 9, 10, 13: return true
    case 0xEF:
      // U+FF0B, U+FF0D, U+FF1D, U+FF20.
      let rest = Array(text.prefix(3).dropFirst())
      return rest == [0xBC, 0x8B] || rest == [0xBC, 0x8D] || rest == [0xBC, 0x9D] || rest == [0xBC, 0xA0]
    default: return false
    }
  }
}

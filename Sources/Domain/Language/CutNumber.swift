/// Recognizes ids that a spreadsheet mistook for numbers: it keeps 15 digits and no leading zero.
package enum CutNumber {
  /// Whether a text is a number such as `7.01235E+18`, from which the original can't be recovered.
  package static func isRounded(_ text: String) -> Bool {
    var rest = text.utf8[...]
    func digits() -> Int {
      let count = rest.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
      rest = rest.dropFirst(count)
      return count
    }
    func sign(_ signs: String) -> Bool {
      guard let first = rest.first, signs.utf8.contains(first) else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard digits() > 0 else { return false }
    if sign(".,"), digits() == 0 { return false }
    return sign("Ee") && sign("+") && digits() > 0 && rest.isEmpty
  }

  /// Whether a text is a whole number of more than 15 digits, all zeros after the 15th.
  package static func endsInZeros(_ text: String) -> Bool {
    isWhole(text) && text.utf8.count > 15 && text.utf8.dropFirst(15).allSatisfy { $0 == UInt8(ascii: "0") }
  }

  /// A whole number without leading zeros; nil for other texts.
  package static func withoutZeros(_ text: String) -> String? {
    guard isWhole(text) else { return nil }
    let rest = text.drop { $0 == "0" }
    return rest.isEmpty ? "0" : String(rest)
  }

  private static func isWhole(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
  }
}

/// Characters that a terminal would act on.
package enum ControlCharacters {
  /// Replaces control characters by escapes such as `\u{1B}`; line breaks and tabs stay.
  package static func shown(in text: String) -> String {
    guard mayBe(in: text) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t": result.unicodeScalars.append(scalar)
      case _ where contain(scalar): appendCode(of: scalar, to: &result)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// C0 and C1 controls and U+007F.
  package static func contain(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || 0x7F..<0xA0 ~= scalar.value
  }

  /// Writes `\u{1B}` for U+001B.
  package static func appendCode(of scalar: Unicode.Scalar, to text: inout String) {
    text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  }

  private static func mayBe(in text: String) -> Bool {
    text.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }
  }
}

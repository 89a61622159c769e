extension StringProtocol {
  /// The text as a message may repeat it: one line, at most 60 characters, without anything that a terminal
  /// would act on or that would reorder the text after it.
  package var quotable: String {
    if utf8.count <= 60, utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return String(self) }
    var result = ""
    for (count, scalar) in unicodeScalars.enumerated() {
      if count == 60 { return result + "…" }
      if scalar.isPlainlyVisible {
        result.unicodeScalars.append(scalar)
      } else {
        result += scalar.escaped
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Whether a terminal only displays the character: no control character, no direction mark, no line or
  /// paragraph separator.
  package var isPlainlyVisible: Bool {
    switch value {
    case 0x20...0x7E: true
    case 0...0x9F, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      false
    default: true
    }
  }

  /// Its number as Unicode writes it: `U+001B`.
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Its number in place of itself: `\u{1B}`.
  package var escaped: String { "\\u{" + String(value, radix: 16, uppercase: true) + "}" }
}

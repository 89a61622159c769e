/// Terminal cells that texts take up. Agrees with the PyPI package wcwidth.
package enum DisplayWidth {
  /// The number of cells. Control characters count as 0, so make them visible first.
  package static func of(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    var cells = 0
    for character in text { cells += of(character) }
    return cells
  }

  /// 0, 1 or 2: a character never takes more than two cells, however many scalars it has.
  package static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    var cells = 0
    for scalar in scalars {
      let isSpacingMark = scalar.value > 0x2FF && scalar.properties.generalCategory == .spacingMark
      cells += isSpacingMark && cells > 0 ? 1 : of(scalar)
    }
    if cells == 1, scalars.count > 1, scalars.contains(emojiPresentation),
      scalars.first?.properties.isEmoji == true
    {
      return 2
    }
    return min(cells, 2)
  }

  /// 2 for East Asian wide scalars and emoji, 0 for combining and invisible ones, otherwise 1.
  package static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20..<0x7F: 1
    case 0..<0xA0: 0
    case 0xA0..<0x300: 1
    case 0x4E00...0x9FFF: 2
    default: isWide(scalar.value) ? 2 : isZeroWidth(scalar) ? 0 : 1
    }
  }

  private static let emojiPresentation: Unicode.Scalar = "\u{FE0F}"

  private static func isWide(_ value: UInt32) -> Bool {
    let bounds = WideScalars.bounds
    guard value >= bounds[0] else { return false }
    var low = 0
    var high = bounds.count / 2
    while high - low > 1 {
      let middle = (low + high) / 2
      if value < bounds[2 * middle] { high = middle } else { low = middle }
    }
    return value <= bounds[2 * low + 1]
  }

  private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark, .lineSeparator, .paragraphSeparator: true
    case .format: !isPrepended(scalar.value)
    default: scalar.properties.isDefaultIgnorableCodePoint || isJoiningJamo(scalar.value)
    }
  }

  /// Hangul vowels and final consonants, which join the preceding consonant.
  private static func isJoiningJamo(_ value: UInt32) -> Bool {
    0x1160...0x11FF ~= value || 0xD7B0...0xD7FF ~= value
  }

  /// Signs that enclose the digits after them. They are visible, though Unicode counts them as format
  /// characters.
  static func isPrepended(_ value: UInt32) -> Bool {
    switch value {
    case 0x600...0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD: true
    default: false
    }
  }
}

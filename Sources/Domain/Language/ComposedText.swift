import Formats
// The standard library normalizes strings whenever it compares them. This SPI, which Foundation also uses,
// gives others access to that.
@_spi(_Unicode) import Swift

extension String {
  /// Normalized (NFC), so that texts that look the same are equal. A text that isn't `isStreamSafe` is
  /// returned as is.
  package var composed: String { isSurelyComposed || !isStreamSafe ? self : String(UnicodeScalarView(_nfc)) }

  /// A name in the form in which it is stored: normalized (NFC), without white space, line ends and invisible
  /// characters at either end, and without invisible characters inside that no script needs, since
  /// spreadsheets and chat programs leave those in copied text. Names are compared by `Author.folded`.
  package var trimmedAndComposed: String {
    if isSurelyComposed, hasPlainEnds { return self }
    let scalars = unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.isNothing }),
      let last = scalars.lastIndex(where: { !$0.isNothing || $0.endsFlag }), first <= last
    else { return "" }
    var kept = scalars[first...last]
    if kept.contains(where: \.isStray) { kept.removeAll(where: \.isStray) }
    return String(kept).composed
  }

  /// Whether it consists of white space only, or is empty.
  package var isBlank: Bool {
    unicodeScalars.first?.isPlain != true && unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }

  /// Whether nothing in it is visible, so that nothing would remain of it as a name.
  package var showsNothing: Bool {
    unicodeScalars.first?.isPlain != true && unicodeScalars.allSatisfy(\.isNothing)
  }

  /// Imports check hundreds of thousands of texts, and normalizing takes microseconds each. Most texts need
  /// none: nothing below U+0300 and no Chinese character from U+4E00 on composes with its neighbour.
  private var isSurelyComposed: Bool {
    unicodeScalars.allSatisfy { $0.value < 0x300 && $0.value != 0xAD || $0.isCommonChinese }
  }

  private var hasPlainEnds: Bool {
    guard let first = unicodeScalars.first, let last = unicodeScalars.last else { return true }
    return first.isPlain && last.isPlain
  }
}

extension Unicode.Scalar {
  /// White space of any kind, or an invisible character: format characters, the soft hyphen, U+FEFF. Signs
  /// that enclose digits are format characters, too, but visible.
  package var isNothing: Bool {
    if isPlain { return false }
    return properties.isWhitespace
      || properties.generalCategory == .format && !DisplayWidth.isPrepended(value)
  }

  /// An invisible character that no script needs inside a name: soft hyphen, zero-width space, word joiner,
  /// U+FEFF. Joiners stay, since Persian and emoji need them, and so do direction marks, since mixed names
  /// need them.
  fileprivate var isStray: Bool {
    switch value {
    case 0xAD, 0x200B, 0x2060, 0xFEFF: true
    default: false
    }
  }

  /// The end of a flag such as England's or Scotland's, which would otherwise turn into a black one.
  fileprivate var endsFlag: Bool { value == 0xE007F }

  /// Visible without looking up any property.
  fileprivate var isPlain: Bool { 0x21...0x7E ~= value || isCommonChinese }

  /// General category Cc.
  var isControl: Bool { value < 0x20 || 0x7F...0x9F ~= value }
}

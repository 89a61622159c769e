import Formats
// The standard library composes texts whenever it compares them; this is how others come by it, Foundation as well.
@_spi(_Unicode) import Swift

extension String {
  /// In the composed form (NFC), so that what looks the same is the same. A text that isn't `isStreamSafe` stays
  /// as it is.
  package var composed: String { isSurelyComposed || !isStreamSafe ? self : String(UnicodeScalarView(_nfc)) }

  /// A name as it is kept: composed, without white space, line ends and what can't be seen at either end, and without
  /// marks inside that no script needs, since spreadsheets and chats leave such marks in what is copied. Two names are
  /// compared as `Author.folded` has them.
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

  /// Whether there is nothing in it but white space.
  package var isBlank: Bool {
    unicodeScalars.first?.isPlain != true && unicodeScalars.allSatisfy(\.properties.isWhitespace)
  }

  /// Whether there is nothing in it that can be seen, as in a name of which nothing is kept.
  package var showsNothing: Bool {
    unicodeScalars.first?.isPlain != true && unicodeScalars.allSatisfy(\.isNothing)
  }

  /// Imports check texts by the hundred thousand, and composing takes microseconds for each. Most need none
  /// of it: nothing below U+0300 and no Chinese character from U+4E00 on composes with its neighbour.
  private var isSurelyComposed: Bool {
    unicodeScalars.allSatisfy { $0.value < 0x300 && $0.value != 0xAD || $0.isCommonChinese }
  }

  private var hasPlainEnds: Bool {
    guard let first = unicodeScalars.first, let last = unicodeScalars.last else { return true }
    return first.isPlain && last.isPlain
  }
}

extension Unicode.Scalar {
  /// White space of any kind, or a mark that shows nothing: what formats text, the soft hyphen, U+FEFF. The marks that
  /// enclose digits count as formatting, too, and show.
  package var isNothing: Bool {
    if isPlain { return false }
    return properties.isWhitespace
      || properties.generalCategory == .format && !DisplayWidth.isPrepended(value)
  }

  /// A mark that shows nothing and that no script needs inside a name: the soft hyphen, the zero-width space, the word
  /// joiner, U+FEFF. Joiners stay, which Persian and emoji need, and so do marks of direction, which mixed names need.
  fileprivate var isStray: Bool {
    switch value {
    case 0xAD, 0x200B, 0x2060, 0xFEFF: true
    default: false
    }
  }

  /// Ends the flag of England or Scotland, which without it is a black one.
  fileprivate var endsFlag: Bool { value == 0xE007F }

  /// Certainly seen.
  fileprivate var isPlain: Bool { 0x21...0x7E ~= value || isCommonChinese }

  /// Of the general category Cc.
  var isControl: Bool { value < 0x20 || 0x7F...0x9F ~= value }
}

import Foundation

extension String {
  /// In the composed form (NFC), so that what looks the same is the same.
  package var composed: String { isSurelyComposed ? self : precomposedStringWithCanonicalMapping }

  /// Composed, without white space and line ends at either end.
  package var trimmedAndComposed: String {
    let trimmed = hasPlainEnds ? self : trimmingCharacters(in: .whitespacesAndNewlines)
    return trimmed.composed
  }

  /// Whether there is nothing in it but white space.
  package var isBlank: Bool { unicodeScalars.first?.isPlain != true && allSatisfy(\.isWhitespace) }

  /// Imports check texts by the hundred thousand, and Foundation takes microseconds for each. Most need none
  /// of it: nothing below U+0300 and no Chinese character from U+4E00 on composes with its neighbour.
  private var isSurelyComposed: Bool {
    unicodeScalars.allSatisfy { $0.value < 0x300 || $0.isCommonChinese }
  }

  private var hasPlainEnds: Bool {
    guard let first = unicodeScalars.first, let last = unicodeScalars.last else { return true }
    return first.isPlain && last.isPlain
  }
}

extension Unicode.Scalar {
  fileprivate var isCommonChinese: Bool { 0x4E00...0x9FFF ~= value }

  /// Certainly no white space.
  fileprivate var isPlain: Bool { 0x21...0x7E ~= value || isCommonChinese }

  /// Of the general category Cc.
  var isControl: Bool { value < 0x20 || 0x7F...0x9F ~= value }
}

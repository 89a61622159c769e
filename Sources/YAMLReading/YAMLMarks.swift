extension UnsafeBufferPointer<UInt8> {
  /// Whether more marks than that combine with one character (UAX #15, "Stream-Safe Text Format"). To compare or hash
  /// such a text, Swift puts its marks into order one by one, so a long row of them takes minutes.
  func hasMarks(over most: Int) -> Bool {
    // The first mark is U+0300, whose UTF-8 begins with CC.
    if allSatisfy({ $0 < 0xCC }) { return false }
    var marks = 0
    for scalar in String(decoding: self, as: UTF8.self).unicodeScalars {
      let combines = scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered
      marks = combines ? marks + 1 : 0
      if marks > most { return true }
    }
    return false
  }
}

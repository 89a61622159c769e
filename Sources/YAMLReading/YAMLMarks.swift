extension UnsafeBufferPointer<UInt8> {
  /// Whether a row of more than `most` combining marks occurs (UAX #15, "Stream-Safe Text Format"). Swift
  /// sorts such a row by insertion when it compares or hashes the text, so a long one takes minutes.
  func hasMarks(over most: Int) -> Bool {
    // The first combining mark is U+0300, which starts with CC in UTF-8.
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

/// Texts in which marks don't pile up (UAX #15, "Stream-Safe Text Format"): no more than 30 that combine with the
/// character before them in a row, of which no language needs more than a handful.
///
/// Swift puts such a row into order by inserting one after the other whenever it compares, hashes or
/// composes the text, so a row of some ten thousand takes seconds. A text that isn't safe is refused where
/// it is given, and isn't composed before.
package enum StreamSafeText {
  /// The most in a row.
  package static let mostMarks = 30

  /// Counting Unicode scalars from 1, the first one that is too many; nil where there is none.
  package static func firstExcess(in scalars: some Sequence<Unicode.Scalar>) -> Int? {
    var marks = 0
    for (index, scalar) in scalars.enumerated() {
      marks = scalar.isNonStarter ? marks + 1 : 0
      if marks > mostMarks { return index + 1 }
    }
    return nil
  }

  /// The first mark is U+0300, whose UTF-8 begins with CC.
  fileprivate static func holdNoMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.allSatisfy { $0 < 0xCC }
  }
}

extension String {
  /// Whether the text may be compared, hashed and composed, which takes no time to speak of then.
  package var isStreamSafe: Bool {
    // Every header of every request comes by here: bytes are read as they lie in memory.
    if utf8.withContiguousStorageIfAvailable(StreamSafeText.holdNoMark) == true { return true }
    return StreamSafeText.firstExcess(in: unicodeScalars) == nil
  }
}

extension Unicode.Scalar {
  package var isCommonChinese: Bool { 0x4E00...0x9FFF ~= value }

  /// Whether it combines with what stands before it in an order that composing has to find.
  var isNonStarter: Bool {
    value >= 0x300 && !isCommonChinese && properties.canonicalCombiningClass != .notReordered
  }
}

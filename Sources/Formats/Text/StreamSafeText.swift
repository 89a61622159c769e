/// Texts without long rows of combining marks (UAX #15, "Stream-Safe Text Format"): at most 30 in a row,
/// where no language needs more than a handful.
///
/// Swift sorts such a row by insertion whenever it compares, hashes or normalizes the text, so a row of ten
/// thousand takes seconds. A text that isn't safe is therefore refused on input, before anything normalizes
/// it.
package enum StreamSafeText {
  /// In a row.
  package static let mostMarks = 30

  /// The position, from 1 and in Unicode scalars, of the first mark too many; nil if there is none.
  package static func firstExcess(in scalars: some Sequence<Unicode.Scalar>) -> Int? {
    var marks = 0
    for (index, scalar) in scalars.enumerated() {
      marks = scalar.isNonStarter ? marks + 1 : 0
      if marks > mostMarks { return index + 1 }
    }
    return nil
  }

  /// The first combining mark is U+0300, which starts with CC in UTF-8.
  fileprivate static func holdNoMark(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.allSatisfy { $0 < 0xCC }
  }
}

extension String {
  /// Whether the text can be compared, hashed and normalized in negligible time.
  package var isStreamSafe: Bool {
    // Every header of every request passes here, so bytes are read in place.
    if utf8.withContiguousStorageIfAvailable(StreamSafeText.holdNoMark) == true { return true }
    return StreamSafeText.firstExcess(in: unicodeScalars) == nil
  }
}

extension Unicode.Scalar {
  package var isCommonChinese: Bool { 0x4E00...0x9FFF ~= value }

  /// Whether normalizing has to sort the scalar among its neighbours: its combining class isn't 0.
  var isNonStarter: Bool {
    value >= 0x300 && !isCommonChinese && properties.canonicalCombiningClass != .notReordered
  }
}

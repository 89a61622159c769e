import CLibYAML

/// Maps libyaml's lines to an editor's. libyaml, which keeps to YAML 1.1, also ends lines at U+0085, U+2028
/// and U+2029, so its numbers differ after such a character.
struct YAMLLines {
  /// Where each line begins, in Unicode scalars; nil if libyaml's lines are the editor's.
  private let starts: [Int]?

  init(_ text: UnsafeBufferPointer<UInt8>) {
    guard text.hasOtherBreaks else {
      starts = nil
      return
    }
    var starts = [0]
    var count = 0
    for (offset, byte) in text.enumerated() where byte & 0xC0 != 0x80 {
      count += 1
      let isHalf = byte == 0x0D && text.lineBreakLength(at: offset) == 2
      if !isHalf, text.lineBreakLength(at: offset) > 0 { starts.append(count) }
    }
    self.starts = starts
  }

  func place(_ mark: yaml_mark_t) -> YAMLPlace {
    guard let starts else { return YAMLPlace(line: Int(mark.line) + 1, column: Int(mark.column) + 1) }
    let index = Int(mark.index)
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= index { low = middle } else { high = middle }
    }
    return YAMLPlace(line: low + 1, column: index - starts[low] + 1)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether the text contains a U+0085, U+2028 or U+2029.
  package var hasOtherBreaks: Bool {
    for (offset, byte) in enumerated() where byte == 0xC2 || byte == 0xE2 {
      if byte == 0xC2, offset + 1 < count, self[offset + 1] == 0x85 { return true }
      if byte == 0xE2, offset + 2 < count, self[offset + 1] == 0x80, self[offset + 2] & 0xFE == 0xA8 {
        return true
      }
    }
    return false
  }
}

/// The contents of a TZif file (versions 1 to 4, RFC 9636).
struct ZoneFile {
  private(set) var firstOffset = 0
  private(set) var changes: [Int64] = []
  /// The offset from each change on.
  private(set) var offsets: [Int] = []
  /// Applies after the last change.
  private(set) var rule: ZoneRule?

  init?(_ bytes: [UInt8]) {
    guard let old = Header(bytes, at: 0) else { return nil }
    if old.version < UInt8(ascii: "2") {
      guard readBlock(bytes, old, wordSize: 4) else { return nil }
      return
    }
    guard let header = Header(bytes, at: old.end(wordSize: 4)), readBlock(bytes, header, wordSize: 8),
      readRule(bytes[header.end(wordSize: 8)...])
    else { return nil }
  }

  private mutating func readBlock(_ bytes: [UInt8], _ header: Header, wordSize: Int) -> Bool {
    guard header.leapSeconds == 0, header.types > 0, header.end(wordSize: wordSize) <= bytes.count
    else { return false }
    let indices = header.start + header.changes * wordSize
    let types = indices + header.changes
    let known = (0..<header.types).map {
      Int(Int32(truncatingIfNeeded: Self.integer(bytes, at: types + $0 * 6, size: 4)))
    }
    firstOffset = known[0]
    for number in 0..<header.changes {
      let change = Self.integer(bytes, at: header.start + number * wordSize, size: wordSize)
      let type = Int(bytes[indices + number])
      guard type < known.count, changes.last.map({ $0 < change }) ?? true else { return false }
      changes.append(change)
      offsets.append(known[type])
    }
    return known.allSatisfy { abs($0) < 26 * 3600 }
  }

  /// The rule stands between two line feeds and may be empty.
  private mutating func readRule(_ footer: ArraySlice<UInt8>) -> Bool {
    guard footer.first == UInt8(ascii: "\n"), let end = footer.dropFirst().firstIndex(of: UInt8(ascii: "\n"))
    else { return false }
    let text = footer[footer.startIndex + 1..<end]
    if text.isEmpty { return true }
    rule = ZoneRule(text)
    return rule != nil
  }

  private static func integer(_ bytes: [UInt8], at start: Int, size: Int) -> Int64 {
    let negative = bytes[start] >= 0x80
    return bytes[start..<start + size].reduce(negative ? -1 : 0) { $0 << 8 | Int64($1) }
  }

  /// The 44 bytes before each block.
  private struct Header {
    let version: UInt8
    let start: Int
    let leapSeconds: Int
    let changes: Int
    let types: Int
    private let trailing: Int
    private let abbreviations: Int

    init?(_ bytes: [UInt8], at place: Int) {
      guard place + 44 <= bytes.count, bytes[place..<place + 4].elementsEqual("TZif".utf8) else { return nil }
      let counts = (0..<6).map { Int(ZoneFile.integer(bytes, at: place + 20 + $0 * 4, size: 4)) }
      guard counts.allSatisfy({ $0 >= 0 }) else { return nil }
      version = bytes[place + 4]
      start = place + 44
      trailing = counts[0] + counts[1]
      leapSeconds = counts[2]
      changes = counts[3]
      types = counts[4]
      abbreviations = counts[5]
    }

    func end(wordSize: Int) -> Int {
      start + changes * (wordSize + 1) + types * 6 + abbreviations + leapSeconds * (wordSize + 4) + trailing
    }
  }
}

/// The keys that a map may have, looked up by comparing two 64-bit words.
struct KeyTable: Sendable {
  /// In the order of their slots.
  let names: [String]
  private let words: [PackedKey]

  init(_ names: [String]) {
    self.names = names
    words = names.map { name in
      var name = name
      return name.withUTF8 { PackedKey($0) }
    }
  }

  /// Nil for an unknown key.
  func slot(of key: UnsafeBufferPointer<UInt8>) -> Int? {
    guard key.count <= PackedKey.most else { return nil }
    let packed = PackedKey(key)
    for slot in words.indices where words[slot] == packed { return slot }
    return nil
  }
}

/// Up to 16 bytes packed into two words.
private struct PackedKey: Equatable {
  static let most = 16

  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private let count: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    count = bytes.count
    for byte in bytes.prefix(Self.most).reversed() {
      high = high << 8 | low >> 56
      low = low << 8 | UInt64(byte)
    }
  }
}

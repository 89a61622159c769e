import Crypto
import Domain

/// Seals events: the hash of each is SHA-256 over the 32 bytes of the hash before it (zeros before the
/// first), followed by the event's stored bytes.
package enum EventChain {
  package static func hash(of bytes: some ContiguousBytesLike, after previous: [UInt8]) -> [UInt8] {
    var digest = SHA256()
    digest.update(data: previous)
    bytes.withRawBytes { digest.update(bufferPointer: $0) }
    return Array(digest.finalize())
  }

  package static func seal(_ event: Event, after head: ChainHead) -> SealedEvent {
    let bytes = event.canonical
    return SealedEvent(number: event.number, bytes: bytes, hash: hash(of: bytes, after: head.hash))
  }
}

/// Bytes that lie in one piece, so that they can be hashed where they are.
package protocol ContiguousBytesLike {
  func withRawBytes(_ body: (UnsafeRawBufferPointer) -> Void)
}

extension [UInt8]: ContiguousBytesLike {
  package func withRawBytes(_ body: (UnsafeRawBufferPointer) -> Void) { withUnsafeBytes(body) }
}

extension UnsafeBufferPointer<UInt8>: ContiguousBytesLike {
  package func withRawBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
    body(UnsafeRawBufferPointer(self))
  }
}

extension Definition {
  /// Pins a checklist: its SHA-256 is taken over the canonical form, which is returned too.
  package static func pinning(_ checklist: Checklist) -> (definition: Definition, canonical: [UInt8]) {
    let canonical = checklist.canonical
    return (Definition(sha256: HexText.of(SHA256.hash(data: canonical)), checklist: checklist), canonical)
  }
}

/// Lower-case hexadecimal.
package enum HexText {
  package static func of(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    append(Array(bytes), to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  package static func append(_ bytes: some Collection<UInt8>, to text: inout [UInt8]) {
    text.append(addingCapacity: 2 * bytes.count) { text in
      for byte in bytes {
        text.append(digit(byte >> 4))
        text.append(digit(byte & 15))
      }
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }

  /// Nil for anything but pairs of hexadecimal digits.
  package static func bytes(of text: String) -> [UInt8]? {
    var text = text
    return text.withUTF8 { digits in
      guard digits.count.isMultiple(of: 2) else { return nil }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(digits.count / 2)
      for index in stride(from: 0, to: digits.count, by: 2) {
        guard let high = value(digits[index]), let low = value(digits[index + 1]) else { return nil }
        bytes.append(high << 4 | low)
      }
      return bytes
    }
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x61...0x66: digit - 0x61 + 10
    case 0x41...0x46: digit - 0x41 + 10
    default: nil
    }
  }
}

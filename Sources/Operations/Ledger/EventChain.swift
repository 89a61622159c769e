import Crypto
import Domain
import Formats

/// Seals events: the hash of each is SHA-256 over the 32 bytes of the hash before it (zeros before the
/// first), followed by the event's stored bytes.
package enum EventChain {
  package static func hash(of bytes: some HashInput, after previous: [UInt8]) -> [UInt8] {
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
package protocol HashInput {
  func withRawBytes(_ body: (UnsafeRawBufferPointer) -> Void)
}

extension [UInt8]: HashInput {
  package func withRawBytes(_ body: (UnsafeRawBufferPointer) -> Void) { withUnsafeBytes(body) }
}

extension UnsafeBufferPointer<UInt8>: HashInput {
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

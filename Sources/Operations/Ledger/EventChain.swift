import Crypto
import Domain
import Formats

/// Chains events by hash: SHA-256 over the 32 bytes of the previous event's hash (zeros for the first),
/// followed by the event's stored bytes.
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

/// Contiguous bytes, which can be hashed in place.
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
  /// Computes the SHA-256 of a checklist's canonical form, and returns the form as well.
  package static func pinning(_ checklist: Checklist) -> (definition: Definition, canonical: [UInt8]) {
    let canonical = checklist.canonical
    return (Definition(sha256: HexText.of(SHA256.hash(data: canonical)), checklist: checklist), canonical)
  }
}

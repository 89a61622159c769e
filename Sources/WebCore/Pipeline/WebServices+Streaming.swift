import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Operations

/// Owned by the response's body; releasing it cancels the read behind it.
private final class ReadCancellation: Sendable {
  let answer: StreamingResponse

  init(_ answer: StreamingResponse) { self.answer = answer }

  deinit { answer.abandon() }
}

extension WebServices {
  /// Streams what a read writes. Errors thrown before the first piece is complete are thrown here; after
  /// later ones the connection is cut, so that nobody mistakes a part for the whole.
  ///
  /// - Parameter body: gets the store, and `flush`, to be called with what it has written so far.
  package func streamResponse(
    type: String,
    _ body: @escaping @Sendable (any StoreReading, _ flush: (inout [UInt8]) throws -> Void) throws -> Void
  ) async throws -> Response {
    // Each stream takes a thread and holds a state of the store for as long as its client is slow.
    let lease = try await quotas.holdDownload()
    let answer = StreamingResponse()
    Task { [self] in
      defer { lease.end() }
      do {
        try await store.read(.stream) { reading in
          try body(reading) { bytes in
            if bytes.isEmpty { return }
            try answer.put(.bytes(bytes))
            bytes.removeAll(keepingCapacity: true)
          }
          // Before the client knows that it is whole, and asks for the next one.
          lease.end()
          try answer.put(.end)
        }
      } catch {
        answer.fail(error)
      }
    }
    let recipient = ReadCancellation(answer)
    var first: [UInt8] = []
    var isWhole = false
    switch await answer.next() {
    case .bytes(let bytes): first = bytes
    case .end: isWhole = true
    case .failed(let error): throw error
    }
    let (begun, isAll) = (ByteBuffer(bytes: first), isWhole)
    return Response(
      status: .ok, headers: [.contentType: type],
      body: ResponseBody { writer in
        try await writer.write(begun)
        if isAll { return try await writer.finish(nil) }
        while true {
          switch await recipient.answer.next() {
          case .bytes(let bytes): try await writer.write(ByteBuffer(bytes: bytes))
          case .end: return try await writer.finish(nil)
          case .failed(let error): throw error
          }
        }
      })
  }
}

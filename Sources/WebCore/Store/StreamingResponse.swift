import Dispatch
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Operations
import Synchronization

/// A response that may be long: it is sent while it is read, and a slow client makes the read wait instead of
/// filling the memory.
final class StreamingResponse: Sendable {
  /// Thrown when the client has gone.
  struct Abandoned: Error {}

  package enum Piece: Sendable {
    case bytes([UInt8])
    /// No more pieces follow.
    case end
    case failed(any Error)
  }

  private struct State {
    var piece: Piece?
    var reader: CheckedContinuation<Piece, Never>?
    /// Delivered after the piece that is waiting, if there is one.
    var failure: (any Error)?
    var isAbandoned = false
  }

  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 0)

  package init() { room.signal() }

  /// Delivers a piece once the previous one was taken. Throws if that takes more than a minute.
  package func put(_ piece: Piece) throws {
    guard room.wait(timeout: .now() + .seconds(60)) == .success else {
      abandon()
      throw Abandoned()
    }
    let reader = try state.withLock { state in
      if state.isAbandoned {
        // Whoever puts something next mustn't wait, either.
        room.signal()
        throw Abandoned()
      }
      defer { state.reader = nil }
      if state.reader == nil { state.piece = piece }
      return state.reader
    }
    guard let reader else { return }
    room.signal()
    reader.resume(returning: piece)
  }

  /// Ends the response with an error. Never waits.
  package func fail(_ error: any Error) {
    let reader = state.withLock { state in
      state.failure = error
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume(returning: .failed(error))
  }

  /// Waits for the next piece.
  package func next() async -> Piece {
    await withCheckedContinuation { continuation in
      let piece = state.withLock { state -> Piece? in
        defer { state.piece = nil }
        if let piece = state.piece { return piece }
        if let failure = state.failure { return Piece.failed(failure) }
        if state.isAbandoned { return Piece.failed(Abandoned()) }
        state.reader = continuation
        return nil
      }
      guard let piece else { return }
      room.signal()
      continuation.resume(returning: piece)
    }
  }

  package func abandon() {
    let reader = state.withLock { state in
      state.isAbandoned = true
      defer { state.reader = nil }
      return state.reader
    }
    room.signal()
    reader?.resume(returning: .failed(Abandoned()))
  }
}

import Synchronization

/// Who is told of commits.
final class CommitObserver: Sendable {
  /// A closure that is kept in a generic box by itself is wrapped once more each time that the box is opened.
  private struct Body: Sendable {
    let call: @Sendable (Int) -> Void
  }

  private let body = Mutex<Body?>(nil)

  func set(_ body: @escaping @Sendable (Int) -> Void) { self.body.withLock { $0 = Body(call: body) } }

  func notify(_ changes: Int) { body.withLock { $0 }?.call(changes) }
}

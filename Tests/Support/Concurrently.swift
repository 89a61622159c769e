import Foundation
import Synchronization

/// Runs a body on as many threads at once, however many cores there are; throws what one of them threw.
package func concurrently(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
  let failures = Failures()
  let running = DispatchGroup()
  let start = DispatchGroup()
  start.enter()
  for index in 0..<count {
    running.enter()
    Thread.detachNewThread {
      defer { running.leave() }
      start.wait()
      do { try body(index) } catch { failures.all.withLock { $0.append(error) } }
    }
  }
  start.leave()
  running.wait()
  if let first = failures.all.withLock({ $0.first }) { throw first }
}

private final class Failures: Sendable {
  let all = Mutex<[any Error]>([])
}

import NIOPosix
import Operations

/// The turns of SwiftNIO's event loops.
package struct LoopTurns: RequestTurns {
  package init() {}

  package var isTakingTurns: Bool { MultiThreadedEventLoopGroup.currentEventLoop != nil }

  /// Before the loop looks for new events.
  package func atEnd(_ body: @escaping @Sendable () -> Void) {
    MultiThreadedEventLoopGroup.currentEventLoop?.execute(body)
  }
}

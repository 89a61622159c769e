import HummingbirdCore
import Logging
import NIOCore
import WebCore

/// HTTP/1 whose requests are handled on the event loop that reads their connection. Switching threads for
/// each would cost more than most responses.
///
/// Lengthy work still runs elsewhere: on the queues for writing, reading and passwords.
struct LoopChannel: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  private let channel: HTTP1Channel

  init(_ channel: HTTP1Channel) { self.channel = channel }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    self.channel.setup(channel: channel, logger: logger)
  }

  func handle(value: Value, logger: Logger) async {
    await withTaskExecutorPreference(LoopExecutor(value.channel.eventLoop)) {
      await channel.handle(value: value, logger: logger)
    }
  }
}

/// Runs tasks on an event loop's thread.
private final class LoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    loop.execute { job.runSynchronously(on: executor) }
  }
}

/// Coalesces flushes: responses of one event-loop turn go out in one write, and a client that waits for several wakes up once.
final class FlushTogether: ChannelOutboundHandler, RemovableChannelHandler {
  typealias OutboundIn = NIOAny

  /// The context of a flush that waits for the end of the loop's turn.
  private var waiting: ChannelHandlerContext?

  func flush(context: ChannelHandlerContext) {
    if waiting != nil { return }
    waiting = context
    let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
    context.eventLoop.execute { handler.value.flushWaiting() }
  }

  /// Earlier writes are flushed before closing.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    flushWaiting()
    context.close(mode: mode, promise: promise)
  }

  func handlerRemoved(context: ChannelHandlerContext) { waiting = nil }

  private func flushWaiting() {
    let context = waiting
    waiting = nil
    context?.flush()
  }
}

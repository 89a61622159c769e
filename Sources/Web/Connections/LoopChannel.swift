import HummingbirdCore
import Logging
import NIOCore
import WebCore

/// HTTP/1 whose requests are answered by the thread that reads their connection. Handing each to another thread and
/// its answer back costs more than most answers do.
///
/// What takes long is handed on all the same: to the writer's queue, the readers' or the passwords'.
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

  /// Where something waits to be sent until this thread has answered what it was brought.
  private var waiting: ChannelHandlerContext?

  func flush(context: ChannelHandlerContext) {
    if waiting != nil { return }
    waiting = context
    let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
    context.eventLoop.execute { handler.value.flushWaiting() }
  }

  /// What was written before is sent before.
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

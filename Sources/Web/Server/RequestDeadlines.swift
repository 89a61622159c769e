import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes connections that are slow on purpose: on which no whole head comes for long, however often a byte of it
/// does, and on which a body goes on that nobody reads any more.
final class RequestDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart

  /// From the connection's start, or the end of what was answered before, to the end of a head.
  static let head = TimeAmount.seconds(60)
  /// From the end of an answer to the end of its request's body.
  static let unreadBody = TimeAmount.seconds(5)

  /// Requests whose heads, whose ends, and whose answers' ends have passed.
  private var (heads, ends, answers) = (0, 0, 0)
  /// Nil: nothing has to happen by then.
  private var deadline: NIODeadline?
  private var timer: Scheduled<Void>?

  func handlerAdded(context: ChannelHandlerContext) {
    if context.channel.isActive { expect(Self.head, context) }
  }

  func channelActive(context: ChannelHandlerContext) {
    expect(Self.head, context)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head:
      heads += 1
      deadline = nil
    case .body: break
    case .end:
      ends += 1
      watch(context)
    }
    context.fireChannelRead(data)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) {
      answers += 1
      watch(context)
    }
    context.write(data, promise: promise)
  }

  func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { stop() }

  private func watch(_ context: ChannelHandlerContext) {
    guard answers == heads else { return }
    expect(ends < heads ? Self.unreadBody : Self.head, context)
  }

  private func expect(_ time: TimeAmount, _ context: ChannelHandlerContext) {
    let deadline = context.eventLoop.now + time
    self.deadline = deadline
    // One timer goes on from deadline to deadline; a shorter one needs its own.
    if time < Self.head { stopTimer() }
    if timer == nil { schedule(deadline, context) }
  }

  private func schedule(_ deadline: NIODeadline, _ context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(deadline: deadline) {
      let (handler, context) = bound.value
      handler.passed(context)
    }
  }

  private func passed(_ context: ChannelHandlerContext) {
    timer = nil
    guard let deadline else { return }
    if context.eventLoop.now >= deadline {
      context.close(promise: nil)
    } else {
      schedule(deadline, context)
    }
  }

  private func stop() {
    deadline = nil
    stopTimer()
  }

  private func stopTimer() {
    timer?.cancel()
    timer = nil
  }
}

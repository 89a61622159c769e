import Domain
import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import WebCore

/// Closes connections that are deliberately slow: those that don't complete a head in time, however often
/// they send a byte, and those that go on sending a body that nobody reads any more. Responds to malformed
/// heads.
final class RequestDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// From the start of the connection, or the end of the previous response, to the end of a head.
  static let head = TimeAmount.seconds(60)
  /// From the end of a response to the end of its request's body.
  static let unreadBody = TimeAmount.seconds(5)

  /// The numbers of request heads, request ends, and response ends seen.
  private var (heads, ends, answers) = (0, 0, 0)
  /// Nil: no deadline.
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

  /// Says why a head is malformed. Within a body the error is passed to its reader, and earlier requests get
  /// their responses first.
  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is HTTPParserError, answers == heads else { return context.fireErrorCaught(error) }
    stop()
    let body = Problem.unreadableHead.json(
      .english, instance: WebContext.nextRequestID(), for: .program, isAdmin: false)
    let fields: HTTPFields = [
      .contentType: "application/problem+json", .contentLength: String(body.count), .connection: "close",
      .cacheControl: "no-store",
    ]
    let head = HTTPResponse(status: .badRequest, headerFields: fields)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(ByteBuffer(bytes: body))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    context.close(promise: nil)
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
    // One timer is extended from deadline to deadline; a shorter deadline needs a new one.
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

extension Problem {
  fileprivate static let unreadableHead = Problem(
    .malformed,
    Wording(
      en: """
        the request's head can't be read: its address or a header is over 16 KB, there are over 100 headers, or it \
        isn't HTTP
        """,
      zh: "请求头无法读取：网址或某个标头超过 16 KB，标头超过 100 个，或不是 HTTP"))
}

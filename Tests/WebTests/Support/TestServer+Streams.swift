import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// What has come so far of an answer that is sent for as long as somebody reads it.
final class HeardAnswer: Sendable {
  private struct State {
    var head: HTTPResponse?
    var text = ""
    var hasEnded = false
  }

  private let state = Mutex(State())

  var head: HTTPResponse? { state.withLock { $0.head } }
  var text: String { state.withLock { $0.text } }
  /// Whether nothing more will come.
  var hasEnded: Bool { state.withLock { $0.hasEnded } }

  fileprivate func begin(_ head: HTTPResponse) { state.withLock { $0.head = head } }

  fileprivate func add(_ text: String) { state.withLock { $0.text += text } }

  fileprivate func end() { state.withLock { $0.hasEnded = true } }
}

extension TestServer {
  /// Asks, and listens until the answer ends or the task is cancelled.
  func listen(
    to uri: String, as caller: Caller = .nobody, headers: HTTPFields = [:], _ heard: HeardAnswer
  ) -> Task<Void, Never> {
    let responder = server.responder()
    let sent = fields(of: caller, headers)
    let watched = CallbackResponder { (request: Request, context: WebContext) in
      var response = try await responder.respond(to: request, context: context)
      heard.begin(response.head)
      response.body = response.body.map { piece in
        heard.add(String(buffer: piece))
        return piece
      }
      return response
    }
    return Task {
      defer { heard.end() }
      let application = Application(responder: watched, logger: Self.quiet)
      _ = try? await application.test(.router) { client -> TestResponse in
        try await client.execute(uri: uri, method: .get, headers: sent)
      }
    }
  }
}

/// Takes the pieces of a body as a connection does.
final class AnswerReader: ResponseBodyWriter, Sendable {
  /// The connection is gone.
  struct Gone: Error {}

  private struct State {
    var pieces: [String] = []
    var isWhole = false
  }

  private let state = Mutex(State())
  private let most: Int

  /// - Parameter most: how many pieces are taken before the connection breaks.
  init(most: Int = .max) { self.most = most }

  var pieces: [String] { state.withLock { $0.pieces } }
  /// Whether the body came to its end.
  var isWhole: Bool { state.withLock { $0.isWhole } }

  func write(_ buffer: ByteBuffer) async throws {
    let text = String(buffer: buffer)
    let isTaken = state.withLock { state in
      if state.pieces.count == most { return false }
      state.pieces.append(text)
      return true
    }
    if !isTaken { throw Gone() }
  }

  func finish(_ trailingHeaders: HTTPFields?) async throws { state.withLock { $0.isWhole = true } }
}

/// Something that may happen at any time.
final class Happening: Sendable {
  private let flag = Atomic(false)

  var hasHappened: Bool { flag.load(ordering: .acquiring) }

  func happen() { flag.store(true, ordering: .releasing) }
}

/// Whether something comes true, for which there is more time than anything but a fault takes: in a whole run each turn
/// of a task waits behind all tests that haven't begun.
func comesTrue(_ condition: () async -> Bool) async -> Bool {
  let end = ContinuousClock.now + .seconds(600)
  while ContinuousClock.now < end {
    if await condition() { return true }
    // Leaves the threads, of which there are as many as cores, to what is waited for.
    try? await Task.sleep(for: .milliseconds(5))
  }
  return false
}

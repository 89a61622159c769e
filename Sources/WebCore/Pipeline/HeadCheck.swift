import Domain
import Formats
import HTTPTypes
import Hummingbird

extension Request {
  /// Whether comparing what the head says takes no time to speak of: its path and its fields are looked at by many
  /// before anybody knows who asks.
  package var hasSafeHead: Bool {
    (head.path ?? "").isStreamSafe && (head.authority ?? "").isStreamSafe
      && headers.allSatisfy { $0.value.isStreamSafe }
  }

  /// The request without what its head says.
  package var withoutHead: Request {
    let authority = head.authority.flatMap { $0.isStreamSafe ? $0 : nil }
    return Request(
      head: HTTPRequest(method: head.method, scheme: head.scheme, authority: authority, path: "/"), body: body
    )
  }
}

extension Route {
  /// Answers a request whose head isn't `hasSafeHead`.
  package static func unsafeHead(_ method: HTTPRequest.Method) -> Route {
    Route(method, "(unreadable)", .plain, .nothing) { _ in
      throw Problem(
        .malformed,
        Wording(
          en: """
            the address or a header has over \(StreamSafeText.mostMarks) accents or other marks on one letter; \
            take them out
            """,
          zh: "网址或请求头里，一个字上叠加了超过 \(StreamSafeText.mostMarks) 个附加符号；请去掉"))
    }
  }
}

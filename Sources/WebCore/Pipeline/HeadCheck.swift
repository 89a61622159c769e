import Domain
import Formats
import HTTPTypes
import Hummingbird

extension Request {
  /// Whether the head can be compared quickly (see `isStreamSafe`): its path and headers are processed in
  /// many places before the sender is known.
  package var hasSafeHead: Bool {
    (head.path ?? "").isStreamSafe && (head.authority ?? "").isStreamSafe
      && headers.allSatisfy { $0.value.isStreamSafe }
  }

  /// Keeps only the method, the scheme and, if it is safe, the authority of the head.
  package var strippedOfHeader: Request {
    let authority = head.authority.flatMap { $0.isStreamSafe ? $0 : nil }
    return Request(
      head: HTTPRequest(method: head.method, scheme: head.scheme, authority: authority, path: "/"), body: body
    )
  }
}

extension Route {
  /// The response to a request whose head isn't `hasSafeHead`.
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

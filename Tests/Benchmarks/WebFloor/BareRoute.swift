import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// A route that answers the same bytes every time.
struct BareRoute {
  let path: String
  let body: ByteBuffer
  let headers: HTTPFields

  /// - Parameter headers: `NAME:VALUE` each.
  init(path: String, bodyFile: String, headers: some Sequence<String>) throws {
    self.path = path
    body = ByteBuffer(bytes: try Data(contentsOf: URL(fileURLWithPath: bodyFile)))
    var fields = HTTPFields()
    for header in headers {
      let parts = header.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else {
        throw BadHeader(text: header)
      }
      fields[name] = String(parts[1])
    }
    self.headers = fields
  }

  func serve() async throws {
    let router = Router()
    router.get(RouterPath(path)) { [headers, body] _, _ in
      Response(status: .ok, headers: headers, body: .init(byteBuffer: body))
    }
    try await WebFloor.serve(router)
  }

  struct BadHeader: Error {
    let text: String
  }
}

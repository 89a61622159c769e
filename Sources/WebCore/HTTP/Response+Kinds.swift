import Domain
import Formats
import HTTPTypes
import Hummingbird
import NIOCore
import Reports

extension Response {
  package static func html(_ page: HTML, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(bytes: page.bytes)))
  }

  package static func json(
    _ bytes: [UInt8], status: HTTPResponse.Status = .ok, type: String = "application/json"
  ) -> Response {
    Response(
      status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  package static func plain(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  /// Redirects the browser after a form has been processed (303).
  package static func see(_ path: String) -> Response {
    Response(status: .seeOther, headers: [.location: path])
  }

  package func with(_ name: HTTPField.Name, _ value: String) -> Response {
    var response = self
    response.headers[name] = value
    return response
  }
}

extension HTTPField.Name {
  package static let requestID = known("X-Request-Id")
  /// Whose page a request comes from, taken from the page's `data-who`.
  package static let who = known("Switchlist-Who")
  static let idempotencyKey = known("Idempotency-Key")
  static let secFetchSite = known("Sec-Fetch-Site")
  package static let host = known("Host")
  static let forwarded = known("Forwarded")
  static let forwardedFor = known("X-Forwarded-For")
  static let forwardedPort = known("X-Forwarded-Port")
  static let realIP = known("X-Real-IP")
  static let forwardedProto = known("X-Forwarded-Proto")
  static let forwardedHost = known("X-Forwarded-Host")
  static let referrerPolicy = known("Referrer-Policy")
  static let permissionsPolicy = known("Permissions-Policy")
  static let openerPolicy = known("Cross-Origin-Opener-Policy")
  static let resourcePolicy = known("Cross-Origin-Resource-Policy")
  package static let clearSiteData = known("Clear-Site-Data")
  static let robots = known("X-Robots-Tag")
  /// Tells proxies not to buffer the response.
  package static let xAccelBuffering = known("X-Accel-Buffering")

  private static func known(_ name: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a field") }
    return name
  }
}

extension HTTPResponse.Status {
  static let insufficientStorage = HTTPResponse.Status(
    code: 507, reasonPhrase: "Insufficient Storage")
}

import Formats
import HTTPTypes
import Hummingbird

/// The cookies that the web sets.
package enum CookieName: String {
  case session = "switchlist-session"
  /// Who opened a link, as they said it; set for that link's path alone.
  case name = "switchlist-name"
  case language = "switchlist-lang"
  /// The zone of the browser's clocks, which the pages' script tells.
  case zone = "switchlist-zone"
  /// Shows that somebody signed in from this browser before.
  case device = "switchlist-device"
  /// Holds the secret of a server without users.
  case local = "switchlist-local"

  package static func value(_ cookie: CookieName, in request: Request) -> String? {
    for field in request.headers[values: .cookie] {
      for pair in field.utf8.split(separator: UInt8(ascii: ";")) {
        let trimmed = pair.drop { $0 == UInt8(ascii: " ") }
        guard let sign = trimmed.firstIndex(of: UInt8(ascii: "=")),
          trimmed[..<sign].elementsEqual(cookie.rawValue.utf8)
        else { continue }
        let value = trimmed[trimmed.index(after: sign)...]
        let text = String(Substring(value))
        return value.contains(UInt8(ascii: "%")) ? PercentEncoding.decoded(text) : text
      }
    }
    return nil
  }

  /// - Parameter seconds: how long it lasts; 0 removes it.
  package func setting(_ value: String, path: String = "/", seconds: Int64, isSecure: Bool) -> String {
    "\(rawValue)=\(PercentEncoding.encoded(value)); Path=\(path); Max-Age=\(seconds); HttpOnly; SameSite=Lax"
      + (isSecure ? "; Secure" : "")
  }
}

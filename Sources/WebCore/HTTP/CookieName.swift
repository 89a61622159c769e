import Formats
import HTTPTypes
import Hummingbird

/// The cookies that the web sets.
package enum CookieName: String {
  case session = "switchlist-session"
  /// The name that a link's user entered; set only for that link's path.
  case name = "switchlist-name"
  case language = "switchlist-lang"
  /// The browser's time zone, set by the pages' script.
  case zone = "switchlist-zone"
  /// Proves that somebody has signed in from this browser before.
  case device = "switchlist-device"
  /// The secret of a server without users.
  case local = "switchlist-local"

  /// The decoded value, of the first cookie of that name.
  package static func value(_ cookie: CookieName, in request: Request) -> String? {
    for var field in request.headers[values: .cookie] {
      guard let (text, isEncoded) = field.withUTF8({ cookie.value(in: $0) }) else { continue }
      return isEncoded ? PercentEncoding.decoded(text) : text
    }
    return nil
  }

  private func value(in header: UnsafeBufferPointer<UInt8>) -> (text: String, isEncoded: Bool)? {
    var name = rawValue
    return name.withUTF8 { name in
      var start = 0
      while start < header.count {
        let end = header[start...].firstIndex(of: UInt8(ascii: ";")) ?? header.count
        while start < end, header[start] == UInt8(ascii: " ") { start += 1 }
        let sign = start + name.count
        if sign < end, header[sign] == UInt8(ascii: "="), header[start..<sign].elementsEqual(name) {
          let value = header[(sign + 1)..<end]
          return (String(decoding: value, as: UTF8.self), value.contains(UInt8(ascii: "%")))
        }
        start = end + 1
      }
      return nil
    }
  }

  /// - Parameter seconds: how long it lasts; 0 removes it.
  package func setting(_ value: String, path: String = "/", seconds: Int64, isSecure: Bool) -> String {
    "\(rawValue)=\(PercentEncoding.encoded(value)); Path=\(path); Max-Age=\(seconds); HttpOnly; SameSite=Lax"
      + (isSecure ? "; Secure" : "")
  }
}

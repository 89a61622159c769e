import Foundation
import HTTPTypes
import Hummingbird

/// The cookies that the web sets.
enum Cookie: String {
  case session = "switchlist-session"
  /// Who opened a link, as they said it; set for that link's path alone.
  case name = "switchlist-name"
  case language = "switchlist-lang"
  /// Shows that somebody signed in from this browser before.
  case device = "switchlist-device"

  static func value(_ cookie: Cookie, in request: Request) -> String? {
    for field in request.headers[values: .cookie] {
      for pair in field.split(separator: ";") {
        let trimmed = pair.drop { $0 == " " }
        guard trimmed.hasPrefix(cookie.rawValue), let sign = trimmed.firstIndex(of: "="),
          trimmed[..<sign] == cookie.rawValue
        else { continue }
        return String(trimmed[trimmed.index(after: sign)...]).removingPercentEncoding
      }
    }
    return nil
  }

  /// - Parameter seconds: how long it lasts; 0 removes it.
  func setting(_ value: String, path: String = "/", seconds: Int64, isSecure: Bool) -> String {
    var plain = CharacterSet.alphanumerics
    plain.formIntersection(CharacterSet(charactersIn: "\u{21}"..."\u{7E}"))
    plain.insert(charactersIn: "-_.~")
    let escaped = value.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    return "\(rawValue)=\(escaped); Path=\(path); Max-Age=\(seconds); HttpOnly; SameSite=Lax"
      + (isSecure ? "; Secure" : "")
  }
}

import HTTPTypes
import Hummingbird

/// Evaluates `If-None-Match` (RFC 9110): whether one of its tags matches by weak comparison, since proxies
/// that compress responses weaken tags.
enum EntityTag {
  package static func isKnown(_ tag: String, to request: Request) -> Bool {
    request.headers[values: .ifNoneMatch].contains { header in
      header.split(separator: ",").contains { known in
        let known = known.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }
          .reversed()
        let text = String(known)
        return text == "*" || opaque(text) == opaque(tag)
      }
    }
  }

  /// Without the prefix of a weak tag.
  private static func opaque(_ tag: String) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...] }
}

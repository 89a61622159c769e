import HTTPTypes
import Hummingbird

/// What `If-None-Match` asks (RFC 9110): whether one of its tags is the answer's, by the weak comparison. A proxy
/// that packs answers makes tags weak.
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

  /// Without the mark of a weak tag.
  private static func opaque(_ tag: String) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...] }
}

/// Why a text isn't a cursor that a page returned.
package enum PageCursorError: Error, Sendable, Hashable {
  /// Not base64url, or not of the expected number of parts.
  case malformed
  /// A part that should be a number isn't one, or is one that no page can have ended at.
  case outOfRange
}

/// Where a page of a list ended, as an opaque text to put into the next request's address.
///
/// It isn't authenticated, and nothing in it is trusted: whoever makes one up sees only what they may see
/// anyway, from another place on.
package enum PageCursor {
  /// In bytes. The longest cursor returned holds a shop's name of 200 characters and an id of 64.
  package static let longest = 1600

  package static func text(_ parts: [String]) -> String {
    Base64URL.text(of: Array(parts.joined(separator: separator).utf8))
  }

  /// Splits a cursor into exactly `count` parts; the last may hold anything, separators included.
  package static func parts(_ text: String, count: Int) throws(PageCursorError) -> [String] {
    guard text.utf8.count <= longest, let bytes = Base64URL.bytes(of: text) else { throw .malformed }
    let parts = bytes.split(separator: 0x1F, maxSplits: count - 1, omittingEmptySubsequences: false)
    guard parts.count == count else { throw .malformed }
    var texts: [String] = []
    for part in parts {
      guard let text = String(validating: part, as: UTF8.self) else { throw .malformed }
      texts.append(text)
    }
    return texts
  }

  /// Accepts a number only in the form in which it is written: no leading zeros, no plus sign.
  package static func integer(_ part: String, in range: ClosedRange<Int64>) throws(PageCursorError) -> Int64 {
    guard part.utf8.count <= 20, let number = Int64(part), String(number) == part, range.contains(number)
    else { throw .outOfRange }
    return number
  }

  private static let separator = "\u{1F}"
}

/// Why a text is no cursor that a page gave.
package enum CursorError: Error, Sendable, Hashable {
  /// It isn't base64url of as many texts as there should be.
  case malformed
  /// One of its numbers is none, or none that a page can have ended at.
  case outOfRange
}

/// Where a page of a list ended, as a text for addresses; of no meaning but to be sent back.
///
/// It isn't authenticated: whoever makes one up sees what they may see anyway, from another place on. So nothing
/// in it is believed.
package enum Cursor {
  /// In bytes. The longest that a page gives holds a shop's name of 200 characters and an id of 64.
  package static let longest = 1600

  package static func text(_ parts: [String]) -> String {
    Base64URL.text(of: Array(parts.joined(separator: separator).utf8))
  }

  /// As many parts as there have to be; the last one may hold anything.
  package static func parts(_ text: String, count: Int) throws(CursorError) -> [String] {
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

  /// A number in the one way in which it is written.
  package static func integer(_ part: String, in range: ClosedRange<Int64>) throws(CursorError) -> Int64 {
    guard part.utf8.count <= 20, let number = Int64(part), String(number) == part, range.contains(number)
    else { throw .outOfRange }
    return number
  }

  private static let separator = "\u{1F}"
}

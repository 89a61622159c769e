/// A shop's id: 1 to 64 letters (Chinese too), digits, `.`, `_` and `-`, not beginning with `-` (an option)
/// or `@` (a file of ids). Normalized (NFC), so that ids that look the same are equal.
package struct ShopID: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let rawValue: String

  /// Nil if the text isn't a valid id.
  package init?(_ text: String) {
    if text.utf8.count > 64 * 16 { return nil }
    let composed = text.composed
    let scalars = composed.unicodeScalars
    guard let first = scalars.first, first != "-", scalars.count <= 64,
      scalars.allSatisfy({ scalar in
        if scalar.isASCII {
          return switch scalar {
          case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
          default: false
          }
        }
        return scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
      })
    else { return nil }
    rawValue = composed
  }

  /// Doesn't check the form; for ids from the store.
  package init(trusted: String) { rawValue = trusted }

  package var description: String { rawValue }

  /// By UTF-8 bytes, as the stores sort.
  package static func < (left: ShopID, right: ShopID) -> Bool {
    left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }
}

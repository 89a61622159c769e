/// Names a shop: 1 to 64 letters (Chinese too), digits, `.`, `_` and `-`, not beginning with `-`
/// (an option) or `@` (a file of ids). Composed (NFC), so that what looks the same is the same.
package struct ShopID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The id as it is written.
  package let rawValue: String

  /// Nil when the text hasn't the form of a shop's id.
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

  /// Wraps an id that the store holds already.
  package init(trusted: String) { rawValue = trusted }

  /// The id as it is written.
  package var description: String { rawValue }

  /// By UTF-8 bytes, the order of both engines.
  package static func < (left: ShopID, right: ShopID) -> Bool {
    left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }
}

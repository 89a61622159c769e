/// Why a form can't be read.
package enum FormError: Error, Sendable, Hashable {
  /// An escape such as `%E4` is broken, or what it stands for isn't UTF-8.
  case brokenEscape
  case tooManyFields(most: Int)
}

/// Reads `application/x-www-form-urlencoded`: `a=1&b=2`, of a query or a form's body.
package enum FormDecoder {
  /// The fields in their order, names as often as they occur.
  package static func fields(
    _ text: some Sequence<UInt8>, most: Int
  ) throws(FormError) -> [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    let text = Array(text)
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: UInt8(ascii: "&")) ?? text.count
      let field = text[start..<end]
      start = end + 1
      if field.isEmpty { continue }
      if fields.count == most { throw .tooManyFields(most: most) }
      let sign = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
      guard let name = decoded(field[..<sign]), let value = decoded(field[sign...].dropFirst()) else {
        throw .brokenEscape
      }
      fields.append((name, value))
    }
    return fields
  }

  /// Nil where an escape is broken, or what it stands for isn't UTF-8.
  private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(HexText.value), let low = rest.next().flatMap(HexText.value)
        else {
          return nil
        }
        bytes.append(high << 4 | low)
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

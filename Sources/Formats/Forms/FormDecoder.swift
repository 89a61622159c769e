/// Why a form can't be read.
package enum FormError: Error, Sendable, Hashable {
  /// A percent-escape such as `%E4` is incomplete, or the decoded bytes aren't UTF-8.
  case brokenEscape
  case tooManyFields(most: Int)
}

/// Reads `application/x-www-form-urlencoded` (`a=1&b=2`), from a query or the body of a form.
package enum FormDecoder {
  /// The fields in order; a repeated name is returned as often as it occurs.
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
      guard let name = PercentEncoding.decoded(field[..<sign], plusIsSpace: true),
        let value = PercentEncoding.decoded(field[sign...].dropFirst(), plusIsSpace: true)
      else { throw .brokenEscape }
      fields.append((name, value))
    }
    return fields
  }
}

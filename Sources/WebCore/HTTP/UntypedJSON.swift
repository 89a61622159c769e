import Domain
import Formats

/// JSON whose types only the program's own tables determine, such as the API's document: objects are
/// `[String: Any]`, arrays `[Any]`, and other values `String`, `Int` and `Bool`.
package enum UntypedJSON {
  /// Keys of objects are sorted by bytes.
  package static func bytes(of value: Any) -> [UInt8] {
    var json = JSONWriter(.canonical, reserving: 4096)
    append(value, to: &json)
    return json.bytes
  }

  private static func append(_ value: Any, to json: inout JSONWriter) {
    switch value {
    case let text as String: json.value(text)
    case let flag as Bool: json.value(flag)
    case let number as any BinaryInteger: json.value(Int64(number))
    case let list as [Any]:
      json.array { json in
        for element in list { append(element, to: &json) }
      }
    case let object as [String: Any]:
      json.object { json in
        for (key, element) in object.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
          json.key(key)
          append(element, to: &json)
        }
      }
    default: preconditionFailure("a \(type(of: value)) is no JSON")
    }
  }

  /// Throws `JSONCursor.Fault` for invalid JSON and for numbers that aren't whole.
  package static func value(of bytes: UnsafeRawBufferPointer) throws -> Any {
    try JSONCursor.read(bytes) { cursor in try value(at: &cursor) }
  }

  private static func value(at cursor: inout JSONCursor) throws -> Any {
    if cursor.isAtText { return try cursor.string() }
    if let flag = cursor.takeFlag() { return flag }
    if cursor.isAtList {
      var list: [Any] = []
      try cursor.array { cursor in list.append(try value(at: &cursor)) }
      return list
    }
    if cursor.isAtObject {
      var object: [String: Any] = [:]
      try cursor.object { key, cursor in object[key] = try value(at: &cursor) }
      return object
    }
    return Int(try cursor.integer())
  }
}

/// A JSON value whose members keep their order.
indirect enum SchemaJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case string(String)
  case integer(Int)
  case boolean(Bool)
  case array([SchemaJSON])
  case object([(String, SchemaJSON)])

  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .integer(value) }
  init(booleanLiteral value: Bool) { self = .boolean(value) }
  init(arrayLiteral elements: SchemaJSON...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, SchemaJSON)...) { self = .object(elements) }

  /// The value as readable JSON: indented by two spaces per level, short lists on one line.
  func text(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .string(let text): return FindingReport.quoted(text)
    case .integer(let number): return String(number)
    case .boolean(let flag): return flag ? "true" : "false"
    case .array(let elements):
      let simple = elements.allSatisfy(\.isSimple)
      let texts = elements.map { $0.text(indent: inner) }
      if simple { return "[" + texts.joined(separator: ", ") + "]" }
      return "[\n" + texts.map { inner + $0 }.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      let lines = members.map { name, value in
        "\(inner)\(FindingReport.quoted(name)): \(value.text(indent: inner))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }

  private var isSimple: Bool {
    switch self {
    case .string, .integer, .boolean: true
    case .array, .object: false
    }
  }
}

import Foundation
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// A shape of the API's document, for comparing answers with it. Knows as much of JSON Schema as the shapes use, and
/// is stricter in one thing: clients take members that they don't know, but each that we give is declared.
enum Shape {
  /// What is wrong with a value; empty when it fits.
  static func problems(_ value: Any, as name: String) -> [String] {
    problems(value, ["$ref": "#/components/schemas/\(name)"], at: name)
  }

  private static func problems(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
    if let reference = schema["$ref"] as? String {
      let name = String(reference.split(separator: "/").last ?? "")
      guard let shape = APIDocument.schemas[name] as? [String: Any] else {
        return ["\(place): no shape '\(name)'"]
      }
      return problems(value, shape, at: place)
    }
    if let any = schema["anyOf"] as? [[String: Any]] {
      let all = any.map { problems(value, $0, at: place) }
      return all.contains(where: \.isEmpty) ? [] : all.first ?? []
    }
    let types = (schema["type"] as? [String]) ?? (schema["type"] as? String).map { [$0] } ?? []
    let type = type(of: value)
    guard types.contains(type) else { return ["\(place): \(type) instead of \(types)"] }
    if let known = schema["enum"] as? [Any], !known.contains(where: { "\($0)" == "\(value)" }) {
      return ["\(place): \(value) isn't one of \(known)"]
    }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      return ["\(place): '\(text)' isn't like \(pattern)"]
    }
    if schema["format"] as? String == "date-time", let text = value as? String,
      text.range(of: #"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$"#, options: .regularExpression) == nil
    {
      return ["\(place): '\(text)' is no time"]
    }
    if let list = value as? [Any], let items = schema["items"] as? [String: Any] {
      return list.enumerated().flatMap { problems($1, items, at: "\(place)[\($0)]") }
    }
    if let object = value as? [String: Any] { return fields(of: object, schema, at: place) }
    return []
  }

  private static func fields(of object: [String: Any], _ schema: [String: Any], at place: String) -> [String]
  {
    let known = schema["properties"] as? [String: [String: Any]] ?? [:]
    var found = (schema["required"] as? [String] ?? []).filter { object[$0] == nil }
      .map { "\(place): no \($0)" }
    for (name, value) in object {
      if let shape = known[name] {
        found += problems(value, shape, at: "\(place).\(name)")
      } else if schema["additionalProperties"] as? Bool != true, !known.isEmpty {
        found.append("\(place): \(name) isn't declared")
      }
    }
    return found
  }

  private static func type(of value: Any) -> String {
    switch value {
    case is NSNull: "null"
    case is String: "string"
    case is [Any]: "array"
    case is [String: Any]: "object"
    case let number as NSNumber:
      "\(number)" == "true" || "\(number)" == "false" ? "boolean" : kind(of: number)
    default: "\(Swift.type(of: value))"
    }
  }

  private static func kind(of number: NSNumber) -> String {
    if String(cString: number.objCType) == "c" { return "boolean" }
    return number.doubleValue == number.doubleValue.rounded() ? "integer" : "number"
  }
}

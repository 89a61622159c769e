import Domain
import Formats
import WebCore

/// Descriptions of path parameters.
enum PathParameter {
  static func all(of path: String) -> [[String: Any]] {
    names(of: path).map(one)
  }

  static func names(of path: String) -> [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
  }

  private static func one(_ name: String) -> [String: Any] {
    let number: [String: Any] = ["type": "integer", "minimum": 1, "maximum": 999_999_999]
    let word: [String: Any] = ["type": "string", "minLength": 1, "maxLength": Route.longestParameter]
    let (about, schema, example): (String, [String: Any], Any) =
      switch name {
      case "shop": ("The shop's id", ["type": "string", "minLength": 1, "maxLength": 64], "s-001")
      case "item": ("The item's id", word, "rebind-store")
      case "run": ("The run's number in the shop", number, 1)
      case "link": ("The link's number in the shop", number, 1)
      case "token": ("The token's number", number, 1)
      case "sha256":
        (
          "The digest of the file's content", APIOperation.Field.Kind.digest.schema,
          String(repeating: "0", count: 64)
        )
      case "checklist":
        ("The checklist's id", word, "douyin-after-switch")
      default: ("The name", word, "Li Mei")
      }
    return [
      "name": name, "in": "path", "required": true, "description": about, "schema": schema,
      "example": example,
    ]
  }
}

extension APIOperation.Field {
  var asParameter: [String: Any] {
    var parameter: [String: Any] = [
      "name": name, "in": "query", "required": isRequired, "description": about, "schema": limited,
    ]
    if let example { parameter["example"] = example }
    return parameter
  }

  fileprivate var schema: [String: Any] {
    var schema = limited
    schema["description"] = about
    if let example { schema["examples"] = [example] }
    if isNullable, let type = schema["type"] as? String { schema["type"] = [type, "null"] }
    return schema
  }

  /// The kind's schema; a required text must not be blank, and a required list not empty.
  private var limited: [String: Any] {
    var schema = kind.schema
    guard isRequired else { return schema }
    switch kind {
    case .text: schema.merge(["minLength": 1, "pattern": #"^[\s\S]*\S"#]) { $1 }
    case .line: schema.merge(["minLength": 1, "pattern": TextPattern.filledLine]) { $1 }
    case .prose: schema.merge(["minLength": 1, "pattern": TextPattern.filledProse]) { $1 }
    case .texts, .lines, .someOf: schema["minItems"] = 1
    default: break
    }
    return schema
  }
}

/// Regular expressions that ECMAScript and Python interpret alike.
private enum TextPattern {
  /// Control characters are refused, except for white space around the line, which is trimmed.
  static let line = #"^[\x09-\x0d ]*[^\x00-\x1f\x7f-\x9f]*[\x09-\x0d ]*$"#
  static let filledLine = #"^[\x09-\x0d ]*[^\x00-\x20\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*[\x09-\x0d ]*$"#
  static let prose = #"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"#
  static let filledProse =
    #"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*[^\x00-\x20\x7f-\x9f][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"#
  /// Letters and digits of any script. Such expressions can't tell which other signs are letters.
  static let shopID =
    #"^[^\x00-\x2d\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f][^\x00-\x2c\x2f\x3a-\x40\x5b-\x5e\x60\x7b-\x7f]*$"#
  static let duration = "^([0-9]{1,3}[mhdw])?$"
}

extension APIOperation.Field.Kind {
  /// The JSON Schema of the kind.
  var schema: [String: Any] {
    switch self {
    case .text(let most): ["type": "string", "maxLength": most]
    case .line(let most): ["type": "string", "maxLength": most, "pattern": TextPattern.line]
    case .prose(let most): ["type": "string", "maxLength": most, "pattern": TextPattern.prose]
    case .shopID: ["type": "string", "minLength": 1, "maxLength": 64, "pattern": TextPattern.shopID]
    case .duration: ["type": "string", "maxLength": 40, "pattern": TextPattern.duration]
    case .cursor: ["type": "string", "maxLength": PageCursor.longest]
    case .whole(let range): ["type": "integer", "minimum": range.lowerBound, "maximum": range.upperBound]
    case .flag: ["type": "boolean"]
    case .texts(let most): ["type": "array", "maxItems": most, "items": ["type": "string"]]
    case .lines(let most, let each):
      ["type": "array", "maxItems": most, "items": Self.line(most: each).schema]
    case .time:
      ["type": "string", "examples": ["2026-11-20T10:00+08:00", "2026-11-20"], "pattern": "^\(Self.time)$"]
    case .beginning:
      [
        "type": "string", "examples": ["2026-11-20T10:00+08:00", "rebound"],
        "pattern": "^(rebound|\(Self.time))$",
      ]
    case .oneOf(let known): ["type": "string", "enum": known]
    case .someOf(let known): ["type": "array", "items": ["type": "string", "enum": known]]
    case .digest: ["type": "string", "pattern": "^[0-9a-fA-F]{64}$"]
    }
  }
}

extension APIOperation {
  /// The name of the body's schema; nil if the body isn't fields.
  var requestName: String? {
    guard case .fields(let fields) = body, !fields.isEmpty else { return nil }
    return request ?? id.prefix(1).uppercased() + id.dropFirst() + "Request"
  }
}

extension APIOperation.Body {
  /// - Parameter name: the name of the fields' schema.
  func described(_ name: String?) -> [String: Any]? {
    switch self {
    case .none: nil
    case .fields(let fields):
      name.map { name in
        [
          "required": fields.contains(where: \.isRequired),
          "content": ["application/json": ["schema": ["$ref": "#/components/schemas/\(name)"]]],
        ]
      }
    case .bytes(let type, let most, let about), .long(let type, let most, let about):
      [
        "required": true, "description": "\(about) At most \(most >> 20) MB; \(type), sent as it is.",
        "content": ["application/octet-stream": ["schema": Self.content]],
      ]
    case .file(let most, let about):
      // Client generators accept one format per body; a form also has the file's name and type.
      [
        "required": true, "description": "\(about) At most \(most >> 20) MB.",
        "content": ["multipart/form-data": ["schema": ["$ref": "#/components/schemas/FileForm"]]],
      ]
    }
  }

  /// The schema of a form with a file.
  static var form: [String: Any] {
    [
      "type": "object", "description": "A form with a file.", "required": ["file"],
      "properties": ["file": content],
    ]
  }

  private static var content: [String: Any] { ["type": "string", "format": "binary"] }

  /// The schema of fields; no others are accepted.
  static func schema(_ fields: [APIOperation.Field], _ about: String) -> [String: Any] {
    var schema: [String: Any] = [
      "type": "object", "additionalProperties": false, "description": about,
      "properties": Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.schema) }),
    ]
    let required = fields.filter(\.isRequired).map(\.name)
    if !required.isEmpty { schema["required"] = required }
    return schema
  }
}

extension Problem {
  /// The description of a problem's status.
  static func reason(of status: Int) -> String {
    switch status {
    case 400: "The request can't be read"
    case 401: "Nobody is signed in, or the token isn't valid"
    case 403: "Not allowed"
    case 404: "There is no such thing, or it may not be seen"
    case 408: "The request took over a minute to arrive"
    case 409: "Not possible as things stand; the type and the detail say why"
    case 410: "It was deleted"
    case 412: "The shop has changed since it was read"
    case 413: "Too large"
    case 415: "A body of this type isn't taken"
    case 422: "A field isn't as it is declared, or its content can't be taken"
    case 429: "More than one may use up; Retry-After says when to try again"
    case 503: "The store can't be reached at the moment; try again"
    case 507: "The server's disk is full; nothing was changed"
    default: "Something went wrong on the server; nothing was changed"
    }
  }
}

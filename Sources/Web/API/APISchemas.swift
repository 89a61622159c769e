/// What a path's parts are.
enum PathParameter {
  static func all(of path: String) -> [[String: Any]] {
    path.split(separator: "/").compactMap { part in
      part.hasPrefix("{") ? one(String(part.dropFirst().dropLast())) : nil
    }
  }

  private static func one(_ name: String) -> [String: Any] {
    let (about, schema): (String, [String: Any]) =
      switch name {
      case "shop": ("The shop's id", ["type": "string", "minLength": 1, "maxLength": 64])
      case "item": ("The item's id", ["type": "string", "minLength": 1])
      case "run": ("The run's number in the shop", ["type": "integer", "minimum": 1])
      case "number": ("Its number", ["type": "integer", "minimum": 1])
      case "sha256": ("The digest of the file's content", APIOperation.Field.Kind.digest.schema)
      case "checklist": ("The checklist's id", ["type": "string", "minLength": 1])
      default: ("The name", ["type": "string", "minLength": 1])
      }
    return ["name": name, "in": "path", "required": true, "description": about, "schema": schema]
  }
}

extension APIOperation.Field {
  var asParameter: [String: Any] {
    ["name": name, "in": "query", "required": isRequired, "description": about, "schema": kind.schema]
  }

  fileprivate var schema: [String: Any] {
    var schema = kind.schema
    schema["description"] = about
    if isNullable, let type = schema["type"] as? String { schema["type"] = [type, "null"] }
    return schema
  }
}

extension APIOperation.Field.Kind {
  /// In JSON Schema.
  var schema: [String: Any] {
    switch self {
    case .text(let most): ["type": "string", "maxLength": most]
    case .whole(let range): ["type": "integer", "minimum": range.lowerBound, "maximum": range.upperBound]
    case .flag: ["type": "boolean"]
    case .texts(let most): ["type": "array", "maxItems": most, "items": ["type": "string"]]
    case .time:
      [
        "type": "string", "examples": ["2026-11-20T10:00+08:00", "2026-11-20"],
        "pattern": #"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:?\d{2})?)?$"#,
      ]
    case .oneOf(let known): ["type": "string", "enum": known]
    case .someOf(let known): ["type": "array", "items": ["type": "string", "enum": known]]
    case .digest: ["type": "string", "pattern": "^[0-9a-fA-F]{64}$"]
    }
  }
}

extension APIOperation.Body {
  var described: [String: Any]? {
    switch self {
    case .none: nil
    case .fields(let fields):
      [
        "required": fields.contains(where: \.isRequired),
        "content": ["application/json": ["schema": Self.schema(fields)]],
      ]
    case .bytes(let type, let most, let about), .long(let type, let most, let about):
      [
        "required": true, "description": "\(about) At most \(most >> 20) MB.",
        "content": [type: [String: Any]()],
      ]
    case .file(let most, let about):
      [
        "required": true, "description": "\(about) At most \(most >> 20) MB.",
        "content": [
          "*/*": [String: Any](),
          "multipart/form-data": [
            "schema": [
              "type": "object", "required": ["file"],
              "properties": ["file": ["type": "string", "format": "binary"]],
            ]
          ],
        ],
      ]
    }
  }

  private static func schema(_ fields: [APIOperation.Field]) -> [String: Any] {
    var schema: [String: Any] = [
      "type": "object", "additionalProperties": false,
      "properties": Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.schema) }),
    ]
    let required = fields.filter(\.isRequired).map(\.name)
    if !required.isEmpty { schema["required"] = required }
    return schema
  }
}

extension Problem {
  /// What a status of a problem means here.
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

import CAssets
import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import WebCore

/// The OpenAPI 3.1 document, made from the routes' declarations and the schemas of responses.
enum APIDocument {
  /// `GET /api/openapi.json`.
  ///
  /// - Parameter publicURL: the configured public URL, if there is one.
  static func route(for routes: [Route], publicURL: String?) -> Route {
    let bytes = ByteBuffer(bytes: text(for: routes, publicURL: publicURL))
    return Route(.get, "/api/openapi.json", .api, .nothing) { _ in
      Response(
        status: .ok, headers: [.contentType: "application/json", .cacheControl: "public, max-age=300"],
        body: .init(byteBuffer: bytes))
    }
  }

  static func text(for routes: [Route], publicURL: String? = nil) -> [UInt8] {
    UntypedJSON.bytes(of: document(for: routes, publicURL: publicURL))
  }

  static func document(for routes: [Route], publicURL: String?) -> [String: Any] {
    var paths: [String: [String: Any]] = [:]
    for route in routes {
      guard let operation = route.operation else { continue }
      paths[route.path, default: [:]][route.method.rawValue.lowercased()] = operation.described(by: route)
    }
    let tags = Set(routes.filter { $0.operation != nil }.map(\.tag)).sorted()
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "switchlist", "version": "1",
        "description": """
        Everything that the command line can do. Times are ISO 8601 in UTC; absent values are null. Texts \
        that exist in several languages are in the one that Accept-Language prefers, zh or en. Errors are \
        problems of RFC 9457, whose codes the reference at /api and x-problem-codes list. Answers may get more \
        members; requests take none but those that are declared. Every address answers HEAD and OPTIONS too.
        """,
      ],
      "servers": [
        [
          "url": publicURL ?? "/",
          "description": publicURL == nil ? "This server" : "As its operator named it",
        ]
      ],
      "tags": tags.map { ["name": $0, "description": about[$0] ?? ""] },
      "security": [["token": [String]()], ["session": [String]()]], "paths": paths,
      "components": [
        "schemas": schemas.merging(requests(of: routes)) { $1 }, "parameters": parameters, "headers": headers,
        "responses": responses,
        "securitySchemes": [
          "token": [
            "type": "http", "scheme": "bearer", "description": "A token: switchlist token create NAME",
          ],
          "session": [
            "type": "apiKey", "in": "cookie", "name": CookieName.session.rawValue,
            "description": "Whoever signed in on a page",
          ],
        ],
      ],
      "x-problem-codes": ProblemCode.allCases.map { code in
        [
          "code": code.rawValue, "status": code.status.code, "description": code.about,
          "title": Problem(code, Wording(en: "", zh: "")).title(.english),
        ] as [String: Any]
      },
    ]
  }

  /// The tags by which operations are grouped, with descriptions.
  private static let about = [
    "checklists": "Definitions of checklists.", "export": "The whole store, out.",
    "files": "Files that prove something.", "findings": "What is wrong in the folder of definitions.",
    "history": "A shop's events.", "import": "The whole store, in.", "items": "What is done to items.",
    "links": "Links that open a shop for whoever has them.", "lint": "Checking a file's text.",
    "log": "Sign-ins, and changes of users and tokens.", "matrix": "Shops down, items across.",
    "me": "Who asks.", "overdue": "What is overdue, or will be.", "report": "Progress over many shops.",
    "runs": "Beginning, stopping and upgrading runs.", "schema": "The JSON Schema of checklist files.",
    "shops": "Shops, one by one and all.", "switch": "A shop's binding and switch.",
    "switches": "Switches of many shops.", "tokens": "Tokens of programs.", "upgrade": "Runs of many shops.",
    "users": "Who signs in.",
  ]

  /// The schemas of request bodies, by name.
  private static func requests(of routes: [Route]) -> [String: Any] {
    var schemas: [String: Any] = ["FileForm": APIOperation.Body.form]
    for operation in routes.compactMap(\.operation) {
      guard let name = operation.requestName, case .fields(let fields) = operation.body else { continue }
      schemas[name] = APIOperation.Body.schema(fields, "\(operation.summary).")
    }
    return schemas
  }

  /// Responses with problems, by status.
  private static var responses: [String: Any] {
    let codes = Dictionary(grouping: ProblemCode.allCases) { $0.status.code }
    return Dictionary(
      uniqueKeysWithValues: codes.map { status, codes in
        let list = codes.map(\.rawValue).joined(separator: ", ")
        return (
          "Problem\(status)",
          [
            "description": "\(Problem.reason(of: status)). Codes: \(list).",
            "content": [
              "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
            ],
          ] as [String: Any]
        )
      })
  }

  /// The schemas of responses, by name.
  static var schemas: [String: Any] {
    let bytes = UnsafeRawBufferPointer(
      start: switchlist_api_schemas, count: switchlist_api_schemas_length)
    guard let schemas = try? UntypedJSON.value(of: bytes) as? [String: Any] else {
      preconditionFailure("the shapes aren't JSON")
    }
    return schemas
  }

  private static var parameters: [String: Any] {
    [
      "IdempotencyKey": [
        "name": "Idempotency-Key", "in": "header", "required": false,
        "description": """
        Names the request, such as a UUID: sent again with the same key it changes nothing, and gets the \
        same answer. Kept for a month.
        """, "schema": ["type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"],
      ],
      "IfMatch": [
        "name": "If-Match", "in": "header", "required": false,
        "description": "The shop's ETag as it was read; refused with 412 once it has changed.",
        "schema": ["type": "string"], "example": "\"17\"",
      ],
      "IfNoneMatch": [
        "name": "If-None-Match", "in": "header", "required": false,
        "description": "An ETag; answered with 304 while it is still right.", "schema": ["type": "string"],
      ],
    ]
  }

  private static var headers: [String: Any] {
    [
      "ETag": ["description": "What the shop is like, for If-Match.", "schema": ["type": "string"]],
      "RequestID": ["description": "Names the request in the server's log.", "schema": ["type": "string"]],
    ]
  }
}

extension APIOperation {
  fileprivate func described(by route: Route) -> [String: Any] {
    var description: [String: Any] = [
      "operationId": id, "summary": summary, "tags": [route.tag],
      "responses": responses(to: route), "description": route.need.about,
    ]
    let headers = [
      (honoursIdempotencyKey, "IdempotencyKey"), (hasPrecondition, "IfMatch"), (isTagged, "IfNoneMatch"),
    ].filter(\.0).map { ["$ref": "#/components/parameters/\($0.1)"] as [String: Any] }
    let parameters =
      PathParameter.all(of: route.path) + query.map { $0.asParameter } + headers
    if !parameters.isEmpty { description["parameters"] = parameters }
    if let body = body.described(requestName) { description["requestBody"] = body }
    if route.need == .nothing { description["security"] = [Any]() }
    return description
  }

  private func responses(to route: Route) -> [String: Any] {
    var responses: [String: Any] = [:]
    switch answer {
    case .json(let schema, let status):
      responses[String(status)] = done("application/json", ["$ref": "#/components/schemas/\(schema)"])
    case .object(let type): responses["200"] = done(type, ["type": "object"])
    case .text(let type): responses["200"] = done(type, ["type": "string"])
    case .bytes(let type): responses["200"] = done(type, ["type": "string", "format": "binary"])
    case .nothing: responses["204"] = ["description": "Done"]
    }
    if isTagged { responses["304"] = ["description": "It is as the If-None-Match says"] }
    for status in statuses(of: route) {
      responses[String(status)] = ["$ref": "#/components/responses/Problem\(status)"]
    }
    return responses
  }

  private func done(_ type: String, _ schema: [String: Any]) -> [String: Any] {
    ["description": "Done", "headers": answerHeaders, "content": [type: ["schema": schema]]]
  }

  private var answerHeaders: [String: Any] {
    var headers = ["X-Request-Id": ["$ref": "#/components/headers/RequestID"]]
    if isTagged || givesTag { headers["ETag"] = ["$ref": "#/components/headers/ETag"] }
    return headers
  }

  /// The statuses of problems that it may respond with.
  func statuses(of route: Route) -> [Int] {
    var statuses = Set(problems)
    statuses.formUnion([400, 429, 500, 503])
    if route.need != .nothing { statuses.formUnion([401, 403]) }
    if route.path.contains("{") { statuses.insert(404) }
    if !query.isEmpty || route.method == .get { statuses.insert(422) }
    if honoursIdempotencyKey { statuses.insert(422) }
    if hasPrecondition { statuses.insert(412) }
    if case .none = body {} else { statuses.formUnion([408, 413, 415, 422]) }
    if route.method != .get { statuses.formUnion([403, 507]) }
    return statuses.sorted()
  }
}

extension Route {
  /// The operation's group: a part of a shop, else the first word after the version.
  var tag: String {
    let parts = path.split(separator: "/").dropFirst(2).map { String($0.prefix { $0 != "." }) }
    if parts.last == "verification" { return "history" }
    return parts.last { ["runs", "items", "switch", "files", "links", "history"].contains($0) }
      ?? parts.first ?? "api"
  }
}

extension RequiredAccess {
  fileprivate var about: String {
    switch self {
    case .nothing: "For anybody."
    case .person: "For whoever is signed in."
    case .authenticated: "For whoever is signed in, and any token."
    case .shop(let level): "For whoever may \(level.about) the shop."
    case .shops(.see): "For whoever may see shops; only those are shown."
    case .shops(let level): "For whoever may \(level.about) shops; only those are changed."
    case .admin: "For admins, and tokens with the scope admin."
    case .metrics: "For admins, and tokens with the scope metrics."
    }
  }
}

extension ShopPermission {
  fileprivate var about: String {
    switch self {
    case .see: "see"
    case .change: "work in"
    case .lead: "lead"
    }
  }
}

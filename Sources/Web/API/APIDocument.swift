import CAssets
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The OpenAPI 3.1 document: what the routes declare, and the shapes of answers.
enum APIDocument {
  /// `GET /api/openapi.json`.
  static func route(for routes: [Route]) -> Route {
    let bytes = ByteBuffer(bytes: text(for: routes))
    return Route(.get, "/api/openapi.json", .api, .nothing) { _ in
      Response(
        status: .ok, headers: [.contentType: "application/json", .cacheControl: "public, max-age=300"],
        body: .init(byteBuffer: bytes))
    }
  }

  static func text(for routes: [Route]) -> [UInt8] {
    let json = try? JSONSerialization.data(
      withJSONObject: document(for: routes), options: [.sortedKeys, .withoutEscapingSlashes])
    return Array(json ?? Data())
  }

  static func document(for routes: [Route]) -> [String: Any] {
    var paths: [String: [String: Any]] = [:]
    for route in routes {
      guard let operation = route.operation else { continue }
      paths[route.path, default: [:]][route.method.rawValue.lowercased()] = operation.described(by: route)
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "switchlist", "version": "1",
        "description": """
        Everything that the command line can do. Times are ISO 8601 in UTC; absent values are null. Texts \
        that exist in several languages are in the one that Accept-Language prefers, zh or en. Errors are \
        problems of RFC 9457.
        """,
      ],
      "security": [["token": [String]()], ["session": [String]()]], "paths": paths,
      "components": [
        "schemas": schemas, "parameters": parameters, "headers": headers,
        "securitySchemes": [
          "token": [
            "type": "http", "scheme": "bearer", "description": "A token: switchlist token create NAME",
          ],
          "session": ["type": "apiKey", "in": "cookie", "name": Cookie.session.rawValue],
        ],
      ],
    ]
  }

  /// The shapes, by name.
  static var schemas: [String: Any] {
    let bytes = UnsafeRawBufferPointer(
      start: switchlist_api_schemas, count: switchlist_api_schemas_length)
    let read = try? JSONSerialization.jsonObject(with: Data(bytes))
    guard let schemas = read as? [String: Any] else { preconditionFailure("the shapes aren't JSON") }
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
        "schema": ["type": "string"],
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
      (isOnce, "IdempotencyKey"), (hasPrecondition, "IfMatch"), (isTagged, "IfNoneMatch"),
    ].filter(\.0).map { ["$ref": "#/components/parameters/\($0.1)"] as [String: Any] }
    let parameters =
      PathParameter.all(of: route.path) + query.map { $0.asParameter } + headers
    if !parameters.isEmpty { description["parameters"] = parameters }
    if let body = body.described { description["requestBody"] = body }
    if route.need == .nothing { description["security"] = [Any]() }
    return description
  }

  private func responses(to route: Route) -> [String: Any] {
    var responses: [String: Any] = [:]
    switch answer {
    case .json(let schema, let status):
      var content: [String: Any] = [
        "application/json": ["schema": ["$ref": "#/components/schemas/\(schema)"]]
      ]
      for type in formats { content[type] = [String: Any]() }
      responses[String(status)] = ["description": "Done", "headers": answerHeaders, "content": content]
    case .bytes(let type):
      responses["200"] = [
        "description": "Done", "headers": answerHeaders, "content": [type: [String: Any]()],
      ]
    case .nothing: responses["204"] = ["description": "Done"]
    }
    if isTagged { responses["304"] = ["description": "It is as the If-None-Match says"] }
    for status in statuses(of: route) {
      responses[String(status)] = [
        "description": Problem.reason(of: status),
        "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
      ]
    }
    return responses
  }

  private var answerHeaders: [String: Any] {
    var headers = ["X-Request-Id": ["$ref": "#/components/headers/RequestID"]]
    if isTagged { headers["ETag"] = ["$ref": "#/components/headers/ETag"] }
    return headers
  }

  /// Problems that it may answer with.
  func statuses(of route: Route) -> [Int] {
    var statuses = Set(problems)
    statuses.formUnion([400, 500, 503])
    if route.need != .nothing { statuses.formUnion([401, 403]) }
    if route.path.contains("{") { statuses.insert(404) }
    if !query.isEmpty || route.method == .get { statuses.insert(422) }
    if isOnce { statuses.insert(422) }
    if hasPrecondition { statuses.insert(412) }
    if case .none = body {} else { statuses.formUnion([408, 413, 415, 422]) }
    if route.method != .get { statuses.formUnion([403, 429, 507]) }
    return statuses.sorted()
  }
}

extension Route {
  /// What the reference groups by: the first word after the version.
  fileprivate var tag: String {
    let parts = path.split(separator: "/").map(String.init)
    return parts.dropFirst(2).last {
      !$0.hasPrefix("{") && ["runs", "items", "switch", "files", "links"].contains($0)
    }
      ?? parts.dropFirst(2).first ?? "api"
  }
}

extension Need {
  fileprivate var about: String {
    switch self {
    case .nothing: "For anybody."
    case .person: "For whoever is signed in."
    case .shows: "For whoever is signed in, and any token."
    case .shop(let level): "For whoever may \(level.about) the shop."
    case .shops(.see): "For whoever may see shops; only those are shown."
    case .shops(let level): "For whoever may \(level.about) shops; only those are changed."
    case .admin: "For admins, and tokens with the scope admin."
    case .metrics: "For admins, and tokens with the scope metrics."
    }
  }
}

extension Level {
  fileprivate var about: String {
    switch self {
    case .see: "see"
    case .change: "work in"
    case .lead: "lead"
    }
  }
}

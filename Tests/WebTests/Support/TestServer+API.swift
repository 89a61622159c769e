import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Operations
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// An answer of the API, which was compared with what the document says of the operation.
struct APIAnswer {
  let status: Int
  let headers: HTTPFields
  let text: String
  /// Empty for what isn't a JSON object.
  let json: [String: Any]

  /// The problem's code.
  var problem: String? { json["code"] as? String }

  /// The fields that the problem names.
  var wrongFields: [String] { list("errors").compactMap { $0["field"] as? String } }

  func list(_ name: String) -> [[String: Any]] { json[name] as? [[String: Any]] ?? [] }
}

extension TestServer {
  /// Asks the API, and compares the answer with the document: its status, its media type, its shape.
  ///
  /// - Parameter path: behind `/api/v1`.
  @discardableResult
  func call(
    _ method: HTTPRequest.Method, _ path: String, as caller: Caller = .nobody, _ json: [String: Any]? = nil,
    headers: HTTPFields = [:], body: String? = nil, at place: SourceLocation = #_sourceLocation
  ) async throws -> APIAnswer {
    var fields = headers
    var bytes = body.map { Array($0.utf8) }
    if let json {
      bytes = Array(try JSONSerialization.data(withJSONObject: json))
      if fields[.contentType] == nil { fields[.contentType] = "application/json" }
    }
    let response = try await ask(method, "/api/v1" + path, as: caller, headers: fields, body: bytes)
    let isJSON = response.headers[.contentType]?.hasSuffix("json") ?? false
    let answer = APIAnswer(
      status: response.status.code, headers: response.headers, text: response.text,
      json: isJSON && !response.text.isEmpty ? try response.json() : [:])
    let plain = String(("/api/v1" + path).prefix { $0 != "?" })
    guard let operation = self.route(method, plain)?.operation else { return answer }
    check(answer, isJSON: isJSON, operation, self.route(method, plain), at: place)
    return answer
  }

  func route(_ method: HTTPRequest.Method, _ path: String) -> Route? {
    let all = server.routes.filter { $0.method == method && $0.matches(path) }
    // What is named in full goes before a parameter, as in the router.
    return all.min { left, right in
      left.path.count { $0 == "{" } < right.path.count { $0 == "{" }
    }
  }

  private func check(
    _ answer: APIAnswer, isJSON: Bool, _ operation: APIOperation, _ route: Route?, at place: SourceLocation
  ) {
    let type = answer.headers[.contentType]
    if answer.status >= 400 {
      let declared = route.map { operation.statuses(of: $0) } ?? []
      #expect(declared.contains(answer.status), "\(operation.id): \(answer.text)", sourceLocation: place)
      #expect(type == "application/problem+json", sourceLocation: place)
      #expect(Shape.problems(answer.json, as: "Problem") == [], sourceLocation: place)
      return
    }
    if answer.status == 304 {
      #expect(operation.isTagged, sourceLocation: place)
      return
    }
    if let type, operation.forms.contains(where: { $0.type == type }) { return }
    switch operation.answer {
    case .json(let schema, let status):
      #expect(answer.status == status, "\(operation.id): \(answer.text)", sourceLocation: place)
      #expect(type == "application/json", sourceLocation: place)
      #expect(Shape.problems(answer.json, as: schema) == [], sourceLocation: place)
    case .object(let declared), .text(let declared):
      #expect(answer.status == 200 && type == declared, sourceLocation: place)
    case .bytes: #expect(answer.status == 200, sourceLocation: place)
    case .nothing: #expect(answer.status == 204 && answer.text.isEmpty, sourceLocation: place)
    }
    let isTagged = answer.headers[.eTag] != nil
    #expect(isTagged == operation.isTagged || operation.givesTag, sourceLocation: place)
  }
}

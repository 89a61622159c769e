import Foundation
import HTTPTypes
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// That the document and the routes say the same.
struct DocumentTests {
  @Test func everyRouteOfTheAPIHasAnOperation() throws {
    let world = try TestServer()
    let routes = world.server.routes.filter { $0.path.hasPrefix("/api/v1") }
    #expect(!routes.isEmpty)
    for route in routes {
      #expect(route.operation != nil, "\(route.method) \(route.path)")
      #expect(route.kind == .api, "\(route.method) \(route.path)")
    }
    let ids = routes.compactMap(\.operation?.id)
    #expect(Set(ids).count == ids.count)
  }

  @Test func theDocumentHasEveryRouteAndNothingElse() async throws {
    let world = try TestServer()
    let answer = try await world.ask(.get, "/api/openapi.json")
    #expect(answer.status == .ok)
    let document = try answer.json()
    #expect(document["openapi"] as? String == "3.1.0")
    let paths = try #require(document["paths"] as? [String: [String: Any]])
    let described = paths.flatMap { path, methods in methods.keys.map { "\($0) \(path)" } }
    let answered = world.server.routes.filter { $0.path.hasPrefix("/api/v1") }
      .map { "\($0.method.rawValue.lowercased()) \($0.path)" }
    #expect(described.sorted() == answered.sorted())
  }

  private static func document() throws -> [String: Any] {
    APIDocument.document(for: try TestServer().server.routes, publicURL: nil)
  }

  /// Each value of the document, with its path.
  private static func walk(_ value: Any, _ path: String = "", _ visit: (Any, String) -> Void) {
    visit(value, path)
    if let object = value as? [String: Any] {
      for (name, value) in object { walk(value, "\(path)/\(name)", visit) }
    } else if let list = value as? [Any] {
      for (index, value) in list.enumerated() { walk(value, "\(path)/\(index)", visit) }
    }
  }

  @Test func everyMediaTypeHasASchema() throws {
    var count = 0
    Self.walk(try Self.document()) { value, path in
      guard path.hasSuffix("/content"), let types = value as? [String: Any] else { return }
      for (type, media) in types {
        count += 1
        #expect((media as? [String: Any])?["schema"] != nil, "\(path): \(type)")
        #expect(type != "*/*", "\(path)")
      }
      // Programs that are made from the document expect one form of each answer.
      if path.contains("/responses/") { #expect(types.count == 1, "\(path): \(types.keys)") }
    }
    #expect(count > 100)
  }

  @Test func everyReferenceLeadsSomewhere() throws {
    let document = try Self.document()
    Self.walk(document) { value, path in
      guard path.hasSuffix("/$ref"), let reference = value as? String else { return }
      let target = reference.split(separator: "/").dropFirst().reduce(document as Any?) { value, name in
        (value as? [String: Any])?[String(name)]
      }
      #expect(target != nil, "\(path): \(reference)")
    }
  }

  /// What is added to an answer later breaks no client; what a request says and nobody knows is refused.
  @Test func answersAreOpenAndRequestsClosed() throws {
    let document = try Self.document()
    let components = document["components"] as? [String: Any]
    let schemas = try #require(components?["schemas"] as? [String: [String: Any]])
    let requests = Set(try TestServer().server.routes.compactMap { $0.operation?.requestName })
    #expect(requests.isSuperset(of: ["TickRequest", "PlanRequest", "AddShopRequest", "TickManyRequest"]))
    for (name, schema) in schemas {
      let isClosed = schema["additionalProperties"] as? Bool == false
      #expect(isClosed == requests.contains(name), "\(name)")
      #expect(schema["description"] != nil, "\(name)")
    }
  }

  /// Programs that are made from the document call a schema without a name State2, or refuse it.
  @Test func everyObjectAndEnumerationOfAnAnswerHasAName() throws {
    for (name, schema) in APIDocument.schemas {
      Self.walk(schema) { value, path in
        guard !path.isEmpty, let schema = value as? [String: Any] else { return }
        #expect(schema["enum"] == nil, "\(name)\(path)")
        #expect(schema["properties"] == nil || path.hasSuffix("/properties"), "\(name)\(path)")
      }
    }
  }

  @Test func whatIsCountedIsAnInteger() throws {
    for name in ["run", "link", "token"] {
      let parameter = try #require(PathParameter.all(of: "/x/{\(name)}").first)
      #expect((parameter["schema"] as? [String: Any])?["type"] as? String == "integer")
    }
  }

  @Test func everyTagAndServerIsDescribed() throws {
    let document = try Self.document()
    let tags = try #require(document["tags"] as? [[String: Any]])
    for tag in tags { #expect(tag["description"] as? String != "", "\(tag)") }
    let used = Set(try TestServer().server.routes.filter { $0.operation != nil }.map(\.tag))
    #expect(Set(tags.compactMap { $0["name"] as? String }) == used)
    #expect((document["servers"] as? [[String: Any]])?.first?["url"] as? String == "/")
    let named = APIDocument.document(for: [], publicURL: "https://shops.example.cn")
    #expect((named["servers"] as? [[String: Any]])?.first?["url"] as? String == "https://shops.example.cn")
  }

  @Test func everyPathParameterIsDescribed() throws {
    for route in try TestServer().server.routes where route.operation != nil {
      let names = route.path.split(separator: "/").filter { $0.hasPrefix("{") }
      #expect(PathParameter.all(of: route.path).count == names.count, "\(route.path)")
    }
  }
}

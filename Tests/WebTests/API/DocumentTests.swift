import Foundation
import HTTPTypes
import Testing

@testable import Web

/// That the document and the routes say the same.
struct DocumentTests {
  @Test func everyRouteOfTheAPIHasAnOperation() throws {
    let world = try WebWorld()
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
    let world = try WebWorld()
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

  @Test func everyShapeThatIsNamedIsThere() throws {
    let world = try WebWorld()
    let text = String(decoding: APIDocument.text(for: world.server.routes), as: UTF8.self)
    let named = text.matches(of: /#\/components\/schemas\/([A-Za-z]+)/).map { String($0.output.1) }
    for name in Set(named) { #expect(APIDocument.schemas[name] != nil, "\(name)") }
  }

  @Test func everyPathParameterIsDescribed() throws {
    for route in try WebWorld().server.routes where route.operation != nil {
      let names = route.path.split(separator: "/").filter { $0.hasPrefix("{") }
      #expect(PathParameter.all(of: route.path).count == names.count, "\(route.path)")
    }
  }
}

import HTTPTypes
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// HEAD and OPTIONS, which no route names.
struct MethodTests {
  @Test(arguments: [
    "/", "/shops", "/shops/s-1", "/shops/s-1/", "/nosuch", "/sign-in", "/healthz", "/api", "/api/v1/shops",
    "/api/v1/shops/s-1", "/api/v1/nosuch", "/shops/s-1/archive",
  ])
  func headIsAnsweredAsGetWithoutTheBody(path: String) async throws {
    let world = try TestServer()
    _ = try world.user.add("s-1")
    for caller in [TestServer.Caller.stranger, try world.addUser("Root", .admin)] {
      let get = try await world.ask(.get, path, as: caller)
      let head = try await world.ask(.head, path, as: caller)
      #expect(head.status == get.status)
      #expect(head.body.readableBytes == 0)
      for name in [HTTPField.Name.contentType, .location, .allow, .cacheControl] {
        #expect(head.headers[name] == get.headers[name], "\(name)")
      }
      // A problem names its request, and later requests may have longer names.
      let (name, other) = try (#require(get.headers[.requestID]), #require(head.headers[.requestID]))
      let longer = get.text.ranges(of: name).count * (other.utf8.count - name.utf8.count)
      let length = get.headers[.contentLength].flatMap { Int($0) }
      #expect(head.headers[.contentLength].flatMap { Int($0) } == length.map { $0 + longer })
    }
  }

  /// Also where another site asks: it is told which methods there are, and nothing that lets it use them.
  @Test func optionsNamesTheMethods() async throws {
    let world = try TestServer()
    let answer = try await world.ask(
      .options, "/sign-in", as: .stranger,
      headers: [.origin: "https://evil.example", .secFetchSite: "cross-site"])
    #expect(answer.status == .noContent)
    #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS, POST")
    #expect(!answer.headers.contains { $0.name.canonicalName.hasPrefix("access-control") })
    #expect(try await world.ask(.options, "/nosuch", as: .stranger).status == .notFound)
  }

  @Test func whatIsAllowedIsWhatTheDocumentDeclares() async throws {
    let world = try TestServer()
    let document = APIDocument.document(for: world.server.routes, publicURL: nil)
    let paths = try #require(document["paths"] as? [String: [String: Any]])
    #expect(paths.count > 50)
    for (path, methods) in paths {
      let address = path.replacing(/\{[a-z0-9]+\}/, with: "1")
      let allow = try await world.ask(.options, address, as: .stranger).headers[.allow]
      let declared = Set(methods.keys.map { $0.uppercased() })
      let beside = ["OPTIONS"] + (declared.contains("GET") ? ["HEAD"] : [])
      #expect(allow == declared.union(beside).sorted().joined(separator: ", "), "\(path)")
    }
  }
}

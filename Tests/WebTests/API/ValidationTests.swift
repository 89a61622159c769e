import Domain
import HTTPTypes
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// That nothing is taken which the document doesn't declare.
struct ValidationTests {
  private func world() throws -> TestServer {
    let world = try TestServer.open()
    try world.user.add("s-1")
    try world.user.start("s-1", "after", at: .switched)
    return world
  }

  @Test(arguments: [
    #"{"nothing": "x"}"#, #"{"note": 5}"#, #"{"note": ["x"]}"#, #"{"note": null}"#, #"{"run": "1"}"#,
    #"{"run": 0}"#, #"{"run": 1.5}"#, #"{"run": 1e-1}"#, #"{"run": true}"#, #"{"nothing": 1.5}"#,
    #"{"run": 99999999999999999999}"#, #"{"at": "tomorrow"}"#, #"{"at": 5}"#,
    #"{"file": "abc"}"#, #"{"link": {"url": "x"}}"#,
  ])
  func refusesFieldsThatAreNotDeclared(body: String) async throws {
    let world = try world()
    let answer = try await world.call(
      .post, "/shops/s-1/items/rebind-store/tick", headers: [.contentType: "application/json"], body: body)
    #expect(answer.status == 422)
    #expect(try await world.call(.get, "/shops/s-1/history").list("events").count == 2)
  }

  @Test(arguments: ["[]", "5", "{", #"{"note": "x"} x"#, #"{"note": 1.5e"#, "\"x\"", "nul"])
  func refusesWhatIsNoObject(body: String) async throws {
    let answer = try await world().call(
      .post, "/shops/s-1/items/rebind-store/tick", headers: [.contentType: "application/json"], body: body)
    #expect([400, 422].contains(answer.status))
  }

  @Test func refusesOtherMediaTypes() async throws {
    let answer = try await world().call(
      .post, "/shops/s-1/items/rebind-store/tick",
      headers: [.contentType: "application/x-www-form-urlencoded"], body: "note=x")
    #expect(answer.status == 415)
  }

  @Test func refusesBodiesThatAreTooLarge() async throws {
    let note = String(repeating: "x", count: 300_000)
    let answer = try await world().call(.post, "/shops/s-1/items/rebind-store/note", ["note": note])
    #expect(answer.status == 413)
  }

  @Test(arguments: [
    "?nothing=1", "?limit=0", "?limit=201", "?limit=x", "?state=odd", "?order=odd", "?after=odd",
    "?limit=1&limit=2",
  ])
  func refusesQueriesThatAreNotDeclared(query: String) async throws {
    #expect(try await world().call(.get, "/shops\(query)").status == 422)
  }

  @Test func refusesBrokenEscapes() async throws {
    #expect(try await world().call(.get, "/shops?q=%E4%ZZ").status == 400)
  }

  @Test func namesTheFieldThatMayHaveBeenMeant() async throws {
    let answer = try await world().call(.post, "/shops/s-1/items/rebind-store/tick", ["notes": "x"])
    #expect(answer.json["detail"] as? String == "notes: isn't known here; did you mean 'note'?")
  }

  /// Whoever writes a program mends all at once, not one after the other.
  @Test func namesEverythingThatIsWrongAtOnce() async throws {
    let world = try world()
    let body = try await world.call(
      .post, "/shops/s-1/items/rebind-store/skip", headers: [.contentType: "application/json"],
      body: #"{"run": "x", "at": 5, "notes": {"a": [1.5]}}"#)
    #expect(body.status == 422 && body.problem == "invalid-field")
    #expect(body.wrongFields == ["run", "at", "notes", "reason"])
    let query = try await world.call(.get, "/shops?limit=0&odd=1&order=x")
    #expect(query.status == 422)
    #expect(query.wrongFields == ["odd", "order", "limit"])
    #expect(try await world.call(.get, "/shops?limit=0").wrongFields == ["limit"])
  }

  @Test(arguments: ["1", "1.0", "1e0", "10e-1", "0.1E+1", "1.000e0"])
  func aWholeNumberIsOneHoweverItIsWritten(number: String) async throws {
    let answer = try await world().call(
      .post, "/shops/s-1/items/rebind-store/tick", headers: [.contentType: "application/json"],
      body: "{\"run\": \(number)}")
    #expect(answer.status == 200)
  }

  @Test func takesAnEmptyBodyWhereNothingHasToBeSaid() async throws {
    #expect(try await world().call(.post, "/shops/s-1/items/rebind-store/tick").status == 200)
  }

  @Test func refusesARequestWithoutTheFileThatItIsAbout() async throws {
    let world = try world()
    let answer = try await world.call(.post, "/lint")
    #expect(answer.status == 422)
    #expect(answer.wrongFields == ["body"])
    let empty = try await world.call(.post, "/lint", headers: [.contentType: "application/yaml"], body: "")
    #expect(empty.status == 200)
  }

  @Test func answersOtherMethodsWith405() async throws {
    let answer = try await world().call(.delete, "/shops/s-1")
    #expect(answer.status == 405)
    #expect(answer.headers[.allow] == "GET, HEAD, OPTIONS, PATCH")
  }
}

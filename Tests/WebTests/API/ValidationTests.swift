import Domain
import HTTPTypes
import TestSupport
import Testing

@testable import Web

/// That nothing is taken which the document doesn't declare.
struct ValidationTests {
  private func world() throws -> WebWorld {
    let world = try WebWorld.open()
    try world.user.add("s-1")
    try world.user.start("s-1", "after", at: .switched)
    return world
  }

  @Test(arguments: [
    #"{"nothing": "x"}"#, #"{"note": 5}"#, #"{"note": ["x"]}"#, #"{"note": null}"#, #"{"run": "1"}"#,
    #"{"run": 0}"#, #"{"run": 99999999999999999999}"#, #"{"at": "tomorrow"}"#, #"{"at": 5}"#,
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
    #expect(answer.json["detail"] as? String == "'notes' isn't known here; did you mean 'note'?")
  }

  @Test func takesAnEmptyBodyWhereNothingHasToBeSaid() async throws {
    #expect(try await world().call(.post, "/shops/s-1/items/rebind-store/tick").status == 200)
  }

  @Test func answersOtherMethodsWith405() async throws {
    let answer = try await world().call(.delete, "/shops/s-1")
    #expect(answer.status == 405)
    #expect(answer.headers[.allow] == "GET, HEAD, PATCH")
  }
}

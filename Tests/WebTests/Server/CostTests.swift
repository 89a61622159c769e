import Domain
import Formats
import HTTPTypes
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// That no request costs more than its size, whoever sends it.
struct CostTests {
  /// Quadratic, 30 KB of these take seconds, and 120 KB most of a minute.
  private static let marks = "a" + String(repeating: "\u{301}\u{323}\u{327}", count: 40_000)
  /// What takes as long as its size takes a few milliseconds, and the quickest of three attempts not much more on a
  /// machine with much else to do; what is quadratic takes longer than this each time.
  private static let bound = Duration.seconds(10)

  private func isQuick(_ body: () async throws -> Void) async throws {
    var taken: [Duration] = []
    for _ in 0..<3 { taken.append(try await ContinuousClock().measure { try await body() }) }
    #expect(try #require(taken.min()) < Self.bound)
  }

  @Test(arguments: ["name", "password"]) func signingInWithNothingButMarks(field: String) async throws {
    let world = try TestServer()
    _ = try world.addUser("root1", .admin)
    let texts = ["name": "root1", "password": "three plain words"].merging([field: Self.marks]) { $1 }
    let body = texts.map { "\($0)=\(RequestPipeline.escaped($1))" }.joined(separator: "&")
    try await isQuick {
      let answer = try await world.ask(
        .post, "/sign-in", headers: [.contentType: "application/x-www-form-urlencoded"],
        body: Array(body.utf8))
      #expect((400..<500).contains(answer.status.code))
    }
  }

  @Test func fieldsOfNothingButMarks() async throws {
    let escaped = RequestPipeline.escaped(Self.marks)
    try await isQuick {
      for text in ["\(escaped)=1", "a=\(escaped)", "a=1&\(escaped)=2&\(escaped)=3"] {
        #expect(throws: Problem.self) { try FormFields(encoded: text) }
      }
      for text in [#"{"\#(Self.marks)": "a"}"#, #"{"a": "\#(Self.marks)"}"#, #"{"a": ["\#(Self.marks)"]}"#] {
        #expect(throws: Problem.self) { try FormFields(json: Array(text.utf8)) }
      }
      let head = "--x\r\nContent-Disposition: form-data; name="
      for text in [
        "\(head)a; filename=\(Self.marks)\r\n\r\n1", "\(head)a\r\n\r\n\(Self.marks.prefix(1))\(Self.marks)",
      ] {
        #expect(throws: Problem.self) {
          try FormFields(multipart: Array("\(text)\r\n--x--".utf8), boundary: "x")
        }
      }
    }
  }

  @Test func bodiesOfTheAPI() async throws {
    let world = try TestServer.open()
    try world.user.add("s-1")
    try world.user.start("s-1", "after", at: .switched)
    try await isQuick {
      // Put together by hand: a dictionary would hash the name.
      for body in [#"{"note": "\#(Self.marks)"}"#, #"{"\#(Self.marks)": "a"}"#] {
        let status = try await world.call(
          .post, "/shops/s-1/items/rebind-store/note", headers: [.contentType: "application/json"], body: body
        ).status
        #expect(status == 422)
      }
    }
  }

  @Test func pathsAndHeaders() async throws {
    let world = try TestServer.open()
    let short = String(Self.marks.unicodeScalars.prefix(5000))
    try await isQuick {
      let path = RequestPipeline.escaped(short)
      for uri in ["/shops/\(path)", "/l/\(path)", "/api/v1/shops/\(path)/status", "/\(path)"] {
        let status = try await world.ask(.get, uri).status.code
        #expect((400..<500).contains(status))
      }
      for name in [HTTPField.Name.acceptLanguage, .cookie, .contentType, .acceptEncoding, .ifNoneMatch] {
        let status = try await world.ask(.get, "/", headers: [name: short]).status
        #expect(status == .badRequest)
      }
    }
  }

  @Test func refusesMoreFieldsThanARequestHas() throws {
    #expect(try FormFields(encoded: "a&b", most: 2).texts.count == 2)
    for read in [
      { try FormFields(encoded: "a&b&c", most: 2) },
      { try FormFields(json: Array(#"{"a": 1, "b": 2, "c": 3}"#.utf8), most: 2) },
    ] as [() throws -> FormFields] {
      let problem = #expect(throws: Problem.self) { _ = try read() }
      #expect(problem?.status == .contentTooLarge)
      #expect(problem?.code == .tooManyFields)
    }
  }
}

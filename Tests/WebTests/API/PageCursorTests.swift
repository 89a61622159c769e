import Domain
import Formats
import Operations
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

/// What says where a page ended comes back from whoever likes to change it.
struct PageCursorTests {
  private static let shops: [String] = [
    ["k9223372036854775807", "s"], ["k-9223372036854775808", "s"], ["k9223372036854775", "s"],
    ["k253402300800", "s"], ["k1e3", "s"], ["k+1", "s"], ["k", "s"], ["", "s"], ["n1", "s"], ["n", ""],
    ["n", "a/b"], ["n", "e\u{301}"], ["n"], ["k1"],
  ].map(PageCursor.text)

  private static let overdue: [String] = [
    ["9223372036854775807", "1", "1", "s"], ["-9223372036854775808", "1", "1", "s"],
    ["9223372036854775", "1", "1", "s"], ["0", "9223372036854775807", "1", "s"], ["0", "1", "-1", "s"],
    ["0", "1", "1000000000", "s"], ["0", "1", "1", ""], ["0", "1", "1", "a b"], ["0", "1", "1"],
  ].map(PageCursor.text)

  @Test(arguments: shops) func aPageOfShopsGaveNoSuchPlace(cursor: String) async throws {
    let world = try TestServer.open()
    let answer = try await world.call(.get, "/shops?after=\(cursor)")
    #expect(answer.status == 422)
    #expect(answer.problem == "invalid-field")
    #expect(try await world.ask(.get, "/shops?after=\(cursor)").status == .unprocessableContent)
  }

  @Test(arguments: overdue) func aPageOfWhatIsOverdueGaveNoSuchPlace(cursor: String) async throws {
    let world = try TestServer.open()
    #expect(try await world.call(.get, "/overdue?after=\(cursor)").status == 422)
    #expect(try await world.ask(.get, "/overdue?after=\(cursor)").status == .unprocessableContent)
  }

  @Test(arguments: [
    DeskPosition(key: "0", shop: "s"), DeskPosition(key: "\(Moment.possible.upperBound)", shop: "店铺-1"),
    DeskPosition(key: "\(Moment.possible.lowerBound)", shop: "s"), DeskPosition(key: nil, shop: "s"),
  ]) func aPlaceComesBack(position: DeskPosition) throws {
    #expect(try DeskPosition(cursor: position.cursor, of: .due) == position)
  }

  @Test func aPlaceIsOneOfItsOrder() throws {
    let named = DeskPosition(key: "店铺", shop: "s").cursor
    #expect(throws: Problem.self) { try DeskPosition(cursor: named, of: .due) }
    let few = DeskPosition(key: "12", shop: "s")
    #expect(try DeskPosition(cursor: few.cursor, of: .outstanding) == few)
    #expect(try DeskPosition(cursor: few.cursor, of: .name) == few)
    #expect(throws: Problem.self) { try DeskPosition(cursor: few.cursor, of: .id) }
    let negative = DeskPosition(key: "-1", shop: "s").cursor
    #expect(throws: Problem.self) { try DeskPosition(cursor: negative, of: .outstanding) }
    let unnamed = DeskPosition(key: nil, shop: "s")
    #expect(throws: Problem.self) { try DeskPosition(cursor: unnamed.cursor, of: .outstanding) }
    #expect(try DeskPosition(cursor: unnamed.cursor, of: .id) == unnamed)
  }
}

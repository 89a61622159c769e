import Domain
import TestSupport
import Testing

@Suite struct SuggestionsTests {
  private static let ids = ["rebind-store", "rotate-password", "back-up-data", "notify-customers"]

  @Test(arguments: [
    ("rebind-stor", ["rebind-store"]), ("rebnid-store", ["rebind-store"]), ("REBIND-STORE", ["rebind-store"]),
    ("rotate-pasword", ["rotate-password"]), ("backup-data", ["back-up-data"]), ("", []), ("x", []),
    ("something-else", []),
  ])
  func findsWhatWasMeant(_ text: String, _ nearest: [String]) {
    #expect(Suggestions.to(text, among: Self.ids) == nearest)
    #expect(Suggestions.one(to: text, among: Self.ids) == nearest.first)
  }

  @Test func theNearestComesFirstAndThreeAtMost() {
    #expect(
      Suggestions.to("shop-ab", among: ["shop-xy", "shop-cb", "shop-ba", "shop-a", "shop-abc"])
        == ["shop-a", "shop-abc", "shop-ba"])
  }

  @Test func anotherNumberIsAnotherThingUnlessThereIsOnlyOne() {
    #expect(Suggestions.to("s-001", among: ["s-002", "s-010"]) == [])
    #expect(Suggestions.to("s-001", among: ["s-002", "s001"]) == ["s001"])
    #expect(Suggestions.to("s-001", among: ["s-002", "north-9"]) == ["s-002"])
    #expect(Suggestions.to("S-001", among: ["s-001", "s-002"]) == ["s-001"])
  }

  @Test func ofEquallyNearOnesTheFirstIsMeant() {
    #expect(Suggestions.one(to: "s-001", among: ["s-003", "s-002"]) == "s-003")
    #expect(Suggestions.one(to: "s-001", among: ["s-003", "S-001", "s-001"]) == "S-001")
  }

  @Test(arguments: [
    ("ab", "ba", true), ("a", "b", false), ("ab", "a", true), ("abc", "xyz", false), ("店铺", "店铺一", true),
    ("kitten", "sitting", false), ("kitten", "sittin", true), ("ca", "abc", false),
  ])
  func twoOfThreeCharactersAgree(_ left: String, _ right: String, _ isNear: Bool) {
    #expect((Suggestions.one(to: left, among: [right]) != nil) == isNear)
    #expect((Suggestions.one(to: right, among: [left]) != nil) == isNear)
  }

  @Test func longTextsCostLittle() {
    let long = String(repeating: "x", count: 1_000_000)
    #expect(Suggestions.to(long, among: [long + "y", "x"]) == [long + "y"])
  }

  /// What `to` finds is what looking at all distances finds.
  @Test(arguments: Seeds.first(4)) func agreesWithTheDistanceByItsDefinition(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func word() -> String { String((0..<random.number(0...6)).map { _ in random.one(of: ["a", "b", "c"]) }) }
    for _ in 0..<25 {
      let text = word()
      let candidates = Array(Set((0..<8).map { _ in word() })).sorted()
      let near = candidates.compactMap { candidate -> (Int, String)? in
        let distance = Self.distance(Array(text)[...], Array(candidate)[...])
        let length = max(text.count, candidate.count)
        return distance <= max(length > 1 ? 1 : 0, length / 3) ? (distance, candidate) : nil
      }
      // What is a single slip away was meant, and nothing else.
      let best = near.map(\.0).min() ?? 0
      let meant = near.filter { best > 1 || $0.0 == best }
      let expected = meant.sorted { $0 < $1 }.prefix(3).map(\.1)
      #expect(Suggestions.to(text, among: candidates) == expected, "\(text) among \(candidates)")
    }
  }

  private static func distance(_ left: ArraySlice<Character>, _ right: ArraySlice<Character>) -> Int {
    guard let a = left.last, let b = right.last else { return left.count + right.count }
    let (shorter, other) = (left.dropLast(), right.dropLast())
    var best = min(distance(shorter, right), distance(left, other)) + 1
    best = min(best, distance(shorter, other) + (a == b ? 0 : 1))
    if shorter.last == b, other.last == a {
      best = min(best, distance(shorter.dropLast(), other.dropLast()) + 1)
    }
    return best
  }
}

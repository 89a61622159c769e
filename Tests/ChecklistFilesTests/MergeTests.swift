import Domain
import Testing

@Suite("Keys taken over with <<")
struct MergeTests {
  @Test("explicit keys win, wherever << stands")
  func explicitKeys() throws {
    let items = try items(
      """
        - &base {id: a, title: a, due: 2h, owner: x}
        - {<<: *base, id: b, due: 3h}
        - {id: c, due: 4h, <<: *base}
      """)
    #expect(items.map(\.id.rawValue) == ["a", "b", "c"])
    #expect(items.map { $0.due?.count } == [2, 3, 4])
    #expect(items.map(\.owner) == ["x", "x", "x"])
  }

  @Test("of a list of maps the earlier wins, with all that it takes over itself")
  func lists() throws {
    let items = try items(
      """
        - &far {id: a, title: a, due: 1h, owner: far}
        - &near {<<: *far, id: b, owner: near}
        - &other {id: c, title: c, due: 9h, critical: true}
        - {<<: [*near, *other], id: d}
      """)
    #expect(items[3].owner == "near")
    #expect(items[3].due?.count == 1)
    #expect(items[3].critical)
  }

  @Test("texts take over languages")
  func texts() throws {
    let items = try items(
      """
        - {id: a, title: &t {zh: 甲, en: A}}
        - {id: b, title: {<<: *t, en: B}}
      """)
    #expect(items[1].title(.chinese) == "甲")
    #expect(items[1].title(.english) == "B")
  }

  @Test("aliases stand for values of any kind")
  func aliases() throws {
    let items = try items(
      """
        - {id: &id a, title: &t A, steps: &s [x, y], due: &d 2h}
        - {id: b, title: *t, steps: *s, due: *d, needs: [*id]}
      """)
    #expect(items[1].title(.english) == "A")
    #expect(items[1].steps == items[0].steps)
    #expect(items[1].needs == [ItemID(trusted: "a")])
  }

  @Test("in quotes << is a key like any other")
  func quoted() {
    BrokenText(
      "checklist: a\ntitle: b\n⟦\"<<\": {}\nitems: [{id: a, title: b}]",
      "unknown-key: unknown key '<<'; known here are checklist, title, description, begins, closes, time-zone, calendar, when, items, extends, remove"
    ).check(
      BrokenText("checklist: a\ntitle: b\n⟦\"<<\": {}\nitems: [{id: a, title: b}]").checklistFindings)
  }

  private func items(_ text: String) throws -> [ChecklistItem] {
    try decode("checklist: test\ntitle: Test\nitems:\n" + text).items
  }
}

import Domain
import Testing

/// What can be wrong with a checklist that extends another, each with its place and what is said.
enum BrokenExtensions {
  /// `base` has the items `first`, `second`, which needs it, and `third`, which needs both; `full` has 500.
  static let bases: [Checklist] = [
    Checklist(
      id: ChecklistID(trusted: "base"), title: LocalizedText("Base"),
      items: [item("first"), item("second", ["first"]), item("third", ["first", "second"])]),
    Checklist(
      id: ChecklistID(trusted: "full"), title: LocalizedText("Full"), items: (0..<500).map { item("i\($0)") }
    ),
  ]

  static let cases: [BrokenText] = names + removals + needs + numbers

  private static let names: [BrokenText] = [
    BrokenText(
      "checklist: a\n⟦extend: base\ntitle: b\nitems: [{id: a, title: b}]",
      "unknown-key: unknown key 'extend'; did you mean 'extends'?"),
    BrokenText(
      "⟦checklist: a\nextends: base", "missing-key: the key 'title' is missing; it is required here"),
    .extension("", from: "⟦bsae", "unknown-checklist: unknown checklist 'bsae'; did you mean 'base'?"),
    .extension(
      "", from: "⟦quite-another",
      "unknown-checklist: unknown checklist 'quite-another'; no file of this folder that can be read has this id"
    ),
    .extension(
      "", from: "⟦test",
      "extends-cycle: these checklists extend each other, and none has items to begin with: test → test"),
    .extension(
      "", from: "⟦Base",
      "bad-id: 'Base' is not an id: it has lower-case letters, digits and '-', at most 64, and doesn't begin with '-'; did you mean 'base'?"
    ),
    .extension("", from: "⟦[base]", "wrong-type: 'extends' must be an id, not a list"),
    .extension(
      "items: ⟦[]",
      "no-items: 'items' is empty; fill it, or leave the key out to take over the items of 'extends' alone"),
  ]

  private static let removals: [BrokenText] = [
    .top(
      "remove: ⟦[x]",
      "remove-without-extends: 'remove' takes out items of the checklist that 'extends' names, and there is no 'extends'; add it, or leave 'remove' out"
    ),
    .extension("remove: ⟦third", "wrong-type: 'remove' must be a list of ids, such as […], not text"),
    .extension(
      "remove: [third, ⟦third]", "~repeated-removal: 'third' is repeated in 'remove'; once is enough"),
    .extension(
      "remove: [⟦thrid, ⟦another-one]", "unknown-removal: 'base' has no item 'thrid'; did you mean 'third'?",
      "unknown-removal: 'base' has no item 'another-one'; 'remove' names items of the extended checklist"),
    .extension(
      "remove: [third]\nitems: [{id: ⟦third, title: x}]",
      "clashing-item: 'third' is both removed and defined in this file, the other place being line 4, column 10; to replace an item, leave it out of 'remove'"
    ),
    .extension(
      "items: [{id: new, title: x}]\nremove: [⟦new]",
      "clashing-item: 'new' is both removed and defined in this file, the other place being line 4, column 14; to replace an item, leave it out of 'remove'"
    ),
    .extension(
      "items: [{id: new, title: x}]\nremove: [⟦new]", from: "⟦nothing",
      "unknown-checklist: unknown checklist 'nothing'; no file of this folder that can be read has this id",
      "clashing-item: 'new' is both removed and defined in this file, the other place being line 4, column 14; to replace an item, leave it out of 'remove'"
    ),
    .extension(
      "remove: [⟦second]",
      "removed-need: 'second' is still needed by 'third'; remove or replace what needs it, or keep it"),
    .extension(
      "remove: [⟦first]",
      "removed-need: 'first' is still needed by 'second' and 1 more; remove or replace what needs it, or keep it"
    ),
    .extension(
      "remove: [second]\nitems:\n  - {id: third, title: x, needs: [first, ⟦second]}",
      "removed-need: 'second' is removed in line 4; keep it there, or don't need it here"),
    .extension(
      "remove: ⟦[first, second, third]",
      "no-items: all items of 'base' are removed, and a checklist has at least one; keep one, or add one"),
  ]

  private static let needs: [BrokenText] = [
    .extension(
      "items: [{id: new, title: x, needs: [⟦secnd, first]}, ⟦{title: x, needs: [⟦quite-another]}]",
      "unknown-need: unknown item 'secnd'; did you mean 'second'?",
      "missing-key: the key 'id' is missing; it is required here",
      "unknown-need: unknown item 'quite-another'; 'needs' names items of this file, or of the one that it extends, by their ids"
    ),
    .extension(
      "items: [{id: first, title: x, needs: [⟦third]}]",
      "need-cycle: these items wait for each other, and none could ever begin: first → third → first"),
    .extension(
      "items: [{id: first, title: x, needs: [new]}, {id: new, title: x, needs: [⟦second]}]",
      "need-cycle: these items wait for each other, and none could ever begin: new → second → first → new"),
    .extension(
      "items: [{id: a, title: x, needs: [b]}, {id: b, title: x, needs: [⟦a, ⟦b]}]", from: "⟦nothing",
      "unknown-checklist: unknown checklist 'nothing'; no file of this folder that can be read has this id",
      "need-cycle: these items wait for each other, and none could ever begin: b → a → b",
      "self-need: 'b' needs itself, and could never be done; take it out"),
    .extension(
      "items: [{id: first, title: x}, {id: ⟦first, title: y}]",
      "repeated-item: the item id 'first' is used twice; it stands first in line 4, column 14"),
  ]

  private static let numbers: [BrokenText] = [
    .extension(
      "items:\n  - {id: i7, title: x}\n  - ⟦{id: new, title: x}\n  - {id: more, title: x}", from: "full",
      "too-many-items: with those of 'full' there are 502 items, but a checklist has at most 500; split it from here on"
    ),
    .extension("remove: [i8]\nitems: [{id: new, title: x}]", from: "full"),
  ]

  private static func item(_ id: String, _ needs: [String] = []) -> ChecklistItem {
    ChecklistItem(
      id: ItemID(trusted: id), title: LocalizedText(id), needs: needs.map { ItemID(trusted: $0) })
  }
}

extension BrokenText {
  /// A checklist that extends another, with these lines after that.
  fileprivate static func `extension`(
    _ lines: String, from base: String = "base", _ findings: String...
  ) -> BrokenText {
    BrokenText("checklist: test\ntitle: Test\nextends: \(base)\n" + lines + "\n", findings)
  }
}

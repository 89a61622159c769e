import Testing

/// What can be wrong with a checklist as a whole, each with its place and what is said.
enum BrokenChecklists {
  static let cases: [BrokenText] = keys + values + items + cycles + yaml + BrokenItems.cases

  private static let keys: [BrokenText] = [
    BrokenText("⟦[a, b]", "wrong-type: a checklist is a map that begins with 'checklist: …', not a list"),
    BrokenText("⟦hello", "wrong-type: a checklist is a map that begins with 'checklist: …', not text"),
    BrokenText("---\n⟦", "wrong-type: a checklist is a map that begins with 'checklist: …', not empty"),
    BrokenText(
      "# c\n⟦⟦⟦{}",
      "missing-key: the key 'checklist' is missing; it is required here",
      "missing-key: the key 'title' is missing; it is required here",
      "missing-key: the key 'items' is missing; it is required here"),
    .top("⟦titel: x", "unknown-key: unknown key 'titel'; did you mean 'title'?"),
    .top("⟦title: x", "repeated-key: the key 'title' is repeated; it has a value already in line 2"),
    .top(
      "⟦x-notes: {a: 1, ⟦a: 2}",
      "unknown-key: unknown key 'x-notes'; known here are checklist, title, description, begins, closes, time-zone, calendar, when, items, extends, remove",
      "repeated-key: the key 'a' is repeated; it has a value already in line 3"),
  ]

  private static let values: [BrokenText] = [
    BrokenText(
      "checklist: ⟦My_List\ntitle: a\nitems: [{id: a, title: b}]",
      "bad-id: 'My_List' is not an id: it has lower-case letters, digits and '-', at most 64, and doesn't begin with '-'; did you mean 'my-list'?"
    ),
    BrokenText(
      "checklist: ⟦换绑\ntitle: a\nitems: [{id: a, title: b}]",
      "bad-id: '换绑' is not an id: it has lower-case letters, digits and '-', at most 64, and doesn't begin with '-'"
    ),
    BrokenText(
      "checklist: a\ntitle: ⟦|\n  a\n  b\nitems: [{id: a, title: b}]",
      "several-lines: 'title' must stand on one line; put the rest elsewhere"),
    .top("begins: ⟦rebond", "unknown-milestone: unknown milestone 'rebond'; did you mean 'rebound'?"),
    .top(
      "begins: ⟦later",
      "unknown-milestone: unknown milestone 'later'; known are planned, unbound, cooled, rebound"),
    .top(
      "begins: planned\ncloses: ⟦rebond",
      "unknown-milestone: unknown milestone 'rebond'; did you mean 'rebound'?"),
    .top(
      "begins: planned\ncloses: ⟦cooled",
      "unknown-milestone: unknown milestone 'cooled'; known are unbound, rebound"),
    .top(
      "closes: ⟦unbound",
      "closes-before-it-begins: its runs are closed at 'unbound', which doesn't come after 'rebound', where they begin; leave 'closes' out, or let them begin earlier"
    ),
    .top(
      "closes: unbound\nbegins: ⟦cooled",
      "closes-before-it-begins: its runs are closed at 'unbound', which doesn't come after 'cooled', where they begin; write rebound"
    ),
    .top(
      "begins: planned\ncloses: ⟦planned",
      "closes-before-it-begins: its runs are closed at 'planned', which doesn't come after 'planned', where they begin; write unbound or rebound"
    ),
    .top(
      "time-zone: ⟦Asia/Shangai",
      "unknown-time-zone: unknown time zone 'Asia/Shangai'; did you mean 'Asia/Shanghai'?"),
    .top("time-zone: ⟦GMT+8", "unknown-time-zone: unknown time zone 'GMT+8'; did you mean 'Asia/Shanghai'?"),
    .top("time-zone: ⟦CST", "unknown-time-zone: unknown time zone 'CST'; did you mean 'Asia/Shanghai'?"),
    .top("time-zone: ⟦EST", "unknown-time-zone: unknown time zone 'EST'; did you mean 'America/New_York'?"),
    .top(
      "time-zone: ⟦Mars/Olympus_Mons",
      "unknown-time-zone: unknown time zone 'Mars/Olympus_Mons'; write an IANA name, such as Asia/Shanghai"),
    .top("calendar: ⟦cm", "unknown-calendar: unknown calendar 'cm'; did you mean 'cn'?"),
    .top(
      "calendar: ⟦../secret",
      "unknown-calendar: unknown calendar '../secret'; there is no file calendars/../secret.yaml"),
    .top("when: {⟦tags: a}", "unknown-key: unknown key 'tags'; did you mean 'tag'?"),
    .top("<<: ⟦x", "bad-merge: '<<' takes over the keys of a map, or of a list of maps, not of text"),
    .top(
      "<<: [{}, ⟦[]]", "bad-merge: '<<' takes over the keys of a map, or of a list of maps, not of a list"),
  ]

  private static let items: [BrokenText] = [
    BrokenText(
      "checklist: a\ntitle: b\nitems: ⟦[]", "no-items: 'items' is empty; a checklist has at least one item"),
    BrokenText(
      "checklist: a\ntitle: b\nitems: ⟦{id: a}",
      "wrong-type: 'items' must be a list of items, not a map"),
    BrokenText("checklist: a\ntitle: b\nitems:⟦", "wrong-type: 'items' must be a list of items, not empty"),
    BrokenText(
      "checklist: a\ntitle: b\nitems: [⟦x, {id: a, title: b}]",
      "wrong-type: an item is a map that begins with 'id: …', not text"),
    BrokenText(
      "checklist: a\ntitle: b\nitems:\n  - ⟦title: x\n  - ⟦id: y\n",
      "missing-key: the key 'id' is missing; it is required here",
      "missing-key: the key 'title' is missing; it is required here"),
    BrokenText(
      "checklist: a\ntitle: b\nitems:\n  - {id: x, title: x}\n  - {id: ⟦x, title: y}\n  - {id: ⟦x, title: z}\n",
      "repeated-item: the item id 'x' is used twice; it stands first in line 4, column 10",
      "repeated-item: the item id 'x' is used twice; it stands first in line 4, column 10"),
  ]

  private static let cycles: [BrokenText] = [
    BrokenText(
      """
      checklist: a
      title: b
      items:
        - {id: a, title: a, needs: [b]}
        - {id: b, title: b, needs: [c]}
        - {id: c, title: c, needs: [d, ⟦a]}
        - {id: d, title: d}
      """, "need-cycle: these items wait for each other, and none could ever begin: c → a → b → c"),
    BrokenText(
      """
      checklist: a
      title: b
      items:
        - {id: a, title: a, needs: [b]}
        - {id: b, title: b, needs: [⟦a]}
        - {id: c, title: c, needs: [⟦c, d]}
        - {id: d, title: d, needs: [⟦c, a]}
      """, "need-cycle: these items wait for each other, and none could ever begin: b → a → b",
      "self-need: 'c' needs itself, and could never be done; take it out",
      "need-cycle: these items wait for each other, and none could ever begin: d → c → d"),
  ]

  private static let yaml: [BrokenText] = [
    BrokenText("⟦# nothing", "no-document: the file is empty; it must hold one document"),
    BrokenText(
      "checklist: a\ntitle: b\nitems: [{id: a, title: b}]\n⟦---\nx: 1\n",
      "second-document: a second document begins here; a file holds just one: move this one to a file of its own"
    ),
    BrokenText(
      "checklist: a\ntitle: [b\n⟦",
      "yaml: ',' or ']' is expected here: the list isn't closed (the list began in line 2, column 8)"),
    BrokenText(
      "title: ⟦*t", "unknown-alias: '*t' stands for nothing; mark what it means with '&t' further up"),
    BrokenText(
      "a: &a [⟦*a]",
      "recursive-alias: '*a' stands inside of what it means, and would have no end; take it out"),
    BrokenText(
      "title: a⟦: b",
      "yaml: a ': ' can't stand here; put text that contains it in quotes, or check the indentation"),
    BrokenText(
      "title: 换绑⟦\u{1B}",
      "control-character: here stands the character U+001B, which can't be seen and isn't allowed; take it out"
    ),
  ]
}

import Testing

/// What can be wrong with a platform's rules, each with its place and what is said.
enum BrokenPlatforms {
  static let cases: [BrokenText] = keys + waits + requirements + texts + dates

  private static let keys: [BrokenText] = [
    BrokenText(
      "⟦⟦{}", "missing-key: the key 'platform' is missing; it is required here",
      "missing-key: the key 'checked' is missing; it is required here"),
    BrokenText("⟦[a]", "wrong-type: a platform is a map that begins with 'platform: …', not a list"),
    BrokenText("⟦# nothing", "no-document: the file is empty; it must hold one document"),
    BrokenText(
      "platform: ⟦taobao\nchecked: 2026-11-20",
      "~wrong-name: this file calls its platform 'taobao', but shops find it by its file's name: write 'douyin', or rename the file to taobao.yaml"
    ),
    BrokenText("platform: ⟦[a]\nchecked: 2026-11-20", "wrong-type: 'platform' must be text, not a list"),
    with("⟦cooldown: {usual: 7d}", "unknown-key: unknown key 'cooldown'; did you mean 'cool-down'?"),
    with(
      "⟦xyzzy: 1",
      "unknown-key: unknown key 'xyzzy'; known here are platform, title, description, time-zone, cool-down, between-switches, requires, texts, checked"
    ),
    with(
      "⟦checked: 2026-11-21", "repeated-key: the key 'checked' is repeated; it has a value already in line 2"),
    with("title: ⟦[a]", "wrong-type: 'title' must be text, or a map such as {zh: …, en: …}, not a list"),
    with("title: ⟦|\n  a\n  b", "several-lines: 'title' must stand on one line; put the rest elsewhere"),
    with(
      "time-zone: ⟦Asia/Shangai",
      "unknown-time-zone: unknown time zone 'Asia/Shangai'; did you mean 'Asia/Shanghai'?"),
  ]

  private static let waits: [BrokenText] = [
    with(
      "cool-down: ⟦7d", "wrong-type: 'cool-down' must be a map, such as {usual: 7d, most: 28d}, not text"),
    with("cool-down: ⟦{most: 28d}", "missing-key: the key 'usual' is missing; it is required here"),
    with("cool-down: {⟦usal: 7d, usual: 7d}", "unknown-key: unknown key 'usal'; did you mean 'usual'?"),
    with(
      "cool-down: {usual: ⟦7, most: ⟦[28d]}",
      "bad-duration: the number 7 has no unit; write m, h, d, w or workdays after it, such as 7h",
      "wrong-type: 'most' must be a duration, such as 2h, not a list"),
    with(
      "cool-down: {usual: 7d, most: ⟦6d}",
      "clashing-cool-down: the most, 6d, is less than the usual 7d; exchange or correct them"),
    with(
      "cool-down: {most: 167h, usual: ⟦1w}",
      "clashing-cool-down: the most, 167h, is less than the usual 1w; exchange or correct them"),
    with(
      "cool-down: {usual: ⟦2 workdays}\nbetween-switches: ⟦30 workdays",
      "bad-duration: workdays can't stand here: a platform's rules count elapsed time or days, such as 7d",
      "bad-duration: workdays can't stand here: a platform's rules count elapsed time or days, such as 7d"),
    with(
      "between-switches: ⟦30d 18:00",
      "bad-duration: a time of day can't stand here; write only how long, such as 7d"),
    with(
      "between-switches: ⟦30d before",
      "bad-duration: 'before' can't stand here: 'between-switches' counts on from a change of the account"),
  ]

  private static let requirements: [BrokenText] = [
    with("requires: ⟦registered", "wrong-type: 'requires' must be a list of ids, such as […], not text"),
    with(
      "requires: [⟦Registered]",
      "bad-id: 'Registered' is not an id: it has lower-case letters, digits and '-', at most 64, and doesn't begin with '-'; did you mean 'registered'?"
    ),
    with("requires: [a, ⟦a]", "~repeated-requirement: 'a' is repeated in 'requires'; once is enough"),
    with(
      "requires: [⟦cool-down]",
      "clashing-requirement: 'cool-down' is the name of a rule already; give the requirement another"),
  ]

  private static let texts: [BrokenText] = [
    with(
      "texts: ⟦x",
      "wrong-type: 'texts' must be a map from the names of rules to texts, such as {cool-down: …}, not text"),
    with("texts: {⟦cooldown: x}", "unknown-rule: unknown rule 'cooldown'; did you mean 'cool-down'?"),
    with(
      "requires: [registered]\ntexts: {⟦xyzzy: x, ⟦regstered: y}",
      "unknown-rule: unknown rule 'xyzzy'; known here are cool-down, between-switches, requires, registered",
      "unknown-rule: unknown rule 'regstered'; did you mean 'registered'?"),
    with(
      "texts: {cool-down: x, ⟦cool-down: y}",
      "repeated-key: the key 'cool-down' is repeated; it has a value already in line 3"),
    with("texts: {cool-down: {en: ⟦[x]}}", "wrong-type: 'texts.cool-down.en' must be text, not a list"),
    with(
      "requires: [⟦A b]\ntexts: {a-b: x}",
      "bad-id: 'A b' is not an id: it has lower-case letters, digits and '-', at most 64, and doesn't begin with '-'; did you mean 'a-b'?"
    ),
  ]

  private static let dates: [BrokenText] = [
    BrokenText(
      "platform: douyin\nchecked: ⟦2026-02-30",
      "bad-date: '2026-02-30' is not a date; write year, month and day, such as 2026-10-01"),
    BrokenText("platform: douyin\nchecked: ⟦{}", "wrong-type: 'checked' must be text, not a map"),
    BrokenText(
      "platform: douyin\nchecked: ⟦2026-11-26",
      "~future-check: 2026-11-26 is still to come; 'checked' is the day on which somebody looked at the platform's page"
    ),
    BrokenText("platform: douyin\nchecked: 2026-11-25"),
    BrokenText("platform: douyin\nchecked: 2026-05-28"),
    BrokenText(
      "platform: douyin\nchecked: ⟦2026-05-27",
      "~old-check: these rules were compared with the platform's page 181 days ago; look at the page again, correct what has changed, and set 'checked' to today"
    ),
  ]

  private static func with(_ lines: String, _ findings: String...) -> BrokenText {
    BrokenText("platform: douyin\nchecked: 2026-11-20\n" + lines + "\n", findings)
  }
}

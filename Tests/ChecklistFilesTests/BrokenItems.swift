import Testing

/// What can be wrong with an item, each with its place and what is said.
enum BrokenItems {
  static let cases: [BrokenText] = texts + durations + needs + proofs + conditions

  private static let texts: [BrokenText] = [
    .item("⟦neds: [two]", "unknown-key: unknown key 'neds'; did you mean 'needs'?"),
    .item(
      "⟦换绑: x",
      "unknown-key: unknown key '换绑'; known here are id, title, details, steps, due, owner, critical, needs, when, proof, remind, escalate, stands-for"
    ),
    .item("⟦title: Again", "repeated-key: the key 'title' is repeated; it has a value already in line 5"),
    .item(
      "\"due\": 1h\n⟦due: 1h\n⟦due: 1h",
      "repeated-key: the key 'due' is repeated; it has a value already in line 6",
      "repeated-key: the key 'due' is repeated; it has a value already in line 6"),
    .item("⟦[a]: b", "bad-key: a key must be text, not a list"),
    .item(
      "stands-for: ⟦cooled",
      "unrecorded-milestone: nobody records 'cooled', which comes by itself when the cool-down ends; an item stands for planned, unbound or rebound"
    ),
    .item(
      "stands-for: ⟦unbond", "unknown-milestone: unknown milestone 'unbond'; did you mean 'unbound'?"),
    .item(
      "stands-for: ⟦later",
      "unknown-milestone: unknown milestone 'later'; known are planned, unbound, rebound"),
    .item("stands-for: ⟦[unbound]", "wrong-type: 'stands-for' must be text, not a list"),
    .item("details: ⟦[a]", "wrong-type: 'details' must be text, or a map such as {zh: …, en: …}, not a list"),
    .item(
      "details:⟦",
      "empty-text: 'details' is empty; write a text, or leave the key out where it is optional"),
    .item(
      "details: ⟦\" \"",
      "empty-text: 'details' is empty; write a text, or leave the key out where it is optional"),
    .item(
      "details: {zh: ⟦'', en: x}",
      "empty-text: 'details.zh' is empty; write a text, or leave the key out where it is optional"),
    .item("details: {en: ⟦[x]}", "wrong-type: 'details.en' must be text, not a list"),
    .item(
      "details: {en: x, ⟦en: y}",
      "repeated-key: the key 'en' is repeated; it has a value already in line 6"),
    .item(
      "details: {⟦english language: x}",
      "bad-language: 'english language' is not a language tag; write one such as zh, en or zh-Hant"),
    .item(
      "details: ⟦{}",
      "empty-text: 'details' has no text in any language; write it, such as {zh: …, en: …}"),
    .item(
      "details: ⟦\"a\\e[31mb\"",
      "control-character: 'details' contains the control character U+001B; take it out"),
    .item(
      "details: ⟦\"a\\N\\x7f\"",
      "control-character: 'details' contains the control character U+0085; take it out"),
    .item(
      "details: ⟦\"a\\r\\n\"",
      "control-character: 'details' contains the control character U+000D; take it out"),
    .item("owner: ⟦\"a\\nb\"", "several-lines: 'owner' must stand on one line; put the rest elsewhere"),
    .item("owner: ⟦{zh: 张三}", "wrong-type: 'owner' must be text, not a map"),
    .item(
      "details: ⟦!secret x",
      "unknown-tag: unknown tag '!secret'; leave it out: the place of a value says how it is read"),
    .item(
      "details: ⟦!!binary eA==",
      "unknown-tag: unknown tag '!!binary'; leave it out: the place of a value says how it is read"),
    .item("steps: ⟦x", "wrong-type: 'steps' must be a list of texts, such as […], not text"),
    .item("steps:⟦", "wrong-type: 'steps' must be a list of texts, such as […], not empty"),
    .item(
      "steps: [a, ⟦[b]]",
      "wrong-type: 'steps' must be text, or a map such as {zh: …, en: …}, not a list"),
    .item("critical: ⟦maybe", "wrong-type: 'critical' must be true or false, not 'maybe'"),
    .item("critical: ⟦'true'", "wrong-type: 'critical' must be true or false, not 'true'"),
    .item("critical:⟦", "wrong-type: 'critical' must be true or false, not empty"),
    .item("critical: ⟦[true]", "wrong-type: 'critical' must be true or false, not a list"),
  ]

  private static let durations: [BrokenText] = [
    .item(
      "due: ⟦2 lightyears", "bad-duration: unknown unit 'lightyears'; the units are m, h, d, w and workdays"),
    .item("due: ⟦[2h]", "wrong-type: 'due' must be a duration, such as 2h, not a list"),
    .item("remind: ⟦1d", "wrong-type: 'remind' must be a list of durations, such as […], not text"),
    .item(
      "remind: [2h, ⟦1d before]",
      "bad-duration: 'before' can't stand here: 'remind' says itself in which direction it counts"),
    .item(
      "escalate: [⟦1d before 18:00]",
      "bad-duration: 'before' can't stand here: 'escalate' says itself in which direction it counts"),
    .item(
      "escalate: [⟦2]",
      "bad-duration: the number 2 has no unit; write m, h, d, w or workdays after it, such as 2h"),
  ]

  private static let needs: [BrokenText] = [
    .item("needs: ⟦two", "wrong-type: 'needs' must be a list of ids, such as […], not text"),
    .item("needs: [two, ⟦tow]", "unknown-need: unknown item 'tow'; did you mean 'two'?"),
    .item(
      "needs: [⟦quite-another]",
      "unknown-need: unknown item 'quite-another'; 'needs' names items of this file by their ids"),
    .item("needs: [⟦one]", "self-need: 'one' needs itself, and could never be done; take it out"),
    .item("needs: [two, ⟦two]", "~repeated-need: 'two' is repeated in 'needs'; once is enough"),
    .item("needs: [⟦{}]", "wrong-type: 'needs' must be an id, not a map"),
    .item(
      "needs: [⟦Two]",
      "bad-id: 'Two' is not an id: it has lower-case letters, digits and '-', at most 64, and doesn't begin with '-'; did you mean 'two'?"
    ),
  ]

  private static let proofs: [BrokenText] = [
    .item("proof: ⟦lnk", "unknown-proof: unknown proof 'lnk'; did you mean 'link'?"),
    .item(
      "proof: ⟦handshake",
      "unknown-proof: unknown proof 'handshake'; known are none, note, link, file, second-person"),
    .item("proof: [note, ⟦note]", "repeated-proof: the proof 'note' is repeated; name each kind once"),
    .item(
      "proof: ⟦[]",
      "empty-list: the list 'proof' is empty; fill it, or leave the key out"),
    .item("proof: [⟦[note]]", "wrong-type: 'proof' must be one kind of proof, not a list"),
    .item(
      "proof: ⟦drain",
      "unsupported-proof: the check 'drain' is not supported by this version yet; ask for note, link, file or second-person instead"
    ),
    .item(
      "proof: {⟦compare: {key: id}}",
      "unsupported-proof: the check 'compare' is not supported by this version yet; ask for note, link, file or second-person instead"
    ),
    .item(
      "proof: [note, {⟦manifst: {}}]", "unknown-proof: unknown proof 'manifst'; did you mean 'manifest'?"),
    .item("proof: ⟦{}", "wrong-type: 'proof' must be a kind of proof, not a map"),
  ]

  private static let conditions: [BrokenText] = [
    .item("when: ⟦douyin", "wrong-type: 'when' must be a map, such as {platform: douyin}, not text"),
    .item(
      "when: ⟦{}",
      "empty-condition: 'when' names no condition; name a platform, a team or a tag, or leave 'when' out"),
    .item("when: {⟦platfrom: douyin}", "unknown-key: unknown key 'platfrom'; did you mean 'platform'?"),
    .item(
      "when: {tag: ⟦[]}",
      "empty-list: the list 'tag' is empty; fill it, or leave the key out"),
    .item(
      "when: {tag: [⟦'', a]}",
      "empty-text: 'tag' is empty; write a text, or leave the key out where it is optional"),
    .item("when: {team: ⟦{a: b}}", "wrong-type: 'team' must be text or a list of texts, not a map"),
    .item(
      "when: {team: a, ⟦team: b}",
      "repeated-key: the key 'team' is repeated; it has a value already in line 6"),
  ]
}

import ChecklistFiles
import Domain
import Testing

@Suite("Characters that only look right")
struct LookAlikeTests {
  private static let space =
    "look-alike: here stands the character %, which looks like a space and is none for YAML; write plain spaces"
  private static let hidden =
    "look-alike: here stands the character %, which editors don't show and YAML takes for the end of a line; take it out"
  private static let head = "checklist: t1\ntitle: T\nitems:\n  - id: a\n"

  private static func said(_ text: String, _ scalar: String) -> String { text.replacing("%", with: scalar) }

  static let cases: [BrokenText] = [
    BrokenText(
      "checklist: t1\ntitle: \"T⟦\u{2028}U\"\nitems:\n  - id: a\n    title: A\n    due: ⟦2x\n",
      "~" + said(hidden, "U+2028"), "bad-duration: unknown unit 'x'; the units are m, h, d, w and workdays"),
    BrokenText(head + "    title: A⟦\u{85}B\n    due: 2h\n", said(hidden, "U+0085")),
    BrokenText(head + "⟦\u{A0}\u{A0}\u{A0}\u{A0}title: A\n    due: 2h\n", said(space, "U+00A0")),
    BrokenText(head + "⟦\u{3000}\u{3000}title: A\n    due: 2h\n", said(space, "U+3000")),
    BrokenText(
      head + "    title⟦：A\n    due: 2h\n",
      "look-alike: here stands the full-width colon '：' (U+FF1A); write a plain one and a space, ': '"),
    BrokenText(
      "checklist: t1\ntitle: T\nitems:\n  ⟦－ id: a\n    title: A\n",
      "look-alike: here stands the full-width '－' (U+FF0D); write a plain one and a space, '- '"),
  ]

  @Test("are named where they stand, and what follows isn't blamed", arguments: cases)
  func named(broken: BrokenText) { broken.check(broken.checklistFindings) }

  @Test(
    "lines that all begin so aren't called unknown keys",
    arguments: ["\u{A0}\u{A0}", "\u{3000}"])
  func keys(indent: String) {
    let text = Self.head + "\(indent)title: A\n\(indent)due: 2h\n"
    let found = BrokenText(text).checklistFindings
    #expect(found.filter { $0.code == "look-alike" }.map(\.line) == [5, 6])
    #expect(!found.contains { $0.code == "unknown-key" || $0.code == "yaml" })
  }

  @Test("in prose are left alone, whatever else is wrong")
  func prose() {
    let text =
      "checklist: ⟦A\ntitle: 换绑：之后\ndescription: |\n  \u{3000}\u{3000}第一段：\n  \u{3000}title: x\nitems: [{id: a, title: a}]\n"
    let found = BrokenText(text).checklistFindings
    #expect(found.map(\.code) == ["bad-id"])
  }

  @Test(
    "a text of white space of any kind is empty",
    arguments: ["\u{3000}", "\u{A0} \u{2003}", "\u{200B}\u{FEFF}", #"\u3000\t"#])
  func blank(title: String) {
    let text = Self.head + "    title: ⟦\"\(title)\"\n"
    let broken = BrokenText(
      text, "empty-text: 'title' is empty; write a text, or leave the key out where it is optional")
    broken.check(broken.checklistFindings)
  }

  @Test("a language twice, in other letters, is a repeated key")
  func languages() {
    let broken = BrokenText(
      "checklist: a\ntitle: {zh: x, ⟦ZH: y}\nitems: [{id: a, title: {zh-CN: x, zh: y}}]\n",
      "repeated-key: the key 'ZH' is repeated; it has a value already in line 2")
    broken.check(broken.checklistFindings)
  }
}

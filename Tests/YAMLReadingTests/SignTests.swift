import Testing
import YAMLReading

@Suite("Characters that look like YAML's own")
struct SignTests {
  @Test(
    "are found where they stand, the first of a line",
    arguments: [
      ("a: 1\n\u{A0}\u{A0}title: A\n", 2, 1, .space), ("a:\n  \u{3000}title: A\n", 2, 3, .space),
      ("- id: a\n  title：A\n", 2, 8, .colon), ("-\u{3000}id: a\n", 1, 2, .space),
      ("title:\u{3000}A\n", 1, 7, .space),
      ("－ id: a\n", 1, 1, .dash), ("\u{FEFF}\u{FEFF}a: b\n", 1, 1, .space),
      ("a: b\r\u{200B}c:\r", 2, 1, .space),
      ("a: \"b\u{2028}c\"\n", 1, 6, .lineEnd), ("# c\u{85}d\n", 1, 4, .lineEnd),
      ("a: |\n  b\u{2029}\n", 2, 4, .lineEnd),
    ] as [(String, Int, Int, YAMLSign.Kind)])
  func found(text: String, line: Int, column: Int, kind: YAMLSign.Kind) {
    let signs = YAMLReader.signs(in: Array(text.utf8))
    #expect(signs.map(\.place) == [YAMLPlace(line: line, column: column)])
    #expect(signs.map(\.kind) == [kind])
  }

  @Test(
    "are nothing in texts and in lines of prose",
    arguments: [
      "a: 换绑：之后\u{3000}再看\n", "a: |\n  \u{3000}\u{3000}第一段\n  \u{3000}b: c\n", "a: '\n  b：c'\n",
      "a: 第一行\n  \u{3000}\u{3000}第二段：\n", "\u{FEFF}a: b\n", "a : b\n- c\n", "# b：c\n", "a: b\n\n \n", "",
    ])
  func nothing(text: String) {
    #expect(YAMLReader.signs(in: Array(text.utf8)).isEmpty)
  }

  @Test("in a text that isn't closed aren't looked for")
  func unclosed() {
    #expect(YAMLReader.signs(in: Array("a: 'b\n\u{3000}c: d\n".utf8)).isEmpty)
  }

  @Test("know whether somebody wrote them into a text")
  func inText() {
    let text = "a: \"b\u{2028}c\"\nd: e\u{2028}"
    #expect(YAMLReader.signs(in: Array(text.utf8)).map(\.isInText) == [true, false])
  }
}

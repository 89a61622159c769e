import Testing
import YAMLReading

@Suite("What isn't one document of YAML")
struct ProblemTests {
  @Test("none, or nothing but comments", arguments: ["", "\n\n", "# only a comment\n", "\u{FEFF}"])
  func noDocument(text: String) {
    #expect(problem(text) == YAMLProblem(place: .start, kind: .noDocument))
  }

  @Test(
    "a second document is a problem at its start, the first is read all the same",
    arguments: [
      ("a: 1\n---\nb: 2\n", 2, 1), ("---\na: 1\n--- b\n", 3, 1),
      ("a: 1\n...\n# c\n%YAML 1.1\n---\nb: 2\n", 5, 1), ("--- a\n--- b\n--- c\n", 2, 1),
    ])
  func secondDocument(text: String, line: Int, column: Int) {
    let reading = YAMLReader.read(Array(text.utf8))
    let place = YAMLPlace(line: line, column: column)
    #expect(reading.problem == YAMLProblem(place: place, kind: .secondDocument))
    #expect(reading.document != nil)
  }

  @Test("an end of the document alone begins no other one")
  func documentEnd() {
    #expect(problem("a: 1\n...\n") == nil)
  }

  @Test(
    "UTF-16 is known by its mark or its zero bytes",
    arguments: [[0xFF, 0xFE, 0x61, 0], [0x61, 0], [0, 0x61]])
  func utf16(bytes: [UInt8]) {
    #expect(YAMLReader.read(bytes).problem == YAMLProblem(place: .start, kind: .utf16))
  }

  @Test(
    "bytes that aren't UTF-8 are a problem where they stand",
    arguments: [
      [0xFF], [0xC3, 0x28], [0xE6, 0x8D], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ])
  func notUTF8(bytes: [UInt8]) {
    let reading = YAMLReader.read(Array("a: 1\n换绑: ".utf8) + bytes + Array("\n".utf8))
    #expect(reading.problem == YAMLProblem(place: YAMLPlace(line: 2, column: 5), kind: .notUTF8))
  }

  @Test("control characters are forbidden in a file", arguments: ["\u{1B}", "\u{0}", "\u{7F}", "\u{9B}"])
  func controlCharacters(character: String) {
    let value = character.unicodeScalars.first?.value ?? 0
    let expected = YAMLProblem(place: YAMLPlace(line: 2, column: 5), kind: .forbiddenCharacter(value))
    #expect(problem("a: 1\r\nb: c\(character)d\n") == expected)
  }

  @Test("an alias needs an anchor before it")
  func unknownAlias() {
    let expected = YAMLProblem(place: YAMLPlace(line: 1, column: 2), kind: .unknownAlias("a"))
    #expect(problem("[*a, &a 1]") == expected)
  }

  @Test("an alias inside of what it means has no end")
  func recursiveAlias() {
    let expected = YAMLProblem(place: YAMLPlace(line: 1, column: 5), kind: .recursiveAlias("a"))
    #expect(problem("&a [*a]") == expected)
  }

  @Test(
    "broken YAML is a problem where libyaml says",
    arguments: [
      ("a: [1\nb: 2", 2, 2), ("a: b: c", 1, 5), ("a: 'x", 1, 6), ("\ta: 1", 1, 1), ("- a\nb: 1", 2, 1),
      ("a: @x", 1, 4), ("a: \"\\q\"", 1, 5),
    ])
  func syntax(text: String, line: Int, column: Int) throws {
    let problem = try #require(self.problem(text))
    #expect(problem.place == YAMLPlace(line: line, column: column))
    guard case .syntax = problem.kind else {
      Issue.record("\(problem.kind)")
      return
    }
  }

  private func problem(_ text: String) -> YAMLProblem? {
    YAMLReader.read(Array(text.utf8)).problem
  }
}

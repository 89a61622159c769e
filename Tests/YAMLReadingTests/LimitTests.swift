import Testing
import YAMLReading

@Suite("Limits of a document")
struct LimitTests {
  @Test("1 MiB is read, a byte more isn't")
  func bytes() {
    let most = Array("a: b #".utf8) + [UInt8](repeating: 0x78, count: (1 << 20) - 6)
    #expect(YAMLReader.read(most).problem == nil)
    #expect(YAMLReader.read(most + [0x78]).problem == YAMLProblem(place: .start, kind: .tooLarge))
  }

  @Test("64 collections inside each other are read, 65 are refused where the last begins")
  func nesting() {
    let most = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(problem(most) == nil)
    let place = YAMLPlace(line: 1, column: 65)
    #expect(problem("[" + most + "]") == YAMLProblem(place: place, kind: .tooDeep))
    #expect(problem(String(repeating: "[", count: 10_000))?.kind == .tooDeep)
  }

  @Test("what an alias stands for is nested where the alias is")
  func nestingThroughAliases() {
    let anchor = "- &a " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "\n"
    let fitting = "- " + String(repeating: "[", count: 23) + "*a" + String(repeating: "]", count: 23)
    #expect(problem(anchor + fitting) == nil)
    #expect(problem(anchor + "- [" + fitting.dropFirst(2) + "]")?.kind == .tooDeep)
  }

  @Test("100,000 nodes are read, one more is refused")
  func nodes() {
    #expect(problem(list(99_999)) == nil)
    #expect(problem(list(100_000))?.kind == .tooManyNodes)
  }

  @Test("aliases count as much as what they stand for")
  func explodingAliases() {
    var text = "- &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "- &a\(level) [\(aliases)]\n"
    }
    #expect(problem(text)?.kind == .tooManyNodes)
  }

  @Test("a long text can't be multiplied by aliases")
  func longAliases() {
    let text = "- &a \(String(repeating: "x", count: 500_000))\n"
    #expect(problem(text + String(repeating: "- *a\n", count: 30)) == nil)
    #expect(problem(text + String(repeating: "- *a\n", count: 40))?.kind == .tooMuchText)
  }

  @Test("30 marks on one letter are read, more are refused where their text begins")
  func marks() {
    let most = "a" + String(repeating: "\u{301}", count: 30)
    #expect(problem("- b\n- \(most)\n- \(most)b\(most)") == nil)
    let place = YAMLPlace(line: 2, column: 3)
    for text in ["\(most)\u{301}", "'\(most)\u{323}'", #""a\#(String(repeating: #"\u0301"#, count: 31))""#] {
      #expect(problem("- b\n- \(text)\n") == YAMLProblem(place: place, kind: .tooManyMarks))
      #expect(problem("\(text): b\n")?.kind == .tooManyMarks)
    }
    let tag = "!" + String(repeating: "%CC%81", count: 31)
    #expect(problem("- b\n- \(tag) c\n")?.kind == .tooManyMarks)
    #expect(problem("\(tag) [c]\n")?.kind == .tooManyMarks)
  }

  @Test("thousands of %TAG lines are refused before libyaml compares them")
  func tagDirectives() {
    let few = (0..<16).map { "%TAG !a\($0)! x\n" }.joined() + "--- a"
    #expect(problem(few) == nil)
    let many = (0..<50_000).map { "%TAG !a\($0)! x\n" }.joined() + "--- a"
    #expect(problem(many) == YAMLProblem(place: YAMLPlace(line: 17, column: 1), kind: .tooManyDirectives))
  }

  @Test("other limits can be set")
  func ownLimits() {
    var limits = YAMLLimits()
    limits.nodes = 3
    #expect(YAMLReader.read(Array("[a, b]".utf8), limits: limits).problem == nil)
    #expect(YAMLReader.read(Array("[a, b, c]".utf8), limits: limits).problem?.kind == .tooManyNodes)
  }

  private func list(_ count: Int) -> String {
    "[" + Array(repeating: "x", count: count).joined(separator: ",") + "]"
  }

  private func problem(_ text: String) -> YAMLProblem? {
    YAMLReader.read(Array(text.utf8)).problem
  }
}

import Testing
import YAMLReading

@Suite("Reading YAML")
struct ReadingTests {
  @Test("scalars stay text, whatever they look like")
  func scalars() throws {
    let document = try read("[no, 2026, 10:00, ~, 'a''b', \"c\\n\", null]")
    let texts = document.children(of: document.root).map { document.string($0) }
    #expect(texts == ["no", "2026", "10:00", "~", "a'b", "c\n", "null"])
  }

  @Test("each scalar knows how it was written")
  func styles() throws {
    let document = try read("- plain\n- 'single'\n- \"double\"\n- |\n  block\n- >-\n  folded\n")
    let styles = document.children(of: document.root).map { document.style(of: $0) }
    #expect(styles == [.plain, .singleQuoted, .doubleQuoted, .block, .block])
  }

  @Test("maps give keys and values in turn, in the order of the text")
  func mapping() throws {
    let document = try read("b: 1\na: {x: 2}\n")
    #expect(document.kind(of: document.root) == .mapping)
    #expect(document.childCount(of: document.root) == 4)
    let kinds = document.children(of: document.root).map { document.kind(of: $0) }
    #expect(kinds == [.scalar, .scalar, .scalar, .mapping])
  }

  @Test("explicit tags are kept, in full")
  func tags() throws {
    let document = try read("- !!str 1\n- !own x\n- plain\n")
    #expect(document.tags.map(\.tag) == ["tag:yaml.org,2002:str", "!own"])
  }

  @Test("an alias is what its anchor marks, at the alias's own place")
  func aliases() throws {
    let document = try read("- &a [x, y]\n- *a\n")
    let children = Array(document.children(of: document.root))
    #expect(document.kindAsWritten(of: children[1]) == .alias)
    #expect(document.children(of: children[1]).map { document.string($0) } == ["x", "y"])
    #expect(document.place(of: children[1]) == YAMLPlace(line: 2, column: 3))
  }

  @Test("a name that is marked again means the newer one from there on")
  func anchorsAgain() throws {
    let document = try read("[&a 1, *a, &a 2, *a]")
    #expect(document.children(of: document.root).map { document.string($0) } == ["1", "1", "2", "2"])
  }

  @Test("a name that an inner node takes over means that one, also after the outer one's end")
  func innerAnchor() throws {
    let document = try read("- &a [&a x]\n- *a\n")
    let last = try #require(Array(document.children(of: document.root)).last)
    #expect(document.string(last) == "x")
  }

  @Test("a byte-order mark of UTF-8 is no part of the text")
  func byteOrderMark() throws {
    let reading = YAMLReader.read([0xEF, 0xBB, 0xBF] + Array("a: b".utf8))
    let document = try #require(reading.document)
    #expect(document.place(of: document.root) == YAMLPlace(line: 1, column: 1))
    #expect(document.string(document.root + 1) == "a")
  }

  @Test(
    "lines end where editors end them, columns count Unicode scalars",
    arguments: [
      ("a: 1\nb: X", 2, 4), ("a: 1\r\nb: X", 2, 4), ("a: 1\rb: X", 2, 4), ("a: 1\u{85}b: X", 1, 9),
      ("a: 1\u{2028}b: X", 1, 9), ("c: '\u{2029}'\r\n换: 1\u{2028}b: 2\rd: X", 3, 4), ("\u{FEFF}a: X", 1, 4),
      ("换绑: X", 1, 5), ("😀: X", 1, 4),
      ("e\u{301}: X", 1, 5), ("{中: 1, 文: X}", 1, 11),
    ])
  func places(text: String, line: Int, column: Int) throws {
    let document = try read(text)
    let last = try #require(Array(document.children(of: document.root)).last)
    #expect(document.string(last) == "X")
    #expect(document.place(of: last) == YAMLPlace(line: line, column: column))
  }

  @Test("a value that isn't there stands behind its key's colon")
  func nothing() throws {
    let document = try read("a: 1\nbc:\n")
    let last = try #require(Array(document.children(of: document.root)).last)
    #expect(document.string(last).isEmpty)
    #expect(document.place(of: last) == YAMLPlace(line: 2, column: 4))
  }

  private func read(_ text: String) throws -> YAMLDocument {
    let reading = YAMLReader.read(Array(text.utf8))
    #expect(reading.problem == nil)
    return try #require(reading.document)
  }
}

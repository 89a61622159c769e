import Domain
import TestSupport
import Testing

@Suite struct TextTests {
  @Test func aMissingLanguageFallsBackToTheAuthorsFirst() {
    let both = LocalizedText(
      entries: [.init(language: "zh", text: "你好"), .init(language: "en", text: "Hello")])
    #expect(both?(.english) == "Hello")
    #expect(both?(.chinese) == "你好")
    let german = LocalizedText(
      entries: [.init(language: "de", text: "Hallo"), .init(language: "fr", text: "Salut")])
    #expect(german?(.english) == "Hallo")
    #expect(LocalizedText("Hi")(.chinese) == "Hi")
    #expect(LocalizedText(entries: []) == nil)
  }

  @Test(arguments: [
    (["en", "zh-CN"], 1), (["en", "ZH"], 1), (["en", "zh-Hans"], 1), (["zh-TW", "zh"], 1),
    (["zh-TW", "Zh-Hans"], 0),
    (["en", "zhx"], 0), (["en", "zh"], 1), (["de", "x-zh"], 0),
  ])
  func tagsAreMatchedWholeElseByTheirFirstPart(_ tags: [String], _ read: Int) {
    let text = LocalizedText(entries: tags.enumerated().map { .init(language: $1, text: "\($0)") })
    #expect(text?(.chinese) == "\(read)")
  }

  @Test func aWordingSpeaksBothLanguages() {
    let wording = Wording(en: "done", zh: "完成")
    #expect(Language.allCases.map { wording($0) } == ["done", "完成"])
  }

  @Test(arguments: [
    ("plain", "plain"), ("店铺 一", "店铺 一"), ("", ""), ("a\u{1B}[31mb", "a\\u{1B}[31mb"), ("a\nb", "a\\u{A}b"),
    ("\u{202E}evil", "\\u{202E}evil"), ("zero\u{200B}width", "zero\\u{200B}width"), ("é", "é"),
    ("\u{9B}31m", "\\u{9B}31m"), ("👩‍👩‍👧", "👩‍👩‍👧"), ("\u{FEFF}", "\\u{FEFF}"),
  ])
  func whatMessagesRepeatIsHarmless(_ text: String, _ quoted: String) {
    #expect(text.quotable == quoted)
  }

  @Test func whatMessagesRepeatIsShort() {
    #expect(String(repeating: "x", count: 60).quotable == String(repeating: "x", count: 60))
    #expect(String(repeating: "x", count: 61).quotable == String(repeating: "x", count: 60) + "…")
    #expect(String(repeating: "店", count: 61).quotable == String(repeating: "店", count: 60) + "…")
  }

  @Test func charactersHaveNumbers() {
    #expect(Unicode.Scalar(0x1B).codePoint == "U+001B")
    #expect(Unicode.Scalar("😀").codePoint == "U+1F600")
  }
}

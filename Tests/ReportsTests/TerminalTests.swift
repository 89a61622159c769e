import Domain
import Reports
import Testing

@Suite("terminal texts") struct TerminalTests {
  @Test(arguments: [
    ("abc", 3), ("店铺", 4), ("ｱｲｳ", 3), ("ＡＢ", 4), ("é", 1), ("e\u{301}", 1), ("\u{200B}", 0), ("\u{FEFF}", 0),
    ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧‍👦", 2), ("🇨🇳", 2), ("❤", 1), ("❤️", 2),
    ("1️⃣", 2), ("©", 1), ("①", 1), ("…", 1), ("█", 1), ("✓", 1), ("「」", 4), ("，", 2), ("नि", 2), ("שלום", 4),
    ("\u{AD}", 1), ("\u{3000}", 2), ("𠀀", 2), ("😀a店", 5), ("", 0),
  ])
  func width(text: String, cells: Int) {
    #expect(DisplayWidth.of(text) == cells, "\(text.debugDescription)")
  }

  @Test func truncatesByCells() {
    #expect(TerminalText.truncated("店铺名称", to: 8) == "店铺名称")
    #expect(TerminalText.truncated("店铺名称", to: 7) == "店铺名…")
    #expect(TerminalText.truncated("店铺名称", to: 6) == "店铺…")
    #expect(TerminalText.truncated("two words", to: 5) == "two…")
    #expect(TerminalText.truncated("ab", to: 1) == "…")
    #expect(TerminalText.truncated("ab", to: 0) == "")
    #expect(TerminalText.truncated("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", to: 3) == "👨‍👩‍👧‍👦…")
  }

  @Test func pads() {
    #expect(TerminalText.padded("店", to: 4) == "店  ")
    #expect(TerminalText.rightAligned("7", to: 3) == "  7")
    #expect(TerminalText.padded("long", to: 2) == "long")
  }

  @Test func showsWhatATerminalWouldObey() {
    #expect(TerminalText.safe("a\u{1B}[31mb\u{7}\u{7F}\u{9B}c") == "a\\u{1B}[31mb\\u{7}\\u{7F}\\u{9B}c")
    #expect(TerminalText.safe("one\ntwo\r\nthree\u{2028}four\tfive") == "one⏎two⏎three⏎four five")
    #expect(TerminalText.safe("a\u{202E}b\u{2066}c\u{200F}") == "a\\u{202E}b\\u{2066}c\\u{200F}")
    #expect(TerminalText.safe("店铺 👨‍👩‍👧‍👦 שלום “q” —") == "店铺 👨‍👩‍👧‍👦 שלום “q” —")
  }

  @Test func coloursOnlyWhenOn() {
    #expect(Palette(isOn: true)(.late, "x") == "\u{1B}[31mx\u{1B}[0m")
    #expect(Palette(isOn: true)(nil, "x") == "x")
    #expect(Palette.plain(.late, "x") == "x")
  }
}

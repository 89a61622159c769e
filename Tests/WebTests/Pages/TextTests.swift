import Domain
import Reports
import TestSupport
import Testing

@testable import Web
@testable import WebAPI
@testable import WebCore
@testable import WebPages

struct MarkdownHTMLTests {
  @Test func showsParagraphsListsAndEmphasis() {
    let shown = MarkdownHTML.blocks("**为什么：** 先看\n再做\n\n- 一 `码`\n- *二*\n\n1. 甲\n2. 乙\n\n# 标题")
    #expect(
      shown.markup == """
        <p><strong>为什么：</strong> 先看
        再做</p><ul><li>一 <code>码</code></li><li><em>二</em></li></ul><ol><li>甲</li><li>乙</li></ol>\
        <p><strong>标题</strong></p>
        """)
  }

  @Test func takesHTMLAsText() {
    #expect(
      MarkdownHTML.blocks("<script>alert(1)</script> & \"x\"").markup
        == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;</p>")
  }

  @Test func leadsToTheWebAlone() {
    #expect(
      MarkdownHTML.inline("[看](https://a.cn/?a=1&b=\"2\")").markup
        == #"<a href="https://a.cn/?a=1&amp;b=&quot;2&quot;" rel="noreferrer">看</a>"#)
    for address in ["javascript:alert(1)", "data:text/html,x", "//a.cn", "HTTPS :x"] {
      #expect(!MarkdownHTML.inline("[看](\(address))").markup.contains("<a"))
    }
  }

  @Test func marksStandWithinEachOther() {
    #expect(
      MarkdownHTML.inline("**a *b* _c_ `*`** [*x*](https://a.cn) ***y** *z").markup
        == "<strong>a <em>b</em> <em>c</em> <code>*</code></strong> "
        + #"<a href="https://a.cn" rel="noreferrer">*x*</a> <strong>*y</strong> *z"#)
    #expect(
      MarkdownHTML.inline("[a](x) [b](https://b.cn").markup == "[a](x) [b](https://b.cn")
    #expect(
      MarkdownHTML.inline("[[b](https://b.cn)").markup == #"<a href="https://b.cn" rel="noreferrer">[b</a>"#)
    #expect(MarkdownHTML.inline("*\u{3000}a*").markup == "*\u{3000}a*")
    #expect(
      MarkdownHTML.blocks("a\n- b\nc\n* d\n1. e\r\n\r\n12) f\n1234. g").markup
        == "<p>a</p><ul><li>b\nc</li><li>d</li></ul><ol><li>e</li></ol><p>12) f\n1234. g</p>")
  }

  /// Quadratic, each would take minutes.
  @Test(arguments: [
    "[", "*a ", "**a", "_a ", "`a", "[](", "[a](b) ", "*_", "a\n", "- a\n", "1. a\n", "# a\n", "- ", "a \n\n",
    "\u{301}\u{323}", "*\u{301}\u{323}", "👨‍👩‍👧", "[x](https://a",
  ])
  func aMegabyteTakesNoTimeToSpeakOf(unit: String) {
    let text = String(repeating: unit, count: (1 << 20) / unit.utf8.count)
    let nested = String(repeating: "[", count: 20_000) + String(repeating: "*a _b ", count: 3000) + text
    let taken = ContinuousClock().measure {
      #expect(!MarkdownHTML.blocks(text).bytes.isEmpty)
      #expect(!MarkdownHTML.blocks(nested + "](https://a.cn").bytes.isEmpty)
      #expect(!MarkdownHTML.inline(nested + "](x)").bytes.isEmpty)
    }
    #expect(taken < .seconds(60))
  }

  @Test(arguments: ["a_b_c", "2 * 3 * 4", "** x", "``", "[x]", "[x](", "****", "_", "*"])
  func leavesWhatIsNoMarkAsItIs(text: String) {
    #expect(MarkdownHTML.inline(text).markup == text)
  }
}

struct LeanTextTests {
  @Test func dropsWhatStylesDontNeed() {
    let lean = AssetBundler.css(
      "/* a */\na > b, .c::before { margin: 0 auto; content: \"\" }\n\n@media (x) {\n  i { top: 0 }\n}\n")
    #expect(lean == "a > b,.c::before{margin:0 auto;content:\"\"}@media (x){i{top:0}}")
  }

  @Test func dropsWhatScriptsDontNeed() {
    #expect(
      AssetBundler.script(
        "import { a } from './a.mjs';\nexport function b() {\n  return a;\n}\n/**\n * c\n */\nexport const d = 1;\n"
      )
        == "function b() {\nreturn a;\n}\nconst d = 1;\n")
    #expect(
      AssetBundler.script("// a\nif (a) {\n  b('//');\n}\n/** c */\n\nd();\n")
        == "if (a) {\nb('//');\n}\nd();\n")
  }
}

struct PageTimesTests {
  private let times: PageTimes

  init() throws {
    times = PageTimes(
      language: .english, zone: try #require(TestZones.directory.zone(named: "Asia/Shanghai")),
      now: try #require(Moment(iso8601: "2026-11-24T06:05:30Z")))
  }

  @Test(
    arguments: [
      ("2026-11-24T10:00:00Z", "today 18:00"), ("2026-11-25T10:00:00Z", "tomorrow 18:00"),
      ("2026-11-23T15:59:59Z", "yesterday 23:59"), ("2026-11-28T10:00:00Z", "28 Nov 18:00"),
      ("2027-01-02T10:00:00Z", "2 Jan 2027 18:00"),
    ])
  func namesDays(moment: String, shown: String) throws {
    let time = times.time(try #require(Moment(iso8601: moment)))
    #expect(time.markup == "<time datetime=\"\(moment)\">\(shown)</time>")
  }

  @Test(
    arguments: [-90_000, -86_400, -3599, -60, -1, 0, 1, 59, 60, 61, 3600, 86_400, 90_000, 200_000] as [Int64])
  func knowsWhenItsWordsChange(ahead: Int64) {
    let moment = times.now + ahead
    let change = times.wordsChange(for: [moment])
    #expect(change > times.now)
    let before = PageTimes(language: .english, zone: times.zone, now: change + -1)
    #expect(before.standing(moment) == times.standing(moment))
    #expect(before.time(moment).markup == times.time(moment).markup)
  }
}

struct CourseChartTests {
  @Test(arguments: [(0, 4), (4, 4), (5, 8), (13, 20), (99, 120), (820, 1200), (5001, 8000)])
  func endsAboveTheHighestDay(most: Int, ceiling: Int) {
    #expect(TrendChart.ceiling(most) == ceiling)
  }
}

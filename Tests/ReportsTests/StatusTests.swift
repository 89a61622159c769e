import Domain
import Operations
import Reports
import TestSupport
import Testing

@Suite("status") struct StatusTests {
  @Test(arguments: [40, 80, 120], Language.allCases)
  func text(width: Int, language: Language) throws {
    let renderer = StatusText(language: language, zones: .fixed, width: width)
    let rendered = renderer.render(.busy)
    try expectSnapshot(rendered, "status-\(width).\(language.rawValue).txt")
    #expect(widest(rendered) <= width)
  }

  @Test func colours() throws {
    let palette = Palette(isOn: true)
    let renderer = StatusText(language: .english, zones: .fixed, palette: palette)
    try expectSnapshot(renderer.render(.busy).replacing("\u{1B}", with: "␛"), "status-colour.en.txt")
  }

  @Test(arguments: Language.allCases) func withoutRuns(language: Language) throws {
    let renderer = StatusText(language: language, zones: .fixed, width: 40)
    try expectSnapshot(renderer.render(.new), "status-new.\(language.rawValue).txt")
  }

  @Test(arguments: Language.allCases) func json(language: Language) throws {
    try expectJSON(StatusJSON(language: language).render(.busy), "status.\(language.rawValue).json")
  }

  @Test(arguments: Language.allCases) func markdown(language: Language) throws {
    let rendered = StatusMarkdown(language: language, zones: .fixed).render(.busy)
    try expectSnapshot(rendered, "status.\(language.rawValue).md")
  }

  @Test func hostileTexts() throws {
    let rendered = StatusText(language: .chinese, zones: .fixed, width: 80).render(.hostile)
    try expectSnapshot(rendered, "status-hostile.txt")
    #expect(!obeysControls(rendered))
    let markdown = StatusMarkdown(language: .chinese, zones: .fixed).render(.hostile)
    try expectSnapshot(markdown, "status-hostile.md")
    #expect(!obeysControls(markdown))
    try expectJSON(StatusJSON(language: .chinese).render(.hostile), "status-hostile.json")
  }

  @Test func anIdIsNeverCut() {
    let renderer = StatusText(language: .english, zones: .fixed, width: 30)
    #expect(renderer.render(.hostile).contains(RunStatus.hostile.items[0].definition.id.rawValue))
  }
}

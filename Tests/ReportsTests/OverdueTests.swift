import Domain
import Operations
import Reports
import TestSupport
import Testing

@Suite("overdue") struct OverdueTests {
  @Test(arguments: [40, 80, 120, nil], Language.allCases)
  func text(width: Int?, language: Language) throws {
    let rendered = text(OverdueItem.various, width: width, language: language)
    try expectSnapshot(rendered, "overdue-\(width.map(String.init) ?? "mail").\(language.rawValue).txt")
    let idsAlone = 53
    #expect(widest(rendered) <= max(width ?? .max, idsAlone))
  }

  @Test func nothingIsNothing() {
    #expect(text([], width: 80, language: .english).isEmpty)
    #expect(text([], width: nil, language: .english).isEmpty)
  }

  @Test func colours() throws {
    let palette = Palette(isOn: true)
    let rendered = text(OverdueItem.various, width: 120, language: .english, palette: palette)
    try expectSnapshot(rendered.replacing("\u{1B}", with: "␛"), "overdue-colour.en.txt")
  }

  @Test func oneLineEachWhateverTheTexts() {
    let late = ProgressReport.hostile.late
    for width in [nil, 100] {
      let rendered = text(late, width: width, language: .english)
      #expect(rendered.split(separator: "\n").count == late.count)
      #expect(!obeysControls(rendered))
    }
  }

  @Test func linesAfterTheSampleFollowItsColumns() {
    let many = (0..<1200).map { OverdueItem.various[$0 % 6] }
    let lines = text(many, width: 120, language: .english).split(separator: "\n")
    #expect(lines.count == 1200)
    #expect(lines[1199] == lines[5])
  }

  @Test(arguments: Language.allCases) func csv(language: Language) throws {
    var output: [UInt8] = []
    let csv = OverdueCSV(language: language)
    csv.header(to: &output)
    for item in OverdueItem.various + ProgressReport.hostile.late { csv.row(item, to: &output) }
    try expectSnapshot(String(decoding: output, as: UTF8.self), "overdue.\(language.rawValue).csv")
  }

  @Test(arguments: Language.allCases) func json(language: Language) throws {
    for (items, name) in [(OverdueItem.various, "overdue"), ([], "overdue-none")] {
      var output: [UInt8] = []
      var json = OverdueJSON(language: language)
      json.header(generatedAt: .now, count: items.count, to: &output)
      for item in items { json.row(item, to: &output) }
      json.end(to: &output)
      try expectJSON(output, "\(name).\(language.rawValue).json")
    }
  }

  @Test(arguments: Language.allCases) func prometheus(language: Language) throws {
    let gauges = [
      OverdueGauge(
        team: "华南大区", checklist: "douyin-after-switch", outstanding: 12, overdue: 3,
        oldestOverdueSeconds: 273_600),
      OverdueGauge(team: "", checklist: "x", outstanding: 1, overdue: 0, oldestOverdueSeconds: 0),
      OverdueGauge(
        team: "a\"b\\c\nd\u{1B}", checklist: "x", outstanding: 1, overdue: 0, oldestOverdueSeconds: 0),
    ]
    let rendered = OverduePrometheus(language: language).render(gauges, checkedAt: .now)
    let text = String(decoding: rendered, as: UTF8.self)
    try expectSnapshot(text, "overdue.\(language.rawValue).prom")
    #expect(!obeysControls(text))
  }

  private func text(
    _ items: [OverdueItem], width: Int?, language: Language, palette: Palette = .plain
  ) -> String {
    var output: [UInt8] = []
    var renderer = OverdueText(language: language, width: width, palette: palette)
    for item in items { renderer.row(item, to: &output) }
    renderer.end(to: &output)
    return String(decoding: output, as: UTF8.self)
  }
}

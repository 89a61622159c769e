import Domain
import Foundation
import Operations
import Reports
import TestSupport
import Testing

@Suite("report") struct ReportTests {
  static let reports: [(report: ProgressReport, name: String)] = [
    (.thirty, "report"), (.empty, "report-empty"), (.hostile, "report-hostile"),
    (.teams, "report-teams"), (.switching, "report-switches"),
    (.onlySwitches, "report-only-switches"),
  ]

  @Test(arguments: [40, 80, 120], Language.allCases)
  func text(width: Int, language: Language) throws {
    for (report, name) in Self.reports {
      let renderer = ReportText(language: language, clocks: ReportClocks(FixedZones.shanghai), width: width)
      let rendered = renderer.render(report)
      try expectSnapshot(rendered, "\(name)-\(width).\(language.rawValue).txt")
      #expect(widest(rendered) <= width)
      #expect(!obeysControls(rendered))
    }
  }

  @Test func hostileSwitches() {
    let report = ProgressReport.hostileSwitches
    let text = ReportText(language: .chinese, width: 80).render(report)
    #expect(widest(text) <= 80)
    let page = ReportHTML(language: .english).render(report)
    #expect(!page.contains("<script"))
    for rendered in [text, page, ReportMarkdown(language: .english).render(report)] {
      #expect(rendered.contains("alert(1)") && !obeysControls(rendered))
    }
  }

  @Test func colours() throws {
    let rendered = ReportText(language: .english, palette: Palette(isOn: true)).render(.thirty)
    try expectSnapshot(rendered.replacing("\u{1B}", with: "␛"), "report-colour.en.txt")
  }

  @Test(arguments: Language.allCases) func markdown(language: Language) throws {
    for (report, name) in Self.reports {
      let rendered = ReportMarkdown(language: language, clocks: ReportClocks(FixedZones.shanghai)).render(
        report)
      try expectSnapshot(rendered, "\(name).\(language.rawValue).md")
      #expect(!obeysControls(rendered))
    }
  }

  @Test(arguments: Language.allCases) func html(language: Language) throws {
    for (report, name) in Self.reports {
      let page = ReportHTML(language: language, clocks: ReportClocks(FixedZones.shanghai)).render(report)
      try expectSnapshot(
        name == "report" ? page : withoutStyles(page), "\(name).\(language.rawValue).html")
      #expect(!obeysControls(page))
      #expect(!page.contains("<script"))
    }
  }

  /// So that a change of the styles doesn't touch every page's snapshot.
  private func withoutStyles(_ page: String) -> String {
    guard let start = page.range(of: "<style>\n"), let end = page.range(of: "</style>") else { return page }
    return page.replacingCharacters(in: start.upperBound..<end.lowerBound, with: "")
  }

  @Test func htmlSaysHowToGetTheRest() {
    let page = ReportHTML(language: .english).render(ProgressReport(shops: 620))
    #expect(page.contains("The first 500 of 620 are shown."))
    #expect(page.components(separatedBy: #"<td role="cell" class="progress">"#).count == 501)
  }

  @Test(arguments: Language.allCases) func csv(language: Language) throws {
    for (report, name) in Self.reports {
      var output: [UInt8] = []
      let csv = ReportCSV(language: language)
      csv.header(byteOrderMark: false, to: &output)
      for row in report.rows { csv.row(row, to: &output) }
      try expectSnapshot(String(decoding: output, as: UTF8.self), "\(name).\(language.rawValue).csv")
    }
  }

  @Test func matrixCSV() throws {
    var output: [UInt8] = []
    let matrix = try #require(ProgressReport.thirty.matrix)
    let csv = MatrixCSV()
    csv.header(matrix.columns, to: &output)
    for line in matrix.lines { csv.row(line, to: &output) }
    try expectSnapshot(String(decoding: output, as: UTF8.self), "matrix.csv")
  }

  @Test(arguments: Language.allCases) func json(language: Language) throws {
    for (report, name) in Self.reports {
      var output: [UInt8] = []
      var json = ReportJSON(language: language)
      json.header(generatedAt: report.generatedAt, totals: report.totals, to: &output)
      for row in report.rows { json.row(row, to: &output) }
      json.holdingUp(report.holdingUp, to: &output)
      for entry in report.switches.unbound { json.switching(entry, to: &output) }
      json.beginOverrides(to: &output)
      for override in report.switches.overrides { json.override(override, to: &output) }
      json.end(matrix: report.matrix, to: &output)
      try expectJSON(output, "\(name).\(language.rawValue).json")
    }
  }
}

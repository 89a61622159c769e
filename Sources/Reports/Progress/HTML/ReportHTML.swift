import Domain
import Formats
import Operations

/// `report --format html`: one self-contained page, for forwarding and printing.
package struct ReportHTML: Sendable {
  /// More rows would make the page slow, and nobody would read them.
  static let rowsShown = 500

  let language: Language
  private let clocks: ReportClocks

  /// - Parameter clocks: the zones of its times.
  package init(language: Language, clocks: ReportClocks = ReportClocks()) {
    self.language = language
    self.clocks = clocks
  }

  package func render(_ report: ProgressReport) -> String {
    let title = report.title(language)
    let page: HTML = """
      <!doctype html>
      <html lang="\(language == .chinese ? "zh-CN" : "en")">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="color-scheme" content="light dark">
      <title>\(title.joined(separator: " · ")) · \(clocks.zone.format(report.generatedAt))</title>
      <style>
      \(.trusted(StyleSheet.report))</style>
      </head>
      <body>
      <header>
      <h1>\(title[0])</h1>
      <p>\(title.dropFirst().map { "\(typed: $0) · " as HTML })\(time(report.generatedAt)) \(clocks.zone.name)</p>
      </header>
      <main>
      \(sections(report))</main>
      <footer>
      <p>\(explanation(language))</p>
      </footer>
      </body>
      </html>

      """
    return page.markup
  }

  /// A table with explicit ARIA roles, since the layout for phones would otherwise lose them. `label`
  /// describes it to screen readers.
  func table(_ style: HTML, label: String, heading: HTML, body: [HTML]) -> HTML {
    """
    <table class="\(style)" role="table" aria-label="\(label)">
    <thead role="rowgroup"><tr role="row">\(heading)</tr></thead>
    <tbody role="rowgroup">
    \(body)</tbody>
    </table>

    """
  }

  func column(_ name: Wording, style: HTML? = nil) -> HTML {
    #"<th scope="col" role="columnheader"\#(Self.class(style))>\#(name(language))</th>"#
  }

  /// A `class` attribute; empty for nil.
  static func `class`(_ style: HTML?) -> HTML {
    style.map { #" class="\#($0)""# } ?? .empty
  }

  private func time(_ moment: Moment) -> HTML {
    #"<time datetime="\#(moment.iso8601)">\#(clocks.zone.format(moment))</time>"#
  }

  /// A `<time>` element with a shop's moment: local for people, in UTC in its attribute.
  func time(_ moment: Moment, of shop: String, in report: ProgressReport, isDue: Bool = false) -> HTML {
    let text = clocks.text(moment, of: shop, in: report, isDue: isDue)
    return #"<time datetime="\#(moment.iso8601)">\#(text)</time>"#
  }

  private func sections(_ report: ProgressReport) -> HTML {
    if report.rows.isEmpty {
      return """
        <p>\(Wording(en: "Nothing to report.", zh: "没有可报告的内容。")(language))</p>
        \(switches(report))
        """
    }
    let charts = ages(report) + holdingUp(report)
    return """
      \(summary(report))\
      <div class="charts">
      \(charts)</div>
      \(late(report))\(switches(report))\(rows(report))\(matrix(report))
      """
  }

  private var explanation: Wording {
    Wording(
      en: """
        Overdue: outstanding, and the due time has passed. Blocked items are outstanding too. \
        The percentage counts what is done and what is skipped. Made by switchlist.
        """,
      zh: "逾期：未完成且已过截止时间。受阻的任务项也算未完成。百分比包括已完成和已跳过的任务项。由 switchlist 生成。")
  }
}

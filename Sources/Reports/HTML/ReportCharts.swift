import Domain
import Formats
import Operations

/// Charts for pages, as inline SVG that the style sheet colours.
enum ReportCharts {
  /// A part of a whole, coloured by a class of the style sheet.
  struct Share {
    let amount: Int
    let style: String
    let label: Wording
  }

  /// Items by state, each counted once.
  static func shares(_ progress: Progress) -> [Share] {
    let missed = Share(amount: progress.missed, style: "missed", label: Wording(en: "missed", zh: "错过"))
    return [
      Share(amount: progress.done, style: "done", label: Wording(en: "done", zh: "已完成")),
      Share(
        amount: progress.skipped - progress.missed, style: "skipped", label: Wording(en: "skipped", zh: "已跳过")
      ),
    ] + (progress.missed > 0 ? [missed] : []) + [
      Share(amount: progress.overdue, style: "late", label: Wording(en: "overdue", zh: "逾期")),
      Share(
        amount: progress.pending + progress.blocked - progress.overdue, style: "open",
        label: Wording(en: "outstanding, in time", zh: "未完成，未到期")),
    ]
  }

  /// Shares side by side over the full width. Decorative: the figures stand beside it.
  static func stackedBar(_ shares: [Share]) -> HTML {
    bar(shares.map { ($0.amount, $0.style) }, of: shares.reduce(0) { $0 + $1.amount })
  }

  /// One bar whose length is relative to the longest.
  static func bar(_ amount: Int, of longest: Int, style: String) -> HTML {
    bar([(amount, style)], of: longest)
  }

  private static func bar(_ parts: [(amount: Int, style: String)], of whole: Int) -> HTML {
    var before = 0
    var drawn: [HTML] = []
    for part in parts where part.amount > 0 {
      let start = 1000 * before / max(1, whole)
      before += part.amount
      let end = 1000 * before / max(1, whole)
      drawn.append(#"<rect class="\#(part.style)" x="\#(start)" width="\#(end - start)" height="10"/>"#)
    }
    return """
      <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">\(drawn)</svg>
      """
  }

  /// Shares around a percentage; `description` is its text for screen readers.
  static func ring(_ shares: [Share], percent: Int, description: String) -> HTML {
    let whole = max(1, shares.reduce(0) { $0 + $1.amount })
    var before = 0
    var arcs: [HTML] = []
    for share in shares where share.amount > 0 {
      let start = 1000 * before / whole
      before += share.amount
      let length = 1000 * before / whole - start
      arcs.append(
        """
        <circle class="\(share.style)" cx="60" cy="60" r="48" pathLength="1000" \
        stroke-dasharray="\(length) \(1000 - length)" stroke-dashoffset="-\(start)"/>
        """)
    }
    return """
      <svg class="ring" viewBox="0 0 120 120" role="img" aria-label="\(description)">\
      <circle class="track" cx="60" cy="60" r="48"/>\
      <g transform="rotate(-90 60 60)">\(arcs)</g>\
      <text x="60" y="69" text-anchor="middle">\(percent)%</text></svg>
      """
  }
}

import Domain
import Formats
import Reports
import WebCore

/// Outstanding items per day, compared with what they should have been: an area and two lines.
struct TrendChart: Sendable {
  let days: [ChartFigures.Day]

  private static let (width, height) = (640, 260)
  private static let (right, top, bottom) = (12, 14, 30)

  /// Room for the axis's numbers, which are larger on a phone.
  private var left: Int { 14 + 13 * "\(ceiling)".utf8.count }

  private var ceiling: Int { Self.ceiling(days.map { max($0.outstanding, $0.wanted) }.max() ?? 0) }

  func render(description: String) -> HTML {
    let ceiling = self.ceiling
    let outstanding = points(ceiling) { $0.outstanding }
    let wanted = points(ceiling) { $0.wanted }
    let floor = Self.height - Self.bottom
    return """
      <svg class="chart" viewBox="0 0 \(Self.width) \(Self.height)" role="img" aria-label="\(description)">\
      \(grid(ceiling))\(dates)\
      <polygon class="area" points="\(x(0)),\(floor) \(outstanding) \(x(days.count - 1)),\(floor)"/>\
      <polyline points="\(outstanding)"/><polyline class="wanted" points="\(wanted)"/></svg>
      """
  }

  /// `11-24`.
  static func short(_ date: CivilDate) -> String {
    let (_, month, day) = date.parts
    return "\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }

  /// A round number at or above the maximum that four grid lines divide evenly.
  static func ceiling(_ most: Int) -> Int {
    var step = 1
    while true {
      for factor in [1, 2, 3, 5] where 4 * factor * step >= most { return 4 * factor * step }
      step *= 10
    }
  }

  private func points(_ ceiling: Int, _ amount: (ChartFigures.Day) -> Int) -> String {
    days.enumerated().map { "\(x($0.offset)),\(y(amount($0.element), ceiling))" }.joined(separator: " ")
  }

  private func x(_ index: Int) -> Int {
    left + (Self.width - left - Self.right) * index / max(1, days.count - 1)
  }

  private func y(_ amount: Int, _ ceiling: Int) -> Int {
    let room = Self.height - Self.top - Self.bottom
    return Self.top + room - room * amount / ceiling
  }

  private func grid(_ ceiling: Int) -> HTML {
    let lines = (0...4).map { quarter -> HTML in
      let amount = ceiling * quarter / 4
      let y = y(amount, ceiling)
      return """
        <line class="grid" x1="\(left)" x2="\(Self.width - Self.right)" y1="\(y)" y2="\(y)"/>\
        <text x="\(left - 6)" y="\(y + 4)" text-anchor="end">\(amount)</text>
        """
    }
    return "\(lines)"
  }

  private var dates: HTML {
    let shown = days.count > 3 ? [0, (days.count - 1) / 2, days.count - 1] : [0, days.count - 1]
    let texts = shown.enumerated().map { place, index -> HTML in
      let anchor = place == 0 ? "start" : place == shown.count - 1 ? "end" : "middle"
      return """
        <text x="\(x(index))" y="\(Self.height - 6)" text-anchor="\(anchor)">\(Self.short(days[index].date))</text>
        """
    }
    return "\(texts)"
  }
}

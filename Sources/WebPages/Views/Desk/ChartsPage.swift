import Domain
import Formats
import Operations
import Reports
import WebCore

/// The figures shown, over the shops of one team or of all.
struct ChartFigures: Sendable {
  /// The situation at the end of a day.
  struct Day: Sendable {
    let date: CivilDate
    let outstanding: Int
    /// What would be outstanding if everything had been done on time.
    let wanted: Int
  }

  /// How many overdue items have been so for a certain time.
  struct Age: Sendable {
    let name: Wording
    let items: Int
    /// The link to the list of these items.
    let address: String
  }

  /// How long an item usually takes.
  struct ItemDuration: Sendable {
    let item: String
    let title: LocalizedText
    /// The median since the run's start.
    let seconds: Int64
    /// The number of ticks it is based on.
    let ticks: Int
  }

  /// The oldest first.
  let days: [Day]
  let ages: [Age]
  let holdingUp: [HoldingUp]
  let durations: [ItemDuration]
  let totals: ReportFigures
  let cooling: Int
}

/// Whether things are improving: four figures and four charts, each with a table of its numbers.
struct ChartsPage: Sendable {
  let frame: PageFrame
  let figures: ChartFigures
  /// The zone that days are in.
  let zone: Zone
  /// `team`, `days`.
  let query: PageQuery
  let teams: [String]

  func render() -> HTML {
    let title = frame.say("Charts", "图表")
    let spans = [30, 90, 365].map { days in
      (value: String(days), text: frame.say("\(days) days", "\(days) 天"))
    }
    return frame.page(
      title: title, at: .charts, width: .full, live: "/live",
      """
      <h1>\(title)</h1>
      <form method="get" action="/charts" class="row">\
      \(frame.choice(frame.say("Team", "团队"), "team", anyOf: teams, chosen: query["team"]))\
      \(frame.choice(frame.say("Time", "时间"), "days", spans, chosen: query["days"]))\
      <button>\(frame.say("Show", "显示"))</button></form>
      \(tiles)<div class="charts">
      \(course)\(ages)\(holdingUp)\(durations)</div>
      \(reports)
      """)
  }

  /// Links to download the report.
  private var reports: HTML {
    let links = [("html", "HTML"), ("csv", "CSV"), ("markdown", "Markdown"), ("json", "JSON")].map {
      format, name -> HTML in
      #"<a class="button" href="/api/v1/report?format=\#(format)\#(team)" download>\#(name)</a>"#
    }
    return #"<p class="row"><span>\#(frame.say("The report as a file:", "导出报告："))</span>\#(links)</p>"#
  }

  private var tiles: HTML {
    func listAddress(_ path: String, _ fields: (String, String)...) -> String {
      PageQuery(fields.map { ($0.0, $0.1) } + [("team", query["team"])]).address(path)
    }
    let totals = figures.totals
    func tile(_ name: String, _ number: Int, _ more: String, _ address: String, _ tone: HTML = "") -> HTML {
      #"<li><a href="\#(address)">\#(name)<b\#(tone)>\#(number)</b><small>\#(more)</small></a></li>"#
    }
    let weekOld = frame.say(
      "\(totals.overdueSince7Days) of them for a week or longer", "其中 \(totals.overdueSince7Days) 项超过 7 天")
    let outstanding = totals.progress.pending + totals.progress.blocked
    return """
      <ul class="tiles">\
      \(tile(frame.say("Overdue", "逾期"), totals.progress.overdue, weekOld, listAddress("/overdue"), totals.progress.overdue > 0 ? #" class="late""# : ""))\
      \(tile(frame.say("Outstanding", "未完成"), outstanding, frame.say("in \(CountPhrases.shops(totals.shops).en)", "\(totals.shops) 家店铺"), listAddress("/shops", ("order", "outstanding"))))\
      \(tile(frame.say("Done in 7 days", "近 7 天完成"), totals.doneLast7Days, frame.say("items", "项"), listAddress("/done", ("days", "7"))))\
      \(tile(frame.say("Cooling down", "等待期"), figures.cooling, frame.say("shops", "家店铺"), listAddress("/switches", ("cooling", "1"))))</ul>

      """
  }

  private var course: HTML {
    guard figures.days.count > 1 else { return .empty }
    let chart = TrendChart(days: figures.days)
    func line(_ style: HTML, _ name: String, _ address: String) -> HTML {
      """
      <li><svg class="chart" viewBox="0 0 16 7" aria-hidden="true"><polyline\(style) points="0,3.5 16,3.5"/></svg>\
      <a href="\(address)">\(name)</a></li>
      """
    }
    let (first, last) = (figures.days[0], figures.days[figures.days.count - 1])
    let description = frame.say(
      "Outstanding items went from \(first.outstanding) to \(last.outstanding); \(last.wanted) should be left",
      "未完成的任务项从 \(first.outstanding) 变为 \(last.outstanding)，按期应剩 \(last.wanted)")
    let rows = figures.days.reversed().map { day -> HTML in
      "<tr><th scope=\"row\">\(TrendChart.short(day.date))</th><td class=\"n\">\(day.outstanding)</td><td class=\"n\">\(day.wanted)</td></tr>"
    }
    let title = frame.say("Outstanding, and what should be", "未完成的，与按期应剩的")
    return """
      <figure class="sheet"><figcaption><h2>\(title)</h2></figcaption><ul class="legend">\
      \(line("", frame.say("outstanding", "未完成"), "/shops?order=outstanding\(team)"))\(line(#" class="wanted""#, frame.say("should be left: the rest is overdue", "按期应剩，多出的是逾期"), PageQuery([("team", query["team"])]).address("/overdue")))</ul>\
      \(chart.render(description: description))<details><summary>\(frame.say("The numbers", "看数字"))</summary>\
      <p class="quiet">\(frame.say("Days are those of \(zone.name).", "按 \(zone.name) 时区的日期。"))</p>\
      <div class="scroll" tabindex="0" role="region" aria-label="\(title)"><table><thead><tr>\
      <th scope="col">\(frame.say("Day", "日期"))</th><th scope="col" class="n">\(frame.say("Outstanding", "未完成"))</th>\
      <th scope="col" class="n">\(frame.say("Should be", "按期应剩"))</th></tr></thead><tbody>\(rows)</tbody></table></div>\
      </details></figure>

      """
  }

  private var ages: HTML {
    bars(
      frame.say("For how long it has been late", "逾期了多久"), frame.say("overdue items", "逾期的任务项"), "s-late",
      figures.ages.map { age in
        Bar(
          name: frame(age.name), amount: Int64(age.items), label: "\(age.items)", address: age.address + team)
      })
  }

  /// The team, as a further query parameter for links.
  private var team: String { query["team"].map { "&team=\(RequestPipeline.escaped($0))" } ?? "" }

  /// The link to the list of shops in question.
  private func address(_ path: String, _ item: String, _ field: String) -> String {
    let parts = item.split(separator: "/", maxSplits: 1)
    return "\(path)?checklist=\(parts.first ?? "")&\(field)=\(parts.last ?? "")\(team)"
  }

  private var holdingUp: HTML {
    bars(
      frame.say("What holds up the most shops", "卡住最多店铺的任务项"),
      frame.say("other items wait for it", "别的任务项在等它"), "s-skip",
      figures.holdingUp.prefix(10).map { item in
        Bar(
          name: item.title(frame.language), amount: Int64(item.shops),
          label: frame.say(item.shops == 1 ? "1 shop" : "\(item.shops) shops", "\(item.shops) 家"),
          address: address("/shops", item.item, "holding_up"))
      })
  }

  private var durations: HTML {
    bars(
      frame.say("How long each item usually takes", "每个任务项通常多久做完"),
      frame.say("from the run's start, the median", "从清单开始算，中位数"), "s-done",
      figures.durations.prefix(20).map { duration in
        Bar(
          name: duration.title(frame.language), amount: duration.seconds,
          label: DurationText.length(duration.seconds)(frame.language),
          address: "/done?days=3650&item=\(RequestPipeline.escaped(duration.item))\(team)")
      })
  }

  private struct Bar {
    let name: String
    let amount: Int64
    let label: String
    let address: String
  }

  /// A table whose bars decorate its numbers.
  private func bars(_ title: String, _ about: String, _ style: HTML, _ bars: [Bar]) -> HTML {
    let longest = max(1, bars.map(\.amount).max() ?? 1)
    let rows = bars.map { bar -> HTML in
      let width = Int(1000 * max(0, bar.amount) / longest)
      return """
        <tr><th scope="row">\(bar.name)</th><td><svg class="meter" viewBox="0 0 1000 10" preserveAspectRatio="none" \
        aria-hidden="true"><rect class="\(style)" width="\(width)" height="10"/></svg></td>\
        <td class="n"><a href="\(bar.address)">\(bar.label)</a></td></tr>
        """
    }
    let content: HTML =
      bars.isEmpty || bars.allSatisfy { $0.amount == 0 }
      ? "<p>\(frame.say("Nothing to show.", "没有可显示的。"))</p>"
      : #"<table class="bars"><caption class="unseen">\#(title)</caption><tbody>\#(rows)</tbody></table>"#
    return """
      <figure class="sheet"><figcaption><h2>\(title)</h2><p class="quiet">\(about)</p></figcaption>\(content)</figure>

      """
  }
}

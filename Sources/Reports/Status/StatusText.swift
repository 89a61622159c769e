import Domain
import Operations

/// `status` for a terminal: each run's items in groups, overdue ones first.
package struct StatusText: Sendable {
  private let language: Language
  private let zones: ShopZones
  private let width: Int
  private let palette: Palette

  /// No line is wider than `width` cells, except for long item ids.
  package init(
    language: Language, zones: ShopZones, width: Int = 80, palette: Palette = .plain
  ) {
    self.language = language
    self.zones = zones
    self.width = max(width, 20)
    self.palette = palette
  }

  /// All lines, including line breaks.
  package func render(_ status: ShopStatus) -> String {
    let zone = zones.shown(status.zone)
    var lines = [shopLine(status.shop)]
    lines += StatusSwitchLines(language: language, zone: zone, width: width).lines(status)
    if status.runs.isEmpty {
      let id = status.shop.id
      let hint = Wording(
        en: "No run yet. To begin one: switchlist start \(id)", zh: "还没有清单执行。开始：switchlist start \(id)")
      lines += [StyledLine(), StyledLine(hint(language), .secondary)]
    }
    for run in status.runsByMilestone {
      lines.append(StyledLine())
      lines += self.lines(of: run, of: status.shop.id, zone, now: status.now)
    }
    return lines.reduce(into: "") { $0 += $1.rendered(width: width, palette: palette) + "\n" }
  }

  private func shopLine(_ shop: Shop) -> StyledLine {
    var line = StyledLine(TerminalText.safe(shop.id.rawValue), .heading)
    if let name = shop.name { line.append("  " + TerminalText.safe(name), .heading) }
    var parts: [StyledLine.Piece] = []
    if let team = shop.team { parts.append((TerminalText.safe(team), .secondary)) }
    if shop.archived { parts.append((Wording(en: "archived", zh: "已归档")(language), .soon)) }
    if !parts.isEmpty { line.append("  ") }
    line.append(joined: parts, width: width)
    return line
  }

  private func lines(of run: RunStatus, of shop: ShopID, _ zone: Zone, now: Moment) -> [StyledLine] {
    var title = StyledLine(Wording(en: "Run \(run.number)", zh: "执行 \(run.number)")(language), .heading)
    title.append("  " + TerminalText.safe(run.title(language)), .heading)
    let layout = StatusItemLines(language: language, width: width, zone: zone, now: now, items: run.items)
    var lines = [title] + origin(of: run, zone, now: now) + [bar(run.progress)]
    if let newer = run.newerDefinition(of: shop) {
      lines += Wrapping.lines(of: newer(language), cells: width).map { StyledLine($0, .soon) }
    }
    for (group, items) in StatusGroup.divide(run.items) {
      lines.append(StyledLine())
      lines.append(StyledLine(group.heading(language), group == .overdue ? .late : .heading))
      for item in items {
        lines += group.isClosed ? [layout.closed(item)] : layout.outstanding(item)
      }
    }
    return lines
  }

  private func origin(of run: RunStatus, _ zone: Zone, now: Moment) -> [StyledLine] {
    let parts: [StyledLine.Piece] = [
      (run.standing(language), run.state == .active ? .secondary : .soon),
      (run.origin(zone, now: now)(language), run.switchedAt > now ? nil : .secondary),
      (run.checklist.rawValue, .secondary),
    ]
    if run.switchedAt > now { return StyledLine.flow(parts, width: width) }
    var origin = StyledLine()
    origin.append(joined: parts, width: width)
    return [origin]
  }

  private func bar(_ progress: Progress) -> StyledLine {
    let bar = Bar.text(progress.achieved, of: progress.total, cells: width < 60 ? 8 : 20)
    var line = StyledLine(bar.full, .done)
    line.append(bar.empty, .secondary)
    line.append(" \(progress.percent)%  ")
    var parts: [StyledLine.Piece] = []
    if progress.overdue > 0 { parts.append((CountPhrases.overdue(progress.overdue)(language), .late)) }
    parts.append((CountPhrases.done(progress.done, of: progress.total)(language), nil))
    if progress.blocked > 0 { parts.append((CountPhrases.blocked(progress.blocked)(language), .soon)) }
    if let skipped = CountPhrases.skipped(progress) { parts.append((skipped(language), nil)) }
    if progress.missed > 0 { parts.append((CountPhrases.missed(progress.missed)(language), .soon)) }
    line.append(joined: parts, width: width)
    return line
  }
}

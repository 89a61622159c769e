import Domain
import Operations

/// `status` as Markdown, with a task list per run.
package struct StatusMarkdown: Sendable {
  private let language: Language
  private let zones: ShopZones

  package init(language: Language, zones: ShopZones) {
    self.language = language
    self.zones = zones
  }

  package func render(_ status: ShopStatus) -> String {
    let name = status.shop.name.map { " " + Markdown.text($0) } ?? ""
    var page = "# \(Markdown.text(status.shop.id.rawValue))\(name)\n"
    let zone = zones.shown(status.zone)
    page += account(status, zone)
    for run in status.runsByMilestone {
      let parts = [
        "**\(run.progress.percent)%**", run.standing(language),
        Markdown.text(run.origin(zone, now: status.now)(language)),
      ]
      page += "\n## \(Markdown.text(run.title(language)))\n\n\(parts.joined(separator: " · "))\n"
      if let newer = run.newerDefinition(of: status.shop.id) {
        page += "\n\(Markdown.text(newer(language)))\n"
      }
      for (group, items) in StatusGroup.divide(run.items) {
        page += "\n### \(group.heading(language))\n\n"
        for item in items { page += line(item, now: status.now, zone: zone) }
      }
    }
    return page
  }

  private func account(_ status: ShopStatus, _ zone: Zone) -> String {
    let phrases = SwitchPhrases(language: language, zone: zone, now: status.now)
      .of(account: status.account, status.latestSwitch).map { Markdown.text($0.text) }
    let overrides = (status.latestSwitch?.overrides ?? []).map { override in
      "- " + Markdown.text(override.line(language, zone, reasonCells: .max)) + "\n"
    }
    return (phrases.isEmpty ? "" : "\n\(phrases.joined(separator: " · "))\n")
      + (overrides.isEmpty ? "" : "\n\(overrides.joined())")
  }

  private func line(_ item: ItemStatus, now: Moment, zone: Zone) -> String {
    var parts = ["\(Markdown.text(item.definition.title(language))) (\(item.definition.id))"]
    if item.state.isOutstanding {
      if item.definition.critical { parts.append("**\(Wording(en: "critical", zh: "关键")(language))**") }
      if let dueAt = item.dueAt {
        parts.append("\(Lateness.wording(now - dueAt)(language)) (\(zone.formatDue(dueAt)))")
      }
      let hindrance = Obstacle(item)
      if let why = (item.overdue ? hindrance.reason : hindrance.wording)?(language) {
        parts.append(Markdown.text(why))
      }
      if let owner = item.owner { parts.append(Markdown.text(owner)) }
    } else {
      if item.state == .skipped { parts.append(item.standing(language)) }
      if let changedAt = item.changedAt { parts.append(zone.format(changedAt)) }
      if let name = item.changedBy {
        parts.append(Markdown.text(DoneBy.wording(name, link: item.changedByLink)(language)))
      }
    }
    // A check mark would suggest that it was done, an empty box that it is still to be done.
    let mark = item.missed == nil ? item.state.isOutstanding ? "[ ]" : "[x]" : "✗"
    return "- \(mark) \(parts.joined(separator: " · "))\n"
  }
}

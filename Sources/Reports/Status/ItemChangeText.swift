import Domain
import Formats
import Operations

/// The result of a change of items: one line per item, and the state of its run.
package struct ItemChangeText {
  private let language: Language
  private let now: Moment
  private let zones: ShopZones
  private let palette: Palette

  package init(language: Language, now: Moment, zones: ShopZones, palette: Palette) {
    self.language = language
    self.now = now
    self.zones = zones
    self.palette = palette
  }

  /// All lines, including line breaks.
  package func render(_ outcome: ChangeItems.Outcome) -> String {
    let shop = TerminalText.safe(outcome.shop.id.rawValue)
    let zone = zones.shown(outcome.zone)
    var text = ""
    for entry in outcome.items {
      guard let run = outcome.runs.first(where: { $0.number == entry.run }) else { continue }
      let title = TerminalText.safe(entry.item.definition.title(language))
      let colon = Wording(en: ": ", zh: "：")(language)
      text += "\(shop)  \(entry.item.id)  \(title)\(colon)\(standing(entry, in: run, zone))\n"
    }
    for run in outcome.runs {
      if outcome.reopened.contains(run.number) {
        text += Wording(
          en: "run \(run.number) was finished and is active again\n", zh: "第 \(run.number) 次执行已重新打开\n")(
            language)
      }
      text += palette(.secondary, summary(run)) + "\n"
    }
    return text
  }

  private func standing(_ entry: ChangeItems.Outcome.Entry, in run: Run, _ zone: Zone) -> String {
    let item = entry.item
    var state = palette(
      item.state == .done ? .done : item.state == .blocked ? .soon : nil, item.state.wording(language))
    if let awaiting = item.awaiting {
      let who = DoneBy.wording(TerminalText.safe(awaiting.by), link: awaiting.link)
      state = palette(
        .soon,
        Wording(
          en: "ticked by \(who.en); somebody else has to confirm it", zh: "\(who.zh) 已勾选，待另一个人确认")(language))
    }
    if !entry.changed { return unchanged(item, state, zone) }
    var parts = [state]
    if let reason = item.blockedReason {
      parts[0] += Wording(en: ": ", zh: "：")(language) + TerminalText.safe(reason)
    }
    if item.state.isOutstanding { parts += ownerAndDue(item, in: run, zone) }
    if let note = item.note {
      parts.append(Wording(en: "note: ", zh: "备注：")(language) + TerminalText.safe(note))
    }
    return parts.joined(separator: Wording(en: ", ", zh: "，")(language))
  }

  /// The owner and the due time.
  private func ownerAndDue(_ item: Run.Item, in run: Run, _ zone: Zone) -> [String] {
    var parts: [String] = []
    if let owner = item.owner {
      let name = TerminalText.safe(owner)
      parts.append(Wording(en: "for \(name)", zh: "负责人 \(name)")(language))
    }
    if let dueAt = item.dueAt {
      let due = DurationText.standing(due: dueAt, now: now)(language)
      // Names the zone if it isn't the run's, in which users' times are interpreted.
      let shown = zone.formatDue(dueAt) + (run.timeZone == zone.name ? "" : " \(zone.name)")
      parts.append(Wording(en: "due \(shown) (\(due))", zh: "截止 \(shown)（\(due)）")(language))
    }
    return parts
  }

  private func unchanged(_ item: Run.Item, _ state: String, _ zone: Zone) -> String {
    if let awaiting = item.awaiting {
      let who = DoneBy.wording(TerminalText.safe(awaiting.by), link: awaiting.link)
      let moment = zone.format(awaiting.at)
      return Wording(
        en: "unchanged; \(who.en) ticked it at \(moment), and somebody else has to confirm it",
        zh: "未改变：\(who.zh) 已于 \(moment) 勾选，待另一个人确认")(language)
    }
    if let at = item.changedAt, let by = item.changedBy {
      let who = DoneBy.wording(TerminalText.safe(by), link: item.changedByLink)
      let moment = zone.format(at)
      return Wording(
        en: "unchanged; \(state) by \(who.en) at \(moment)", zh: "未改变：\(who.zh) 于 \(moment) 设为\(state)")(
          language)
    }
    return Wording(en: "unchanged; \(state)", zh: "未改变：\(state)")(language)
  }

  private func summary(_ run: Run) -> String {
    let status = RunStatus(run, now: now)
    let progress = status.progress
    let checklist = run.checklist
    if run.state == .finished, progress.missed > 0 {
      return Wording(
        en: """
          run \(run.number) of \(checklist) is closed: \(progress.achieved) of \(progress.total) items are done or \
          skipped, \(progress.missed) were missed
          """,
        zh: """
          清单 \(checklist)（第 \(run.number) 次执行）已关闭：共 \(progress.total) 项，完成或跳过 \(progress.achieved) 项，\
          错过 \(progress.missed) 项
          """)(language)
    }
    if run.state == .finished {
      return Wording(
        en:
          "run \(run.number) of \(checklist) is finished: \(progress.total == 1 ? "its item is" : "all \(progress.total) items are") done or skipped",
        zh: "清单 \(checklist)（第 \(run.number) 次执行）已全部完成：共 \(progress.total) 项")(language)
    }
    let overdue = progress.overdue
    var text = Wording(
      en: "run \(run.number) of \(checklist): \(progress.done) of \(progress.total) done",
      zh: "清单 \(checklist)（第 \(run.number) 次执行）：已完成 \(progress.done)/\(progress.total)")(language)
    let skipped = progress.skipped - progress.missed
    if skipped > 0 { text += Wording(en: ", \(skipped) skipped", zh: "，跳过 \(skipped)")(language) }
    if progress.missed > 0 {
      text += Wording(en: ", \(progress.missed) missed", zh: "，错过 \(progress.missed)")(language)
    }
    if overdue > 0 { text += Wording(en: ", \(overdue) overdue", zh: "，逾期 \(overdue)")(language) }
    if let next = next(in: status) {
      text += Wording(en: "; next: \(next)", zh: "；下一步：\(next)")(language)
    }
    return text
  }

  /// Of the items that can be done now, the one due first.
  private func next(in status: RunStatus) -> ItemID? {
    status.items.enumerated()
      .filter { _, item in
        item.state == .pending && item.waitingFor.isEmpty && item.awaitingConfirmation == nil
      }
      .min { left, right in
        (left.element.dueAt?.seconds ?? .max, left.offset) < (
          right.element.dueAt?.seconds ?? .max, right.offset
        )
      }?.element.definition.id
  }

  /// `{"shop", "items": [{"run", "item", "state", "title", "state", "changed", "awaiting_confirmation"}]}`
  package static func json(_ outcome: ChangeItems.Outcome, language: Language) -> [UInt8] {
    var output: [UInt8] = []
    JSONWriter.append(to: &output) { json in
      json.object { json in
        json.field("shop", outcome.shop.id.rawValue)
        json.key("items")
        json.array { json in
          for entry in outcome.items {
            json.object { json in
              json.field("run", entry.run)
              json.field("item", entry.item.id.rawValue)
              json.field("title", entry.item.definition.title(language))
              json.field("state", entry.item.state.rawValue)
              json.field("changed", entry.changed)
              json.key("awaiting_confirmation")
              if let awaiting = entry.item.awaiting {
                json.object { json in
                  json.field("by", awaiting.by)
                  json.optional("by_link", awaiting.link)
                  json.field("at", awaiting.at)
                }
              } else {
                json.value(nil as String?)
              }
            }
          }
        }
      }
    }
    output.append(UInt8(ascii: "\n"))
    return output
  }
}

import Domain
import Operations

/// The result of a step of a switch.
package struct SwitchOutcomeText {
  private let language: Language
  private let now: Moment

  package init(language: Language, now: Moment) {
    self.language = language
    self.now = now
  }

  /// All lines, including line breaks.
  package func render(_ outcome: ChangeSwitch.Outcome) -> String {
    var lines = [headline(outcome)]
    if outcome.change != nil {
      lines += standing(outcome)
      lines += outcome.overridden.map { violation in
        let reason = violation.wording(outcome.rules?.platform)
        return Wording(
          en: "overridden, and shown in every report: \(reason.en)", zh: "已越过规则，会显示在每份报告里：\(reason.zh)")
      }
      lines += effects(outcome.effects, outcome.zone)
      lines += next(outcome)
    }
    return lines.map { $0(language) + "\n" }.joined()
  }

  /// One line, for a shop among many.
  package func brief(_ outcome: ChangeSwitch.Outcome) -> String { headline(outcome)(language) }

  /// The step in one sentence, with the checklists that it began.
  package static func story(_ outcome: ChangeSwitch.Outcome) -> Wording {
    let last = outcome.history.switches.last
    let zone = outcome.zone
    var words: Wording
    switch outcome.change {
    case .bound(let account, _): words = Wording(en: "bound to \(account)", zh: "绑定了账号 \(account)")
    case .planned(let plan):
      words = Wording(
        en: "planned the switch to \(plan.to), for \(zone.format(plan.plannedFor))",
        zh: "计划换绑到 \(plan.to)，时间 \(zone.format(plan.plannedFor))")
    case .unbound:
      let opens = last?.opensAt.map(zone.format) ?? ""
      words = Wording(en: "unbound; the page showed: rebind from \(opens)", zh: "已解绑；页面显示 \(opens) 起可以重新绑定")
    case .rebound(_, let account, _): words = Wording(en: "rebound to \(account)", zh: "重新绑定到 \(account)")
    default: words = Wording(en: "", zh: "")
    }
    let begun = outcome.effects.started.map(\.definition.checklist.title)
    if begun.isEmpty { return words }
    return Wording(
      en: "\(words.en); begun by itself: \(begun.map { $0(.english) }.joined(separator: ", "))",
      zh: "\(words.zh)；自动开始了清单：\(begun.map { $0(.chinese) }.joined(separator: "、"))")
  }

  private func headline(_ outcome: ChangeSwitch.Outcome) -> Wording {
    let shop = outcome.shop.id
    let at = time(outcome.at, outcome.zone)
    let last = outcome.history.switches.last
    let (old, new) = (TerminalText.safe(last?.from ?? ""), TerminalText.safe(last?.to ?? ""))
    switch outcome.change {
    case nil: return unchanged(outcome)
    case .bound(let account, _):
      let account = TerminalText.safe(account)
      return Wording(en: "\(shop) is bound to \(account), since \(at)", zh: "\(shop) 绑定了 \(account)，自 \(at)")
    case .planned(let plan):
      let planned = time(plan.plannedFor, outcome.zone)
      return Wording(
        en: "planned switch \(plan.number) of \(shop): \(old) → \(new), unbinding at \(planned)",
        zh: "\(shop) 第 \(plan.number) 次换绑已计划：\(old) → \(new)，计划 \(planned) 解绑")
    case .unbound:
      return Wording(en: "unbound \(shop) from \(old) at \(at)", zh: "\(shop) 已于 \(at) 解绑 \(old)")
    case .coolDownCorrected:
      return Wording(en: "corrected the cool-down of \(shop)", zh: "已更正 \(shop) 的等待期")
    case .rebound(_, let account, _) where last?.state == .cancelled:
      let account = TerminalText.safe(account)
      return Wording(
        en: "\(shop) is bound to the old account \(account) again, at \(at); the switch is cancelled",
        zh: "\(shop) 已于 \(at) 重新绑定原账号 \(account)，换绑取消")
    case .rebound(_, let account, _):
      let account = TerminalText.safe(account)
      return Wording(en: "rebound \(shop) to \(account) at \(at)", zh: "\(shop) 已于 \(at) 重新绑定到 \(account)")
    case .abandoned(let number, _):
      return Wording(en: "abandoned switch \(number) of \(shop)", zh: "已放弃 \(shop) 的第 \(number) 次换绑")
    }
  }

  private func unchanged(_ outcome: ChangeSwitch.Outcome) -> Wording {
    let shop = outcome.shop.id
    let standing = SwitchWords.standing(outcome.history, in: outcome.zone, now: now)
    return Wording(en: "unchanged: \(shop) \(standing.en)", zh: "未改变：\(shop) \(standing.zh)")
  }

  private func standing(_ outcome: ChangeSwitch.Outcome) -> [Wording] {
    guard let last = outcome.history.switches.last else { return [] }
    switch outcome.change {
    case .planned where !last.confirmed.isEmpty:
      let names = last.confirmed.map(\.requirement).map(TerminalText.safe)
      let people = Set(
        last.confirmed.map { DoneBy.wording(TerminalText.safe($0.by), link: $0.link)(language) }
      ).sorted()
      return [
        Wording(
          en: "confirmed: \(names.joined(separator: ", ")) (by \(people.joined(separator: ", ")))",
          zh: "已确认：\(names.joined(separator: "、"))（\(people.joined(separator: "、"))）")
      ]
    case .unbound, .coolDownCorrected: return SwitchWords.coolDown(last, in: outcome.zone, now: now)
    default: return []
    }
  }

  private func effects(_ effects: SwitchEffects, _ zone: Zone) -> [Wording] {
    var lines = effects.ticked.map { run, item in
      Wording(en: "ticked \(item) (run \(run)), which stands for it", zh: "已勾选 \(item)（第 \(run) 次执行），它代表这一步")
    }
    lines += effects.closed.map { run, checklist, missed in
      Wording(
        en: """
          closed run \(run) of \(checklist), because its time is over; \(CountPhrases.missed(missed.count).en): \
          \(missed.map(\.rawValue).joined(separator: ", "))
          """,
        zh: """
          第 \(run) 次执行（\(checklist)）的时机已过，已关闭；错过 \(missed.count) 项：\
          \(missed.map(\.rawValue).joined(separator: "、"))
          """)
    }
    lines += effects.started.map { run in
      let title = run.definition.checklist.title
      let from = time(run.switchedAt, zone)
      return Wording(
        en: """
          started run \(run.number) of \(run.checklist) (\(TerminalText.safe(title(.english)))): \
          \(CountPhrases.items(run.items.count).en), counted from \(from)
          """,
        zh: """
          已开始第 \(run.number) 次执行：\(run.checklist)（\(TerminalText.safe(title(.chinese)))），\
          \(run.items.count) 项，从 \(from) 起算
          """)
    }
    lines += effects.superseded.map { run, checklist, newer, outstanding in
      ending(
        Wording(
          en: "run \(run) of \(checklist) gave its place to run \(newer)",
          zh: "第 \(run) 次执行（\(checklist)）被第 \(newer) 次取代"), outstanding)
    }
    lines += effects.stopped.map { run, checklist, outstanding in
      ending(
        Wording(en: "stopped run \(run) of \(checklist)", zh: "已停止第 \(run) 次执行（\(checklist)）"), outstanding)
    }
    lines += effects.moved.map { run, checklist, count in
      Wording(
        en: "moved \(count) due time\(count == 1 ? "" : "s") of run \(run) (\(checklist))",
        zh: "第 \(run) 次执行（\(checklist)）有 \(count) 项的截止时间随之改变")
    }
    return lines
  }

  private func ending(_ what: Wording, _ outstanding: [ItemID]) -> Wording {
    if outstanding.isEmpty { return what }
    let items = outstanding.map(\.rawValue)
    return Wording(
      en: "\(what.en); outstanding in it: \(items.joined(separator: ", "))",
      zh: "\(what.zh)；其中未完成：\(items.joined(separator: "、"))")
  }

  /// Warnings: that no rules were checked, or that a deadline was missed.
  package static func warnings(_ outcome: ChangeSwitch.Outcome) -> [Wording] {
    var warnings = ruleless(outcome)
    if let missed = outcome.missedFinish {
      let moment = outcome.zone.formatDue(missed)
      warnings.append(
        Wording(
          en: """
            \(outcome.shop.id): the page had said to finish by \(moment); look there whether the rebinding holds
            """,
          zh: "\(outcome.shop.id)：页面要求在 \(moment) 前完成，现在已经超过；请在平台页面上确认绑定是否生效"))
    }
    return warnings
  }

  private static func ruleless(_ outcome: ChangeSwitch.Outcome) -> [Wording] {
    if outcome.rules != nil { return [] }
    switch outcome.change {
    case nil, .bound, .abandoned: return []
    default: break
    }
    guard let platform = outcome.shop.platform.map(TerminalText.safe) else {
      return [
        Wording(
          en:
            "no rules were checked: the shop has no platform (switchlist shop edit \(outcome.shop.id) --platform …)",
          zh: "没有核对平台规则：店铺没有填写平台（switchlist shop edit \(outcome.shop.id) --platform …）")
      ]
    }
    return [
      Wording(
        en: "no rules were checked: there is no platforms/\(platform).yaml among the checklists",
        zh: "没有核对平台规则：清单文件夹里没有 platforms/\(platform).yaml")
    ]
  }

  private func next(_ outcome: ChangeSwitch.Outcome) -> [Wording] {
    let shop = outcome.shop.id
    let commands: [String]
    var opens: Moment?
    switch outcome.change {
    case .bound: commands = ["switchlist switch plan \(shop) --to …"]
    case .planned: commands = ["switchlist switch unbind \(shop)"]
    case .unbound, .coolDownCorrected:
      commands = ["switchlist switch rebind \(shop)"]
      opens = outcome.history.switches.last?.opensAt.flatMap { $0 > now ? $0 : nil }
    default: commands = []
    }
    let seen = outcome.effects.started.isEmpty ? [] : ["switchlist status \(shop)"]
    let from = opens.map { moment in
      let moment = outcome.zone.format(moment)
      return Wording(en: " (from \(moment))", zh: "（\(moment) 起）")
    }
    return seen.map { Wording(en: "next: \($0)", zh: "下一步：\($0)") }
      + commands.map { Wording(en: "next\(from?.en ?? ""): \($0)", zh: "下一步\(from?.zh ?? "")：\($0)") }
  }

  private func time(_ moment: Moment, _ zone: Zone) -> String { "\(zone.format(moment)) \(zone.name)" }
}

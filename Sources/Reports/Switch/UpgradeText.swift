import Domain
import Formats
import Operations

/// What an upgrade changes in a run, or would change.
package struct UpgradeText {
  private let language: Language
  private let zones: ShopZones
  private let isDryRun: Bool

  package init(language: Language, zones: ShopZones, isDryRun: Bool) {
    self.language = language
    self.zones = zones
    self.isDryRun = isDryRun
  }

  /// All lines, including line breaks.
  package func render(_ outcome: UpgradeRuns.Outcome) -> String {
    let (run, shop) = (outcome.after.number, outcome.shop.id)
    let checklist = outcome.after.checklist
    guard outcome.isChanged else {
      return Wording(
        en: "\(shop): run \(run) of \(checklist) follows the file already\n",
        zh: "\(shop)：第 \(run) 次执行（\(checklist)）已经与清单文件一致\n")(language)
    }
    let head =
      isDryRun
      ? Wording(
        en: "\(shop): run \(run) of \(checklist) would change:", zh: "\(shop)：第 \(run) 次执行（\(checklist)）将会改变："
      )
      : Wording(
        en: "\(shop): upgraded run \(run) of \(checklist):", zh: "\(shop)：已升级第 \(run) 次执行（\(checklist)）：")
    var lines = differences(outcome)
    if lines.isEmpty { lines = [Wording(en: "nothing that this run shows", zh: "没有影响到这次执行的内容")] }
    if outcome.before.state != outcome.after.state {
      lines.append(
        outcome.after.state == .active
          ? Wording(en: "the run is active again", zh: "这次执行重新打开")
          : outcome.difference.missed.isEmpty
            ? Wording(en: "the run is finished with it", zh: "这次执行随之完成")
            : Wording(en: "the run is closed with it", zh: "这次执行随之关闭"))
    }
    var text = head(language) + "\n" + lines.map { "  \($0(language))\n" }.joined()
    if isDryRun {
      text +=
        Wording(
          en: "to do it: switchlist upgrade \(shop) --run \(run)\n",
          zh: "执行升级：switchlist upgrade \(shop) --run \(run)\n")(language)
    }
    return text
  }

  private func differences(_ outcome: UpgradeRuns.Outcome) -> [Wording] {
    let difference = outcome.difference
    let zone = zones.shown(outcome.zone)
    var lines: [Wording] = []
    if difference.isChecklistReworded {
      lines.append(Wording(en: "~ the checklist's title or description reads otherwise", zh: "~ 清单的标题或说明有改动"))
    }
    if let closes = difference.closes {
      lines.append(
        Wording(
          en: "~ it closes: \(Self.closing(closes.before).en) → \(Self.closing(closes.after).en)",
          zh: "~ 关闭时点：\(Self.closing(closes.before).zh) → \(Self.closing(closes.after).zh)"))
    }
    if let milestone = difference.missed.first.flatMap({ outcome.after[$0]?.missed }) {
      let moment = outcome.after[difference.missed[0]]?.changedAt.map(zone.format) ?? ""
      let missed = difference.missed.map(\.rawValue)
      lines.append(
        Wording(
          en: """
            - \(CountPhrases.missed(missed.count).en), because \(milestone.passed.en) (\(moment)): \
            \(missed.joined(separator: ", "))
            """,
          zh: "- 已经\(milestone.passed.zh)（\(moment)），错过 \(missed.count) 项：\(missed.joined(separator: "、"))"))
    }
    lines += difference.added.map { id in
      let item = outcome.after[id]
      let title = title(item)
      let due = item?.dueAt.map(zone.formatDue)
      return Wording(
        en: "+ \(id)  \(title.en)" + (due.map { ", due \($0)" } ?? ""),
        zh: "+ \(id)  \(title.zh)" + (due.map { "，截止 \($0)" } ?? ""))
    }
    lines += difference.removed.map { removed in
      let title = title(outcome.before[removed.id])
      let state = removed.state.wording
      return Wording(
        en: "- \(removed.id)  \(title.en) (was \(state.en); its history stays)",
        zh: "- \(removed.id)  \(title.zh)（原状态：\(state.zh)；历史记录保留）")
    }
    lines += difference.changed.map { changed in
      let words = words(changed, zone)
      return Wording(
        en: "~ \(changed.id)  \(words.map(\.en).joined(separator: "; "))",
        zh: "~ \(changed.id)  \(words.map(\.zh).joined(separator: "；"))")
    }
    return lines
  }

  private static func closing(_ milestone: Milestone?) -> Wording {
    guard let milestone else { return Wording(en: "never", zh: "不关闭") }
    return Wording(en: milestone.rawValue, zh: milestone.rawValue)
  }

  private func title(_ item: Run.Item?) -> Wording {
    guard let title = item?.definition.title else { return Wording(en: "", zh: "") }
    return Wording(en: TerminalText.safe(title(.english)), zh: TerminalText.safe(title(.chinese)))
  }

  private func words(_ changed: DefinitionDifference.Changed, _ zone: Zone) -> [Wording] {
    var words: [Wording] = []
    if changed.isReworded { words.append(Wording(en: "reworded", zh: "文字有改动")) }
    func add<Value>(
      _ pair: DefinitionDifference.Pair<Value>?, _ name: Wording, _ shown: (Value) -> Wording
    ) {
      guard let pair else { return }
      let (old, new) = (shown(pair.before), shown(pair.after))
      words.append(Wording(en: "\(name.en) \(old.en) → \(new.en)", zh: "\(name.zh) \(old.zh) → \(new.zh)"))
    }
    let none = Wording(en: "none", zh: "无")
    add(changed.dueAt, Wording(en: "due", zh: "截止")) { moment in
      moment.map { Wording(en: zone.formatDue($0), zh: zone.formatDue($0)) } ?? none
    }
    add(changed.owner, Wording(en: "owner", zh: "负责人")) { owner in
      owner.map(TerminalText.safe).map { Wording(en: $0, zh: $0) } ?? none
    }
    add(changed.needs, Wording(en: "needs", zh: "前置")) { list($0.map(\.rawValue)) ?? none }
    add(changed.proof, Wording(en: "proof", zh: "凭证")) { list($0.map(\.rawValue)) ?? none }
    add(changed.critical, Wording(en: "critical", zh: "关键")) { critical in
      critical ? Wording(en: "yes", zh: "是") : Wording(en: "no", zh: "否")
    }
    if changed.isOtherwiseChanged {
      words.append(
        Wording(en: "reminders, conditions or milestone changed", zh: "提醒、条件或所代表的步骤有改动"))
    }
    return words
  }

  private func list(_ words: [String]) -> Wording? {
    words.isEmpty ? nil : Wording(en: words.joined(separator: ", "), zh: words.joined(separator: "、"))
  }

  /// `[{"shop", "run", "checklist", "changed", "state", "added": [item], "removed": [{"item", "state"}],
  /// "items": [{"item", "reworded", "due_at", "owner", "needs", "proof", "critical", "other"}], "closes",
  /// "missed": [item]}]`. Each of `due_at` to `critical`, and `closes`, is `{"before", "after"}`, or null if
  /// unchanged.
  package static func json(_ outcomes: [UpgradeRuns.Outcome]) -> [UInt8] {
    var json = JSONWriter()
    json.array { json in
      for outcome in outcomes {
        json.newLine()
        json.object { json in write(outcome, to: &json) }
      }
    }
    return json.document()
  }

  private static func write(_ outcome: UpgradeRuns.Outcome, to json: inout JSONWriter) {
    let difference = outcome.difference
    json.field("shop", outcome.shop.id.rawValue)
    json.field("run", outcome.after.number)
    json.field("checklist", outcome.after.checklist.rawValue)
    json.field("changed", outcome.isChanged)
    json.field("state", outcome.after.state.rawValue)
    json.field("added", difference.added.map(\.rawValue))
    json.array("removed") { json in
      for removed in difference.removed {
        json.object { json in
          json.field("item", removed.id.rawValue)
          json.field("state", removed.state.rawValue)
        }
      }
    }
    json.array("items") { json in
      for changed in difference.changed {
        json.object { json in
          json.field("item", changed.id.rawValue)
          json.field("reworded", changed.isReworded)
          pair("due_at", changed.dueAt, to: &json) { $0.value($1) }
          pair("owner", changed.owner, to: &json) { $0.value($1) }
          pair("needs", changed.needs, to: &json) { $0.value($1.map(\.rawValue)) }
          pair("proof", changed.proof, to: &json) { $0.value($1.map(\.rawValue)) }
          pair("critical", changed.critical, to: &json) { $0.value($1) }
          json.field("other", changed.isOtherwiseChanged)
        }
      }
    }
    pair("closes", difference.closes, to: &json) { $0.value($1?.rawValue) }
    json.field("missed", difference.missed.map(\.rawValue))
  }

  private static func pair<Value>(
    _ name: StaticString, _ pair: DefinitionDifference.Pair<Value>?, to json: inout JSONWriter,
    _ write: (inout JSONWriter, Value) -> Void
  ) {
    guard let pair else { return json.null(name) }
    json.object(name) { json in
      json.key("before")
      write(&json, pair.before)
      json.key("after")
      write(&json, pair.after)
    }
  }
}

import Domain
import Formats
import Operations

/// A shop's events, one per line.
package struct HistoryText {
  private let language: Language
  private let zone: Zone
  private let palette: Palette
  private let names: Names

  /// Names to show instead of ids.
  package struct Names {
    /// An item's name; nil: its id.
    var item: (_ run: Int, ItemID) -> LocalizedText?
    /// A checklist's name; nil: its id.
    var checklist: (ChecklistID) -> LocalizedText?

    package init(
      item: @escaping (_ run: Int, ItemID) -> LocalizedText?,
      checklist: @escaping (ChecklistID) -> LocalizedText?
    ) {
      self.item = item
      self.checklist = checklist
    }

    /// Shows ids, as commands take them.
    package static var ids: Names { Names(item: { _, _ in nil }, checklist: { _ in nil }) }
  }

  package init(language: Language, zone: Zone, palette: Palette, names: Names = .ids) {
    self.language = language
    self.zone = zone
    self.palette = palette
    self.names = names
  }

  /// All lines, including line breaks.
  package func render(_ entries: [HistoryEntry]) -> String {
    let header = Wording(en: "times are in \(zone.name)", zh: "时间为 \(zone.name) 时区")(language)
    return entries.reduce(into: palette(.secondary, header) + "\n") { $0 += line($1) + "\n" }
  }

  /// Lines for one shop among many, each beginning with its id.
  package func lines(_ entries: [HistoryEntry]) -> String {
    entries.reduce(into: "") { $0 += "\(TerminalText.safe($1.event.shop.rawValue))  \(line($1))\n" }
  }

  private func line(_ entry: HistoryEntry) -> String {
    let event = entry.event
    let number = TerminalText.rightAligned(String(event.number), to: 4)
    var who = DoneBy.wording(TerminalText.safe(event.by.name), link: event.by.link)(language)
    if event.by.isLead { who += Wording(en: " (lead)", zh: "（主管）")(language) }
    let colon = Wording(en: ": ", zh: "：")(language)
    var line = "\(number)  \(zone.format(event.at))  \(who)\(colon)\(words(entry)(language))"
    if event.by.clockWasSet { line += Wording(en: "  [clock set]", zh: "  [时间为手动指定]")(language) }
    if event.recordedAt != event.at {
      let recorded = zone.format(event.recordedAt)
      line += Wording(en: "  [recorded \(recorded)]", zh: "  [记录于 \(recorded)]")(language)
    }
    if let told = event.toldAt.map(zone.format) {
      line += Wording(en: "  [the device said \(told)]", zh: "  [设备的时间是 \(told)]")(language)
    }
    return line
  }

  /// What happened, without when and by whom.
  package func words(_ entry: HistoryEntry) -> Wording {
    switch entry.event.change {
    case .shopAdded(let shop): return added(shop)
    case .shopEdited(let shop): return edited(shop, before: entry.shopBefore)
    case .shopArchived: return Wording(en: "archived the shop", zh: "归档了店铺")
    case .shopRestored: return Wording(en: "restored the shop", zh: "恢复了店铺")
    case .runStarted(let start):
      let checklist = Self.quoted(names.checklist(start.checklist), start.checklist.rawValue)
      return Wording(
        en: "started run \(start.run) of \(checklist.en) with \(CountPhrases.items(start.items.count).en)",
        zh: "开始第 \(start.run) 次执行：清单 \(checklist.zh)，\(start.items.count) 项")
    case .runStopped(let run, let reason):
      let reason = TerminalText.safe(reason)
      return Wording(en: "stopped run \(run): \(reason)", zh: "停止第 \(run) 次执行：\(reason)")
    case .runSuperseded(let run, let newer):
      return Wording(en: "run \(run) gave its place to run \(newer)", zh: "第 \(run) 次执行被第 \(newer) 次取代")
    case .runMoved(let run, let switchedAt, let moves):
      let moment = zone.format(switchedAt)
      return Wording(
        en: "run \(run) counts from \(moment) now; \(moves.count) due times moved",
        zh: "第 \(run) 次执行改从 \(moment) 起算，\(moves.count) 项的截止时间随之改变")
    case .runUpgraded(let upgrade):
      let removed = upgrade.removed.map(\.rawValue)
      return Wording(
        en: "run \(upgrade.run) follows a newer definition now, \(CountPhrases.items(upgrade.items.count).en)"
          + (removed.isEmpty ? "" : "; taken out: \(removed.joined(separator: ", "))"),
        zh: "第 \(upgrade.run) 次执行已升级到新的清单定义，共 \(upgrade.items.count) 项"
          + (removed.isEmpty ? "" : "；去掉了 \(removed.joined(separator: "、"))"))
    case .account(let change): return AccountChangeWords.of(change, in: zone)
    case .linkCreated(let number, let expiresAt):
      let moment = zone.format(expiresAt)
      return Wording(
        en: "made link \(number) to the shop, which ends \(moment)", zh: "创建了店铺链接 \(number)，\(moment) 失效")
    case .linkRevoked(let number): return Wording(en: "revoked link \(number)", zh: "作废了店铺链接 \(number)")
    case .fileDeleted(let sha256):
      return Wording(
        en: "deleted the file with SHA-256 \(sha256.prefix(12))…",
        zh: "删除了 SHA-256 为 \(sha256.prefix(12))… 的文件")
    case .item(let run, let item, let change):
      let what = ItemChangeWords.of(change, Self.quoted(names.item(run, item), item.rawValue))
      return Wording(
        en: "\(what.en) (run \(run))\(detail(change))", zh: "\(what.zh)（第 \(run) 次）\(detail(change))")
    }
  }

  private static func quoted(_ title: LocalizedText?, _ id: String) -> Wording {
    guard let title else { return Wording(en: id, zh: id) }
    return Wording(
      en: "“\(TerminalText.safe(title(.english)))”", zh: "“\(TerminalText.safe(title(.chinese)))”")
  }

  private func added(_ shop: Shop) -> Wording {
    let name = shop.name.map { " \(TerminalText.safe($0))" } ?? ""
    return Wording(en: "added the shop\(name)", zh: "添加了店铺\(name)")
  }

  private func edited(_ shop: Shop, before: Shop?) -> Wording {
    let pairs: [(Wording, String?, String?)] = [
      (Wording(en: "name", zh: "名称"), before?.name, shop.name),
      (Wording(en: "platform", zh: "平台"), before?.platform, shop.platform),
      (Wording(en: "team", zh: "团队"), before?.team, shop.team),
      (Wording(en: "owner", zh: "负责人"), before?.owner, shop.owner),
      (Wording(en: "time zone", zh: "时区"), before?.timeZone, shop.timeZone),
      (Wording(en: "tags", zh: "标签"), before?.tags.joined(separator: ";"), shop.tags.joined(separator: ";")),
    ]
    let changes = pairs.filter { $1 != $2 }.map { label, old, new in
      "\(label(language))\(Wording(en: ": ", zh: "：")(language))\(TerminalText.safe(old ?? "")) → \(TerminalText.safe(new ?? ""))"
    }.joined(separator: Wording(en: ", ", zh: "，")(language))
    return Wording(en: "edited the shop: \(changes)", zh: "修改了店铺：\(changes)")
  }

  private func detail(_ change: ItemChange) -> String {
    let texts: [String?] =
      switch change {
      case .ticked(let note, let proof), .tickedToConfirm(let note, let proof):
        [note, proof.flatMap(proofText)]
      case .unticked(let reason), .skipped(let reason), .blocked(let reason): [reason]
      case .dueMoved(let due, let reason): ["→ \(zone.formatDue(due))", reason]
      case .assigned(let owner): ["→ \(owner)"]
      case .noted(let text): [text]
      case .missed(let milestone): [milestone.passed(language)]
      case .confirmed, .unblocked: []
      }
    let shown = texts.compactMap { $0 }.map(TerminalText.safe)
    if shown.isEmpty { return "" }
    return Wording(en: ": ", zh: "：")(language)
      + shown.joined(separator: Wording(en: "; ", zh: "；")(language))
  }

  private func proofText(_ content: Proof.Content) -> String? {
    switch content {
    case .note, .secondPerson: nil
    case .link(let url): url
    case .file(let name, let size, let sha256):
      "\(name) (\(FileSize.text(size)), SHA-256 \(sha256.prefix(12))…)"
    }
  }

  /// One page: `{"events": [{…, "hash"}], "next"}`, with each event as it is stored.
  package static func json(_ events: [SealedEvent], next: Int?) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.array("events") { json in
        for event in events {
          json.newLine()
          json.value(json: event.bytes.dropLast() + Array(",\"hash\":\"\(HexText.of(event.hash))\"}".utf8))
        }
      }
      json.optional("next", next)
    }
    return json.document()
  }

  /// `[{"number", "shop", "kind", …, "hash"}]`: each event as it is stored, with its hash.
  package static func json(_ entries: [HistoryEntry]) -> [UInt8] {
    var output = Array("[".utf8)
    var hasEvents = false
    for entry in entries { append(entry, after: &hasEvents, to: &output) }
    output += Array("\n]\n".utf8)
    return output
  }

  /// Appends an element of such a list, for streaming.
  package static func append(_ entry: HistoryEntry, after hasEvents: inout Bool, to output: inout [UInt8]) {
    output += Array((hasEvents ? ",\n" : "\n").utf8)
    output += Array(entry.stored.utf8.dropLast())
    output += Array(",\"hash\":\"\(entry.hash)\"}".utf8)
    hasEvents = true
  }
}

/// Changes of items, in words.
enum ItemChangeWords {
  static func of(_ change: ItemChange, _ item: Wording) -> Wording {
    switch change {
    case .ticked: Wording(en: "ticked \(item.en)", zh: "勾选了 \(item.zh)")
    case .tickedToConfirm: Wording(en: "ticked \(item.en), to be confirmed", zh: "勾选了 \(item.zh)，待确认")
    case .confirmed: Wording(en: "confirmed \(item.en)", zh: "确认了 \(item.zh)")
    case .unticked: Wording(en: "opened \(item.en) again", zh: "重新打开了 \(item.zh)")
    case .skipped: Wording(en: "skipped \(item.en)", zh: "跳过了 \(item.zh)")
    case .blocked: Wording(en: "blocked \(item.en)", zh: "把 \(item.zh) 标为受阻")
    case .unblocked: Wording(en: "unblocked \(item.en)", zh: "解除了 \(item.zh) 的受阻")
    case .assigned: Wording(en: "assigned \(item.en)", zh: "指派了 \(item.zh)")
    case .dueMoved: Wording(en: "moved the due time of \(item.en)", zh: "修改了 \(item.zh) 的截止时间")
    case .missed: Wording(en: "closed \(item.en), which was missed", zh: "关闭了错过的 \(item.zh)")
    case .noted: Wording(en: "noted on \(item.en)", zh: "给 \(item.zh) 写了备注")
    }
  }
}

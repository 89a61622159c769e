import Domain
import Formats
import Operations

/// A store's status, and the results of `store check`.
package enum StoreStatusText {
  /// One line per property.
  ///
  /// - Parameter zone: for the times of events.
  package static func text(_ status: StoreStatus, _ language: Language, in zone: Zone) -> String {
    let counts = status.counts
    let log =
      status.logBytes == 0
      ? Wording(en: "", zh: "")
      : Wording(en: ", \(bytes(status.logBytes)) in its log", zh: "，日志 \(bytes(status.logBytes))")
    let readers =
      switch status.isReadableByOthers {
      case true?: Wording(en: ", others on this machine may read it", zh: "，本机其他用户可以读取")
      case false?: Wording(en: ", for its owner alone", zh: "，只有所有者可以读取")
      case nil: Wording(en: "", zh: "")
      }
    let writing = status.isWritable ? Wording(en: "writable", zh: "可写") : Wording(en: "read only", zh: "只读")
    let lines = [
      Wording(en: "store: \(TerminalText.safe(status.path))", zh: "数据库：\(TerminalText.safe(status.path))"),
      Wording(en: "engine: \(status.engine)", zh: "引擎：\(status.engine)"),
      Wording(
        en: "schema: \(status.migration) (\(schema(status).en))",
        zh: "结构：\(status.migration)（\(schema(status).zh)）"),
      Wording(en: "size: \(bytes(status.bytes))\(log.en)", zh: "大小：\(bytes(status.bytes))\(log.zh)"),
      Wording(en: "access: \(writing.en)\(readers.en)", zh: "权限：\(writing.zh)\(readers.zh)"),
      Wording(
        en: "shops: \(counts.shops), \(counts.archivedShops) of them archived",
        zh: "店铺：\(counts.shops)，其中已归档 \(counts.archivedShops)"),
      Wording(
        en: "runs: \(counts.runs), \(counts.activeRuns) of them active",
        zh: "清单执行：\(counts.runs)，其中进行中 \(counts.activeRuns)"),
      Wording(
        en: "events: \(counts.events)\(span(counts, in: zone).en)",
        zh: "事件：\(counts.events)\(span(counts, in: zone).zh)"),
      Wording(
        en: "users: \(counts.users); tokens: \(counts.tokens); links: \(counts.links)",
        zh: "用户：\(counts.users)；令牌：\(counts.tokens)；链接：\(counts.links)"),
      Wording(
        en: "files: \(counts.files), \(bytes(counts.fileBytes))",
        zh: "文件：\(counts.files)，\(bytes(counts.fileBytes))"),
    ]
    return lines.map { $0(language) + "\n" }.joined()
  }

  /// `{"store", "engine", "schema", "migration", "bytes", "log_bytes", "writable", "readable_by_others", "shops",
  /// "archived_shops", "runs", "active_runs", "events", "oldest_event", "newest_event", "users", "tokens", "links", "files", "file_bytes"}`
  package static func json(_ status: StoreStatus) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("store", status.path)
      json.field("engine", status.engine)
      json.field("schema", status.schema.rawValue)
      json.field("migration", status.migration)
      json.field("bytes", status.bytes)
      json.field("log_bytes", status.logBytes)
      json.field("writable", status.isWritable)
      json.optional("readable_by_others", status.isReadableByOthers)
      json.field("shops", status.counts.shops)
      json.field("archived_shops", status.counts.archivedShops)
      json.field("runs", status.counts.runs)
      json.field("active_runs", status.counts.activeRuns)
      json.field("events", status.counts.events)
      json.field("oldest_event", status.counts.oldestEvent)
      json.field("newest_event", status.counts.newestEvent)
      json.field("users", status.counts.users)
      json.field("tokens", status.counts.tokens)
      json.field("links", status.counts.links)
      json.field("files", status.counts.files)
      json.field("file_bytes", status.counts.fileBytes)
    }
    return json.document()
  }

  /// A copy's contents, to follow its name: `3 shops, 120 events, 410 kB`.
  package static func contents(_ status: StoreStatus) -> Wording {
    let shops = CountPhrases.shops(status.counts.shops)
    let events = status.counts.events
    return Wording(
      en: "\(shops.en), \(events == 1 ? "1 event" : "\(events) events"), \(bytes(status.bytes))",
      zh: "\(shops.zh)、\(events) 条事件、\(bytes(status.bytes))")
  }

  private static func span(_ counts: StoreStatus.Counts, in zone: Zone) -> Wording {
    guard let oldest = counts.oldestEvent, let newest = counts.newestEvent else {
      return Wording(en: "", zh: "")
    }
    let (from, to) = (zone.format(oldest), zone.format(newest))
    return Wording(en: ", recorded from \(from) to \(to)", zh: "，记录于 \(from) 至 \(to)")
  }

  private static func schema(_ status: StoreStatus) -> Wording {
    switch status.schema {
    case .current: Wording(en: "this program's", zh: "与本程序一致")
    case .behind:
      Wording(
        en: "a former version's, brought up by the next command that opens the store",
        zh: "旧版本，下一条打开数据库的命令会将它升级")
    case .ahead: Wording(en: "a newer switchlist's; update this program", zh: "来自更新版本的 switchlist；请升级本程序")
    }
  }

  private static func bytes(_ count: Int) -> String {
    for (unit, size) in [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)] where count >= size {
      let tenths = count * 10 / size
      return tenths < 100 ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(tenths / 10) \(unit)"
    }
    return "\(count) B"
  }
}

package struct StoreCheckResult {
  /// Faults in the file itself.
  package var faults: [StoreFault] = []
  /// Shops whose chain is broken or whose tables differ from their events.
  package var shops: [(shop: ShopID, verdict: VerifyHistory.Verdict)] = []
  /// Shops whose tables were mended; nil where nobody asked for that.
  package var mended: [ShopID]?
  /// False for a database, whose server looks after its files.
  package var isInFile = true
  /// The numbers of shops and events checked.
  package var shopCount = 0
  package var eventCount = 0

  package init() {}

  package var isWell: Bool { faults.isEmpty && shops.isEmpty }

  /// All findings, with the shop if they concern one.
  private var findings: [(shop: ShopID?, words: Wording)] {
    faults.map { (nil, Self.words($0)) }
      + shops.flatMap { shop, verdict in verdict.breaks.map { (shop, VerdictText.words($0)) } }
  }

  /// One line per finding, or one that says that all is well.
  package func text(_ path: String, _ language: Language) -> String {
    let name = TerminalText.safe(path)
    var lines = findings.map { shop, words in "\(shop.map { "\($0)" } ?? name): \(words(language))" }
    if isWell {
      let shops = CountPhrases.shops(shopCount)
      lines.append(
        isInFile
          ? Wording(
            en: """
              \(name) is sound: the file is whole, and the chains of \(shops.en) (\(eventCount) events) agree with what \
              the store says
              """,
            zh: "\(name) 完好：文件完整，\(shops.zh)的事件链（共 \(eventCount) 条事件）与数据库一致")(language)
          : Wording(
            en:
              "\(name) is sound: the chains of \(shops.en) (\(eventCount) events) agree with what the store says",
            zh: "\(name) 完好：\(shops.zh)的事件链（共 \(eventCount) 条事件）与数据库一致")(language))
    } else if !faults.isEmpty {
      lines.append(
        Wording(
          en:
            "the file is damaged, so the chains of events weren't verified; restore a backup: switchlist store restore FILE",
          zh: "文件已损坏，因此没有核对事件链；请恢复备份：switchlist store restore 文件")(language))
    }
    if let mended, !shops.isEmpty {
      let (all, left) = (CountPhrases.shops(mended.count), shops.count - mended.count)
      lines.append(
        Wording(
          en: "mended what follows from the events of \(all.en)"
            + (left == 0
              ? ""
              : "; left as they are, because their chains are broken: \(CountPhrases.shops(left).en)"),
          zh: "已按事件修复 \(all.zh)" + (left == 0 ? "" : "；事件链已断、未作改动：\(CountPhrases.shops(left).zh)"))(
            language))
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// `{"store", "ok", "shops", "events", "findings": [{"shop", "message"}], "mended": [SHOP]}`; `mended` where that was
  /// asked for.
  package func json(_ path: String, _ language: Language) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.field("store", path)
      json.field("ok", isWell)
      json.field("shops", shopCount)
      json.field("events", eventCount)
      json.array("findings") { json in
        for (shop, words) in findings {
          json.newLine()
          json.object { json in
            json.field("shop", shop?.rawValue)
            json.field("message", words(language))
          }
        }
      }
      if let mended { json.array("mended") { json in for shop in mended { json.value(shop.rawValue) } } }
    }
    return json.document()
  }

  private static func words(_ fault: StoreFault) -> Wording {
    switch fault {
    case .structure(let detail):
      Wording(en: "the file is damaged: \(detail.quotable)", zh: "文件已损坏：\(detail.quotable)")
    case .reference(let table, let row, let parent):
      Wording(
        en: "a row of \(table)\(row.map { " (\($0))" } ?? "") refers to a \(parent) that isn't there",
        zh: "表 \(table) 的一行\(row.map { "（\($0)）" } ?? "")所引用的 \(parent) 不存在")
    }
  }
}

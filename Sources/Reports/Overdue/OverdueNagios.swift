import Domain
import Operations

/// `overdue --format nagios`: counts items, then renders a monitoring plugin's output and its exit status.
package struct OverdueNagios: Sendable {
  /// A plugin's verdict; the raw value is its exit status.
  package enum Status: Int32, Sendable {
    case ok = 0
    case warning = 1
    case critical = 2
    case unknown = 3

    /// The keyword that monitoring systems look for.
    package var word: String {
      switch self {
      case .ok: "OK"
      case .warning: "WARNING"
      case .critical: "CRITICAL"
      case .unknown: "UNKNOWN"
      }
    }
  }

  /// Monitoring systems truncate long output, some of them silently.
  private static let linesShown = 20
  private static let mostBytes = 8192
  /// In bytes; reserved for the first line and for the number of items that aren't listed.
  private static let bytesBeside = 1024
  /// Per line, in terminal cells. `overdue` itself shows long reasons in full.
  private static let mostCells = 200

  private let language: Language
  private var overdue = 0
  private var critical = 0
  private var toCome = 0
  private var oldest: Int64 = 0
  private var lines: [String] = []
  private var bytes = 0
  /// Set once an item didn't fit, so that no later, shorter one is listed instead.
  private var isFull = false

  package init(language: Language) { self.language = language }

  /// Counts an item; the first ones are listed.
  package mutating func add(_ item: OverdueItem) {
    if item.overdueSeconds >= 0 {
      overdue += 1
      if item.critical { critical += 1 }
      oldest = max(oldest, item.overdueSeconds)
    } else {
      toCome += 1
    }
    if isFull || lines.count == Self.linesShown { return }
    let line = line(item)
    bytes += line.utf8.count + 1
    isFull = bytes > Self.mostBytes - Self.bytesBeside
    if !isFull { lines.append(line) }
  }

  /// Critical if a critical item is overdue; a warning for any other item.
  package var status: Status {
    if critical > 0 { .critical } else if overdue + toCome > 0 { .warning } else { .ok }
  }

  /// The first line has the verdict and the figures, the following ones list items.
  package func render() -> String {
    let figures =
      "overdue=\(overdue);0;;0 critical=\(critical);;0;0 due_soon=\(toCome);;;0 oldest=\(oldest)s;;;0"
    var output = "SWITCHLIST \(status.word) - \(summary(language)) | \(figures)\n"
    for line in lines { output += line + "\n" }
    let more = overdue + toCome - lines.count
    if more > 0 { output += Wording(en: "and \(more) more", zh: "另有 \(more) 项")(language) + "\n" }
    return output
  }

  /// Output for when the status can't be determined; the exit status is 3.
  package static func unknown(_ message: String) -> String {
    "SWITCHLIST UNKNOWN - \(TerminalText.truncated(plain(message), to: 1000))\n"
  }

  private var summary: Wording {
    if overdue + toCome == 0 { return Wording(en: "nothing is overdue", zh: "没有逾期的任务项") }
    var en: [String] = []
    var zh: [String] = []
    if overdue > 0 {
      let oldest = DurationText.length(oldest)
      let pressing =
        critical > 0
        ? Wording(en: ", \(critical) of them critical", zh: "，其中关键 \(critical) 项")
        : Wording(en: "", zh: "")
      en.append("\(overdue) overdue\(pressing.en), the oldest by \(oldest.en)")
      zh.append("逾期 \(overdue) 项\(pressing.zh)，最久\(DurationText.late(by: self.oldest).zh)")
    }
    if toCome > 0 {
      en.append("\(toCome) due soon")
      zh.append("即将到期 \(toCome) 项")
    }
    return Wording(en: en.joined(separator: "; "), zh: zh.joined(separator: "；"))
  }

  private func line(_ item: OverdueItem) -> String {
    let title = item.title(language)
    let parts = [
      item.shop, item.item, title, item.owner, Lateness.wording(item.overdueSeconds)(language),
      item.why(language),
    ]
    let text = Self.plain(parts.compactMap { $0 }.joined(separator: " · "))
    return TerminalText.truncated(text, to: Self.mostCells)
  }

  /// One line without `
  /// `, which would begin the plugin's performance data.
  private static func plain(_ text: String) -> String {
    String(TerminalText.safe(text).map { $0 == "|" ? "¦" : $0 })
  }
}

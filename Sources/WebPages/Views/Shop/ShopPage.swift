import Domain
import Formats
import Operations
import Reports
import WebCore

/// A shop for those who work on it: progress, what comes next, the rest by urgency, completed items, and the
/// switch. All forms and links are relative, so the page is the same under its id and under a link.
struct ShopPage: Sendable {
  /// A checklist that can be started.
  struct Startable: Sendable {
    let id: ChecklistID
    let title: LocalizedText
  }

  let frame: PageFrame
  let status: ShopStatus
  /// The status's items, in its order.
  let items: [ShopPageItem]
  /// In the shop's zone.
  let times: PageTimes
  /// The platform's rules; nil if there are none.
  let rules: PlatformRules?
  /// Whether the viewer may do what only leads may.
  let mayLead: Bool
  /// Only for leads.
  var startable: [Startable] = []
  /// The anchor of the item whose lead forms are shown.
  var managed: String?
  /// The digests of files that can be opened.
  var files: Set<String> = []
  /// The digests of files that were deleted.
  var deletedFiles: Set<String> = []
  var notice: PageNotice?
  var problem: PageProblem?
  /// Returns an item's texts, possibly from a cache.
  var texts: @Sendable (RunStatus, ChecklistItem, Language) -> ItemTexts = { ItemTexts($1, $2) }

  /// Returns a piece that many shops share, possibly from a cache.
  var keep: @Sendable (ItemPiece, () -> HTML) -> HTML = { $1() }

  init(
    frame: PageFrame, status: ShopStatus, zones: ShopZones, rules: PlatformRules?, mayLead: Bool
  ) {
    self.frame = frame
    self.status = status
    self.rules = rules
    self.mayLead = mayLead
    let times = PageTimes(language: frame.language, zone: zones.shown(status.zone), now: status.now)
    self.times = times
    items = status.runs.flatMap { run in
      let runZone = run.timeZone == times.zone.name ? times.zone : zones.source.shown(run.timeZone)
      return run.items.map { ShopPageItem(item: $0, run: run, times: times, runZone: runZone) }
    }
  }

  var language: Language { frame.language }

  func render() -> HTML {
    frame.page(
      title: status.shop.name ?? status.shop.id.rawValue, at: frame.viewer.kind == .link ? nil : .shops,
      width: .columns, live: "\(frame.base)live", body)
  }

  /// The contents of `main`. Apart from the notice and the problem, they depend on the viewer only if a tick
  /// awaits confirmation.
  var body: HTML {
    let entries = items.filter { $0.item.state.isOutstanding && $0.run.state == .active }
    let next = self.next(of: entries)
    let rest = entries.filter { $0.anchor != next?.anchor }
    let isUnderWay = status.latestSwitch?.state.isUnderWay ?? false
    let change: HTML = "<div>\(switchSection)</div>\n"
    return """
      \(header)
      \(problem.map { $0.render(frame) } ?? "")\(notice.map { $0.render(frame) } ?? "")<div class="cols">
      \(isUnderWay ? change : "")<div class="work">
      \(card(next, outstanding: entries.count))\(runs(rest))\(closed(items))</div>
      \(isUnderWay ? "" : change)<div>\(tools)\(times.note)</div>
      </div>
      """
  }

  /// When the page's content changes although the shop doesn't.
  var validUntil: Moment {
    var moments = items.filter { $0.item.state.isOutstanding }.compactMap(\.item.dueAt)
    if let change = status.latestSwitch, let opensAt = change.opensAt ?? change.plannedFor as Moment?,
      change.state.isUnderWay
    {
      moments += [opensAt] + (change.coolDown?.finishBy.map { [$0] } ?? [])
    }
    return times.wordsChange(for: moments)
  }

  /// Whether a tick awaits confirmation, so that the page differs between viewers.
  var dependsOnViewer: Bool { items.contains { $0.item.awaitingConfirmation != nil } }

  private var header: HTML {
    let shop = status.shop
    var facts: [HTML] = shop.name == nil ? [] : ["<li>\(typed: shop.id.rawValue)</li>"]
    if let team = shop.team { facts.append("<li>\(typed: team)</li>") }
    if let account = status.account {
      facts.append("<li>\(frame.say("account", "主账号")) \(typed: account)</li>")
    }
    if shop.archived { facts.append(#"<li class="soon">\#(frame.say("archived", "已归档"))</li>"#) }
    return """
      <header class="shop"><h1>\(typed: shop.name ?? shop.id.rawValue)</h1>\
      <ul class="facts">\(facts)</ul>\(ProgressMeter(progress: status.progress, language: language).render())</header>
      """
  }
}

/// A part of an item that is the same in many shops, with everything it depends on.
struct ItemPiece: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    /// The part below the line of an untouched item.
    case below(isWaiting: Bool)
    /// The part below the heading of the next item, if it is untouched.
    case next
    /// The form that reopens the item.
    case again
  }

  let part: Part
  let definition: String
  let item: ItemID
  let run: Int
  let mayLead: Bool
  let language: Language
}

/// An item with what its position on the page depends on. A class, because lists of them are sorted and
/// filtered.
final class ShopPageItem: Sendable {
  let item: ItemStatus
  let run: RunStatus
  let times: PageTimes
  /// The zone in which times are entered.
  let runZone: Zone

  /// Unique on the page; the script finds the item by it.
  let anchor: String

  init(item: ItemStatus, run: RunStatus, times: PageTimes, runZone: Zone) {
    self.item = item
    self.run = run
    self.times = times
    self.runZone = runZone
    anchor = "r\(run.number)-\(item.definition.id)"
  }

  /// Whether its run accepts changes.
  var isOpen: Bool { run.state == .active || run.state == .finished }

  /// Whether it can be done now.
  var isReady: Bool { item.isReady }

  /// Late items first, then those that can be done, then those that wait for others.
  private var urgency: Int {
    if item.overdue { return 0 }
    if isReady { return 1 }
    if item.awaitingConfirmation != nil { return 2 }
    return item.state == .blocked ? 3 : 4
  }

  /// Most urgent first; ties in the definition's order.
  static func byUrgency(_ items: [ShopPageItem]) -> [ShopPageItem] {
    let keys = items.enumerated().map { place, item in
      (item.urgency, item.item.dueAt?.seconds ?? .max, place)
    }
    return keys.sorted { $0 < $1 }.map { items[$0.2] }
  }
}

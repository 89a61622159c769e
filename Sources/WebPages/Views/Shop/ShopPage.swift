import Domain
import Formats
import Operations
import Reports
import WebCore

/// A shop for whoever works in it: how far it is, what comes next, the rest by urgency, what is done, and its
/// switch. All forms and links are relative, so the page is the same by its id and by a link.
struct ShopPage: Sendable {
  /// A checklist that can be started.
  struct Startable: Sendable {
    let id: ChecklistID
    let title: LocalizedText
  }

  let frame: PageFrame
  let status: ShopStatus
  /// Of the status, in its order.
  let items: [ShopPageItem]
  /// The shop's clocks.
  let times: PageTimes
  /// Of the shop's platform; nil where no rules are known.
  let rules: PlatformRules?
  /// May do in this shop what only leads do.
  let mayLead: Bool
  /// For leads.
  var startable: [Startable] = []
  /// The item whose forms for leads are shown, by its anchor.
  var managed: String?
  /// The digests of files that can still be opened.
  var files: Set<String> = []
  /// Those of files that were kept and are no more.
  var deletedFiles: Set<String> = []
  var notice: PageNotice?
  var problem: PageProblem?
  /// Gives an item's texts, where they are kept.
  var texts: @Sendable (RunStatus, ChecklistItem, Language) -> ItemTexts = { ItemTexts($1, $2) }

  /// Gives a piece that many shops have in common, where such are kept.
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

  /// The whole document.
  func render() -> HTML {
    frame.page(
      title: status.shop.name ?? status.shop.id.rawValue, at: frame.viewer.kind == .link ? nil : .shops,
      width: .columns, live: "\(frame.base)live", body)
  }

  /// What is in `main`; but for the notice and the problem it depends on who looks only where somebody has to
  /// confirm.
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

  /// When the page says something else though nothing has changed.
  var validUntil: Moment {
    var moments = items.filter { $0.item.state.isOutstanding }.compactMap(\.item.dueAt)
    if let change = status.latestSwitch, let opensAt = change.opensAt ?? change.plannedFor as Moment?,
      change.state.isUnderWay
    {
      moments += [opensAt] + (change.coolDown?.finishBy.map { [$0] } ?? [])
    }
    return times.wordsChange(for: moments)
  }

  /// Somebody's tick waits for somebody else, so the page isn't the same for everybody.
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

/// A part of an item that is the same in many shops, and what it depends on.
struct ItemPiece: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    /// What stands below the line of one that nobody has touched.
    case below(isWaiting: Bool)
    /// What stands below the head of the next one, which nobody has touched.
    case next
    /// The form that opens it again.
    case again
  }

  let part: Part
  let definition: String
  let item: ItemID
  let run: Int
  let mayLead: Bool
  let language: Language
}

/// An item with what its place on the page depends on. A class, because lists of them are sorted and picked from.
final class ShopPageItem: Sendable {
  let item: ItemStatus
  let run: RunStatus
  let times: PageTimes
  /// In which times are typed.
  let runZone: Zone

  /// Unlike any other's on the page; the script finds it by this.
  let anchor: String

  init(item: ItemStatus, run: RunStatus, times: PageTimes, runZone: Zone) {
    self.item = item
    self.run = run
    self.times = times
    self.runZone = runZone
    anchor = "r\(run.number)-\(item.definition.id)"
  }

  /// Whether its run takes changes.
  var isOpen: Bool { run.state == .active || run.state == .finished }

  /// Nothing stands in its way.
  var isReady: Bool { item.isReady }

  /// What is late comes first, then what can be done, then what somebody else has to do.
  private var urgency: Int {
    if item.overdue { return 0 }
    if isReady { return 1 }
    if item.awaitingConfirmation != nil { return 2 }
    return item.state == .blocked ? 3 : 4
  }

  /// The most urgent first, in the definition's order among equals.
  static func byUrgency(_ items: [ShopPageItem]) -> [ShopPageItem] {
    let keys = items.enumerated().map { place, item in
      (item.urgency, item.item.dueAt?.seconds ?? .max, place)
    }
    return keys.sorted { $0 < $1 }.map { items[$0.2] }
  }
}

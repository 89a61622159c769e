import Domain
import Operations

/// The lines of one run's items: ids in a column, titles beside them, details below, or on the same line if
/// the terminal is wide.
struct StatusItemLines {
  private let language: Language
  private let zone: Zone
  private let now: Moment
  private let width: Int
  private let titleAt: Int
  private let titleCells: Int
  private let closedTitleCells: Int
  private let detailsAt: Int
  private let isWide: Bool

  init(language: Language, width: Int, zone: Zone, now: Moment, items: [ItemStatus]) {
    self.language = language
    self.zone = zone
    self.now = now
    self.width = width
    let ids = items.map { $0.definition.id.rawValue.utf8.count }.max() ?? 0
    func widestTitle(_ items: [ItemStatus]) -> Int {
      items.map { DisplayWidth.of(TerminalText.safe($0.definition.title(language))) }.max() ?? 0
    }
    titleAt = 3 + ids + 2
    titleCells = min(widestTitle(items), max(10, width - titleAt))
    let reserved = width < 60 ? 0 : Self.closingCells
    closedTitleCells = min(
      widestTitle(items.filter { !$0.state.isOutstanding }), max(10, width - titleAt - reserved))
    isWide = width - titleAt - titleCells >= 56
    detailsAt = isWide ? titleAt + titleCells + 2 : width - titleAt >= 50 ? titleAt : 5
  }

  /// Room for when and by whom an item was closed.
  private static let closingCells = 30

  func outstanding(_ item: ItemStatus) -> [StyledLine] {
    let details = details(item)
    var line = start(item, marker: item.overdue ? "!" : marker(item), tone(item))
    line.append(fitted(item, titleCells), item.definition.critical ? .heading : nil)
    guard !details.isEmpty else { return [line] }
    if isWide {
      line.pad(to: detailsAt)
      line.append(joined: details, width: width)
      return [line]
    }
    var below = StyledLine(TerminalText.spaces(detailsAt))
    below.append(joined: details, width: width)
    return [line, below]
  }

  func closed(_ item: ItemStatus) -> StyledLine {
    let isDone = item.state == .done
    let marker = item.missed == nil ? isDone ? "✓" : "-" : "x"
    var line = start(item, marker: marker, isDone ? .done : .secondary, id: .secondary)
    line.append(fitted(item, closedTitleCells), .secondary)
    line.pad(to: titleAt + closedTitleCells)
    line.append("  ")
    line.append(joined: howItEnded(item), width: width)
    return line
  }

  private func start(
    _ item: ItemStatus, marker: String, _ tone: Palette.Tone?, id: Palette.Tone? = nil
  ) -> StyledLine {
    var line = StyledLine(" \(marker) ", tone)
    line.append(item.definition.id.rawValue, id)
    line.keepWhole()
    line.pad(to: titleAt)
    return line
  }

  private func fitted(_ item: ItemStatus, _ cells: Int) -> String {
    TerminalText.truncated(TerminalText.safe(item.definition.title(language)), to: cells)
  }

  private func marker(_ item: ItemStatus) -> String {
    switch Obstacle(item) {
    case .none: "o"
    case .waiting: "."
    case .blocked: "#"
    case .awaitingConfirmation: "?"
    }
  }

  private func tone(_ item: ItemStatus) -> Palette.Tone? {
    if item.overdue { return .late }
    return switch Obstacle(item) {
    case .blocked, .awaitingConfirmation: .soon
    case .none, .waiting: nil
    }
  }

  private func details(_ item: ItemStatus) -> [StyledLine.Piece] {
    var parts: [StyledLine.Piece] = []
    if let dueAt = item.dueAt {
      let late = now - dueAt
      parts.append((Lateness.wording(late)(language), Lateness.tone(late)))
    }
    if item.definition.critical { parts.append((Wording(en: "critical", zh: "关键")(language), .heading)) }
    let hindrance = Obstacle(item)
    if let why = (item.overdue ? hindrance.reason : hindrance.wording)?(language) {
      parts.append((TerminalText.safe(why), item.state == .blocked ? .soon : nil))
    }
    if let owner = item.owner { parts.append((TerminalText.safe(owner), nil)) }
    if let dueAt = item.dueAt { parts.append((zone.formatDue(dueAt), .secondary)) }
    if let note = item.note {
      parts.append((Wording(en: "note: ", zh: "备注：")(language) + TerminalText.safe(note), .secondary))
    }
    return parts
  }

  private func howItEnded(_ item: ItemStatus) -> [StyledLine.Piece] {
    var parts: [StyledLine.Piece] = []
    if item.state == .skipped { parts.append((item.standing(language), .secondary)) }
    if let changedAt = item.changedAt { parts.append((zone.format(changedAt), .secondary)) }
    if let name = item.changedBy {
      let who = DoneBy.wording(TerminalText.safe(name), link: item.changedByLink)
      parts.append((who(language), .secondary))
    }
    return parts
  }
}

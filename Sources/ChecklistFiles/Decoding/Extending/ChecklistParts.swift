import Domain

/// What one file says of a checklist; nil is what it leaves to the format's defaults or to its base.
struct ChecklistParts {
  var id: (id: ChecklistID, node: Int)?
  var title: LocalizedText?
  var description: LocalizedText?
  var begins: Milestone?
  var closes: Milestone?
  /// Where the file says those two.
  var beginsNode: Int?
  var closesNode: Int?
  var timeZone: String?
  var calendar: String?
  var when: Condition?
  /// Those that could be read.
  var items: [ChecklistItem] = []
  var needs = NeedsGraph()
  /// Nil where the file extends nothing.
  var extends: Extends?

  /// The checklist, where nothing that it must have is missing.
  ///
  /// - Parameters:
  ///   - base: Says what the file doesn't.
  ///   - items: All items, where they aren't those of the file alone.
  func checklist(extending base: Checklist? = nil, items: [ChecklistItem]? = nil) -> Checklist? {
    guard let id, let title else { return nil }
    return Checklist(
      id: id.id, title: title, description: description ?? base?.description,
      begins: begins ?? base?.begins ?? .rebound, closes: closes ?? base?.closes,
      timeZone: timeZone ?? base?.timeZone,
      calendar: calendar ?? base?.calendar, when: when ?? base?.when ?? .always,
      items: items ?? self.items)
  }
}

extension ChecklistItem {
  /// Whether it takes a calendar to know when something of it is due.
  var countsWorkdays: Bool {
    due?.unit == .workdays || remind.contains { $0.unit == .workdays }
      || escalate.contains { $0.unit == .workdays }
  }
}

import Domain

/// The contents of one file; nil stands for what it leaves to the format's defaults or to its base.
struct ChecklistParts {
  var id: (id: ChecklistID, node: Int)?
  var title: LocalizedText?
  var description: LocalizedText?
  var begins: Milestone?
  var closes: Milestone?
  /// The nodes of these two values.
  var beginsNode: Int?
  var closesNode: Int?
  var timeZone: String?
  var calendar: String?
  var when: Condition?
  /// Without those that couldn't be read.
  var items: [ChecklistItem] = []
  var needs = NeedsGraph()
  /// Nil if the file doesn't extend another.
  var extends: Extends?

  /// The checklist; nil if a required value is missing.
  ///
  /// - Parameters:
  ///   - base: Supplies what the file leaves out.
  ///   - items: All items, if not just those of the file.
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
  /// Whether a calendar is needed to compute its times.
  var countsWorkdays: Bool {
    due?.unit == .workdays || remind.contains { $0.unit == .workdays }
      || escalate.contains { $0.unit == .workdays }
  }
}

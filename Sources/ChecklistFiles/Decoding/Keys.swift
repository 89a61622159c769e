/// The keys of a checklist.
enum ChecklistKey: Int, CaseIterable {
  case checklist
  case title
  case description
  case begins
  case timeZone
  case calendar
  case when
  case items

  static let table = KeyTable([
    "checklist", "title", "description", "begins", "time-zone", "calendar", "when", "items",
  ])
  /// Keys of format 1 that this version doesn't know yet.
  static let later = ["extends", "remove"]
}

/// The keys of an item.
enum ItemKey: Int, CaseIterable {
  case id
  case title
  case details
  case steps
  case due
  case owner
  case critical
  case needs
  case when
  case proof
  case remind
  case escalate

  static let table = KeyTable([
    "id", "title", "details", "steps", "due", "owner", "critical", "needs", "when", "proof", "remind",
    "escalate",
  ])
  /// Keys of format 1 that this version doesn't know yet.
  static let later = ["stands-for"]
}

/// The keys of a condition.
enum ConditionKey: Int, CaseIterable {
  case platform
  case team
  case tag

  static let table = KeyTable(["platform", "team", "tag"])
}

/// The keys of a calendar.
enum CalendarKey: Int, CaseIterable {
  case calendar
  case covers
  case weekend
  case holidays
  case workdays

  static let table = KeyTable(["calendar", "covers", "weekend", "holidays", "workdays"])
}

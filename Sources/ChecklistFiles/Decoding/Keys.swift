enum ChecklistKey: Int, CaseIterable {
  case checklist
  case title
  case description
  case begins
  case closes
  case timeZone
  case calendar
  case when
  case items
  case extends
  case remove

  static let table = KeyTable([
    "checklist", "title", "description", "begins", "closes", "time-zone", "calendar", "when", "items",
    "extends", "remove",
  ])
}

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
  case standsFor

  static let table = KeyTable([
    "id", "title", "details", "steps", "due", "owner", "critical", "needs", "when", "proof", "remind",
    "escalate", "stands-for",
  ])
}

enum ConditionKey: Int, CaseIterable {
  case platform
  case team
  case tag

  static let table = KeyTable(["platform", "team", "tag"])
}

enum CalendarKey: Int, CaseIterable {
  case calendar
  case covers
  case weekend
  case holidays
  case workdays

  static let table = KeyTable(["calendar", "covers", "weekend", "holidays", "workdays"])
}

enum PlatformKey: Int, CaseIterable {
  case platform
  case title
  case description
  case timeZone
  case coolDown
  case betweenSwitches
  case requires
  case texts
  case checked

  static let table = KeyTable([
    "platform", "title", "description", "time-zone", "cool-down", "between-switches", "requires", "texts",
    "checked",
  ])
}

enum CoolDownKey: Int, CaseIterable {
  case usual
  case most

  static let table = KeyTable(["usual", "most"])
}

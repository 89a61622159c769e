import Domain

extension SeededGenerator {
  /// A checklist of all that format 1 has, its needs without a cycle.
  package mutating func checklist(_ id: ChecklistID, items count: ClosedRange<Int> = 1...8) -> Checklist {
    let ids = (0..<number(count)).map { ItemID(trusted: "item-\($0)") }
    let (begins, closes) = milestones()
    return Checklist(
      id: id, title: text(), description: maybe { $0.text() }, begins: begins, closes: closes,
      timeZone: maybe { $0.one(of: ["Asia/Shanghai", "Europe/Berlin"]) }, calendar: maybe { _ in "cn" },
      when: condition(), items: items(ids))
  }

  /// Where a checklist begins, and where it closes, if it does.
  package mutating func milestones() -> (begins: Milestone, closes: Milestone?) {
    let begins = one(of: Milestone.allCases)
    let later: [Milestone] =
      switch begins {
      case .planned: [.unbound, .rebound]
      case .unbound, .cooled: [.rebound]
      case .rebound: []
      }
    return (begins, later.isEmpty ? nil : maybe { $0.one(of: later) })
  }

  /// Items that need some of those before them, in no particular order.
  package mutating func items(_ ids: [ItemID]) -> [ChecklistItem] {
    var items: [ChecklistItem] = []
    for (index, id) in ids.enumerated() {
      items.append(
        ChecklistItem(
          id: id, title: text(), details: maybe { $0.text() },
          steps: (0..<number(0...2)).map { _ in text() }, due: maybe { $0.deadline() },
          owner: maybe { $0.one(of: ["merchant", "Zhao", "客服"]) }, critical: once(in: 4),
          needs: some(of: Array(ids[..<index].suffix(3))), when: once(in: 4) ? condition() : .always,
          proof: once(in: 3) ? some(of: ProofKind.allCases) : [],
          remind: (0..<number(0...2)).map { _ in deadline() },
          escalate: (0..<number(0...2)).map { _ in deadline() }))
    }
    return items.shuffled(using: &self)
  }

  package mutating func text() -> LocalizedText {
    let languages = some(of: ["zh", "en", "de"]).shuffled(using: &self)
    let entries = languages.map { LocalizedText.Entry(language: $0, text: longText()) }
    return LocalizedText(entries: entries) ?? LocalizedText(longText())
  }

  package mutating func condition() -> Condition {
    Condition(
      platforms: maybe { $0.some(of: ["douyin", "淘宝"]) }, teams: maybe { $0.some(of: ["east", "west"]) },
      tags: maybe { $0.some(of: ["live", "new"]) })
  }

  package mutating func deadline() -> CalendarDuration {
    let unit = one(of: CalendarDuration.Unit.allCases)
    let isElapsed = unit == .minutes || unit == .hours
    return CalendarDuration(
      count: number(0...CalendarDuration.most(unit)), unit: unit,
      time: isElapsed
        ? nil : maybe { CalendarDuration.TimeOfDay(hour: $0.number(0...23), minute: $0.number(0...59)) },
      before: once(in: 3))
  }
}

import Domain

extension ItemID: ExpressibleByStringLiteral {
  /// For tests, whose ids are known to be right.
  public init(stringLiteral text: String) { self.init(trusted: text) }
}

extension ChecklistID: ExpressibleByStringLiteral {
  /// For tests, whose ids are known to be right.
  public init(stringLiteral text: String) { self.init(trusted: text) }
}

extension ShopID: ExpressibleByStringLiteral {
  /// For tests, whose ids are known to be right.
  public init(stringLiteral text: String) { self.init(trusted: text) }
}

extension CalendarDuration {
  package static func hours(_ count: Int) -> CalendarDuration { CalendarDuration(count: count, unit: .hours) }
  package static func days(_ count: Int) -> CalendarDuration { CalendarDuration(count: count, unit: .days) }
  package static func workdays(_ count: Int) -> CalendarDuration {
    CalendarDuration(count: count, unit: .workdays)
  }
}

extension ChecklistItem {
  /// An item whose title is its id.
  package static func named(
    _ id: ItemID, needs: [ItemID] = [], due: CalendarDuration? = nil, owner: String? = nil,
    critical: Bool = false, when: Condition = .always, proof: [ProofKind] = []
  ) -> ChecklistItem {
    ChecklistItem(
      id: id, title: LocalizedText(id.rawValue), due: due, owner: owner, critical: critical,
      needs: needs, when: when, proof: proof)
  }
}

extension Checklist {
  /// A checklist whose title is its id.
  package static func named(
    _ id: ChecklistID, begins: Milestone = .rebound, closes: Milestone? = nil, timeZone: String? = nil,
    calendar: String? = nil, when: Condition = .always, _ items: [ChecklistItem]
  ) -> Checklist {
    Checklist(
      id: id, title: LocalizedText(id.rawValue), begins: begins, closes: closes, timeZone: timeZone,
      calendar: calendar, when: when, items: items)
  }
}

extension Run {
  /// A run of a checklist that holds all its items; they are due as their hours say.
  package static func of(
    _ items: [ChecklistItem], number: Int = 1, switchedAt: Moment = .switched
  ) -> Run {
    let start = RunStart(
      run: number, checklist: "after", definition: String(repeating: "0", count: 64),
      switchedAt: switchedAt, timeZone: "UTC",
      items: items.map { item in
        RunStart.Item(
          id: item.id, dueAt: item.due.map { switchedAt + Int64($0.count) * 3600 }, owner: item.owner)
      })
    return Run(
      start, definition: Definition(sha256: start.definition, checklist: .named("after", items)))
  }
}

extension Moment {
  /// When runs of tests begin: 2026-11-01T02:00:00Z.
  package static let switched = Moment(seconds: 1_793_498_400)
  /// A day later.
  package static let now = switched + 86_400

  package static func hours(_ count: Int64) -> Moment { switched + count * 3600 }
}

extension Author {
  /// Somebody at the command line.
  package static func named(_ name: String, isLead: Bool = false) -> Author {
    made(name, login: "tester", .commandLine, isLead: isLead)
  }

  /// A script with a token.
  package static func byToken(_ number: Int, _ name: String, maker: String) -> Author {
    made(name, login: "token:\(number)", .api, isLead: true, maker: maker)
  }

  private static func made(
    _ name: String, login: String, _ channel: EntryChannel, isLead: Bool = false, maker: String? = nil
  ) -> Author {
    do throws(Refusal) {
      return try Author(name: name, login: login, channel: channel, isLead: isLead, maker: maker)
    } catch {
      preconditionFailure("not a name: \(error)")
    }
  }

  /// Somebody who opened a shop's link and gave a name.
  package static func byLink(_ number: Int, _ name: String, maker: String? = nil) -> Author {
    made(name, login: Author.login(ofLink: number), .link, maker: maker)
  }

  package static let li = named("Li")
  package static let wang = named("Wang")
  package static let lead = named("Chen", isLead: true)
}

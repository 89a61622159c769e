import Domain
import Formats
import Operations

/// A switch's lists in columns, as JSON.
enum SwitchLists {
  static func text(_ confirmed: [AccountSwitch.Confirmation]) -> String {
    list(confirmed) { json, confirmation in
      json.field("requirement", confirmation.requirement)
      json.field("by", confirmation.by)
      if let link = confirmation.link { json.field("link", Int64(link)) }
      json.field("at", confirmation.at)
    }
  }

  static func text(_ overrides: [AccountSwitch.Override]) -> String {
    list(overrides) { json, override in
      json.field("step", override.step.rawValue)
      json.field("rules", override.rules.map(\.rawValue))
      json.field("reason", override.reason)
      json.field("by", override.by)
      json.field("at", override.at)
    }
  }

  static func confirmed(_ row: some SQLRow, _ column: Int) throws -> [AccountSwitch.Confirmation] {
    try elements(row, column) { cursor in
      var requirement: String?
      var by: String?
      var link: Int64?
      var at: Moment?
      try cursor.fields { key, cursor in
        switch key {
        case "requirement": requirement = try cursor.string()
        case "by": by = try cursor.string()
        case "link": link = try cursor.integer()
        case "at": at = try cursor.moment()
        default: throw cursor.fault("requirement, by, link or at")
        }
      }
      guard let requirement, let by, let at else { throw cursor.fault("requirement, by and at") }
      return AccountSwitch.Confirmation(
        requirement: requirement, by: by, link: link.map(Int.init), at: at)
    }
  }

  static func overrides(_ row: some SQLRow, _ column: Int) throws -> [AccountSwitch.Override] {
    try elements(row, column) { cursor in
      var step: Milestone?
      var rules: [PlatformRules.Rule] = []
      var reason: String?
      var by: String?
      var at: Moment?
      try cursor.fields { key, cursor in
        switch key {
        case "step": step = Milestone(rawValue: try cursor.string())
        case "rules": rules = try cursor.strings().compactMap(PlatformRules.Rule.init)
        case "reason": reason = try cursor.string()
        case "by": by = try cursor.string()
        case "at": at = try cursor.moment()
        default: throw cursor.fault("step, rules, reason, by or at")
        }
      }
      guard let step, let reason, let by, let at else { throw cursor.fault("step, reason, by and at") }
      return AccountSwitch.Override(step: step, rules: rules, reason: reason, by: by, at: at)
    }
  }

  private static func list<Element>(
    _ elements: [Element], _ encode: (inout JSONWriter, Element) -> Void
  ) -> String {
    if elements.isEmpty { return "[]" }
    var json = JSONWriter(.canonical, reserving: 256)
    json.array { json in
      for element in elements { json.object { json in encode(&json, element) } }
    }
    return json.text
  }

  private static func elements<Element>(
    _ row: some SQLRow, _ column: Int, _ element: (inout JSONCursor) throws -> Element
  ) throws -> [Element] {
    // Most are empty, so they aren't decoded.
    let bytes = row.withUTF8(column) { $0.count > 2 ? Array($0) : [] }
    if bytes.isEmpty { return [] }
    return try JSONCursor.read(bytes) { cursor in
      var elements: [Element] = []
      try cursor.array { cursor in elements.append(try element(&cursor)) }
      return elements
    }
  }
}

extension AccountSwitch {
  /// Reads the columns from `first` on: `number, state, from_account, to_account, planned_at, planned_for,
  /// unbound_at, until, estimated, until_latest, finish_by, ended_at, reason, confirmed, overrides,
  /// imported`.
  init(_ row: some SQLRow, from first: Int) throws {
    let unboundAt = row.optionalMoment(first + 6)
    guard let state = SwitchState(rawValue: row.text(first + 1)) else {
      throw CorruptRow(detail: "state '\(row.text(first + 1))'")
    }
    self.init(
      number: try row.count(first), from: row.text(first + 2), to: row.text(first + 3), state: state,
      plannedAt: row.moment(first + 4), plannedFor: row.moment(first + 5),
      confirmed: try SwitchLists.confirmed(row, first + 13), unboundAt: unboundAt,
      coolDown: unboundAt.map { _ in
        CoolDown(
          until: row.optionalMoment(first + 7), isEstimate: row.flag(first + 8),
          latest: row.optionalMoment(first + 9), finishBy: row.optionalMoment(first + 10))
      }, endedAt: row.optionalMoment(first + 11), reason: row.optionalText(first + 12),
      overrides: try SwitchLists.overrides(row, first + 14), isImported: row.flag(first + 15))
  }
}

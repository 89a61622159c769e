import Formats

/// Stored bytes that aren't a definition.
package struct MalformedDefinition: Error, Equatable {
  package let problem: String
}

extension Checklist {
  /// Reads a definition's canonical form; throws `MalformedDefinition` or `JSONCursor.Fault`.
  ///
  /// - Parameter isUntrusted: true for input from outside, false for what the store has checked before.
  package init(canonical bytes: some Collection<UInt8>, isUntrusted: Bool = false) throws {
    self = try JSONCursor.read(bytes, isUntrusted: isUntrusted) { cursor in try Checklist(&cursor) }
  }

  private init(_ cursor: inout JSONCursor) throws {
    var id: ChecklistID?
    var title: LocalizedText?
    var description: LocalizedText?
    var begins = Milestone.rebound
    var closes: Milestone?
    var timeZone: String?
    var calendar: String?
    var when = Condition.always
    var items: [ChecklistItem] = []
    try cursor.fields { key, cursor in
      switch key {
      case "checklist": id = try cursor.identifier()
      case "title": title = try LocalizedText(&cursor)
      case "description": description = try LocalizedText(&cursor)
      case "begins": begins = try cursor.milestone()
      case "closes": closes = try cursor.milestone()
      case "time-zone": timeZone = try cursor.string()
      case "calendar": calendar = try cursor.string()
      case "when": when = try Condition(&cursor)
      case "items": try cursor.array { cursor in items.append(try ChecklistItem(&cursor)) }
      default: throw MalformedDefinition(problem: "unknown key '\(key)'")
      }
    }
    guard let id, let title else { throw MalformedDefinition(problem: "no id or title") }
    if let closes, closes <= begins || !Milestone.closing.contains(closes) {
      throw MalformedDefinition(
        problem: "it closes at '\(closes.rawValue)', and begins at '\(begins.rawValue)'")
    }
    self.init(
      id: id, title: title, description: description, begins: begins, closes: closes, timeZone: timeZone,
      calendar: calendar, when: when, items: items)
  }
}

extension ChecklistItem {
  fileprivate init(_ cursor: inout JSONCursor) throws {
    var id: ItemID?
    var title: LocalizedText?
    var details: LocalizedText?
    var steps: [LocalizedText] = []
    var due: CalendarDuration?
    var owner: String?
    var critical = false
    var needs: [ItemID] = []
    var when = Condition.always
    var proof: [ProofKind] = []
    var remind: [CalendarDuration] = []
    var escalate: [CalendarDuration] = []
    var standsFor: Milestone?
    try cursor.fields { key, cursor in
      switch key {
      case "id": id = try cursor.identifier()
      case "title": title = try LocalizedText(&cursor)
      case "details": details = try LocalizedText(&cursor)
      case "steps": try cursor.array { cursor in steps.append(try LocalizedText(&cursor)) }
      case "due": due = try cursor.duration()
      case "owner": owner = try cursor.string()
      case "critical": critical = try cursor.bool()
      case "needs": try cursor.array { cursor in needs.append(try cursor.identifier()) }
      case "when": when = try Condition(&cursor)
      case "proof": try cursor.array { cursor in proof.append(try cursor.proofKind()) }
      case "remind": try cursor.array { cursor in remind.append(try cursor.duration()) }
      case "escalate": try cursor.array { cursor in escalate.append(try cursor.duration()) }
      case "stands-for": standsFor = try cursor.milestone()
      default: throw MalformedDefinition(problem: "unknown key '\(key)' in an item")
      }
    }
    guard let id, let title else { throw MalformedDefinition(problem: "an item without id or title") }
    self.init(
      id: id, title: title, details: details, steps: steps, due: due, owner: owner, critical: critical,
      needs: needs, when: when, proof: proof, remind: remind, escalate: escalate, standsFor: standsFor)
  }
}

extension LocalizedText {
  fileprivate init(_ cursor: inout JSONCursor) throws {
    if cursor.isAtText {
      self.init(try cursor.string())
      return
    }
    var entries: [Entry] = []
    try cursor.object { key, cursor in
      entries.append(Entry(language: key, text: try cursor.string()))
    }
    guard let text = LocalizedText(entries: entries) else {
      throw MalformedDefinition(problem: "a text in no language")
    }
    self = text
  }
}

extension Condition {
  fileprivate init(_ cursor: inout JSONCursor) throws {
    var platforms: [String]?
    var teams: [String]?
    var tags: [String]?
    try cursor.fields { key, cursor in
      switch key {
      case "platform": platforms = try cursor.strings()
      case "team": teams = try cursor.strings()
      case "tag": tags = try cursor.strings()
      default: throw MalformedDefinition(problem: "unknown condition '\(key)'")
      }
    }
    self.init(platforms: platforms, teams: teams, tags: tags)
  }
}

/// A definition's enumerated words. Unknown ones are refused: ignoring an unknown proof would let people tick
/// without it.
extension JSONCursor {
  fileprivate mutating func identifier<ID: DefinitionIdentifier>() throws -> ID {
    let text = try string()
    guard let id = ID(text) else { throw MalformedDefinition(problem: "'\(text)' isn't an id") }
    return id
  }

  fileprivate mutating func milestone() throws -> Milestone {
    let text = try string()
    guard let milestone = Milestone(rawValue: text) else {
      throw MalformedDefinition(problem: "unknown milestone '\(text)'")
    }
    return milestone
  }

  fileprivate mutating func proofKind() throws -> ProofKind {
    let text = try string()
    guard let kind = ProofKind(rawValue: text) else {
      throw MalformedDefinition(problem: "unknown proof '\(text)'")
    }
    return kind
  }

  fileprivate mutating func duration() throws -> CalendarDuration {
    let text = try string()
    do throws(CalendarDurationError) { return try CalendarDuration(parsing: text) } catch {
      throw MalformedDefinition(problem: "'\(text)' isn't a duration")
    }
  }
}

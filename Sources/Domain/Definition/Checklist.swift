/// The moment of a switch at which a checklist's runs begin.
public enum Milestone: String, Sendable, CaseIterable {
  case planned
  case unbound
  case cooled
  case rebound
}

/// What shows that an item was really done.
public enum ProofKind: String, Sendable, CaseIterable {
  case none
  case note
  case link
  case file
  case secondPerson = "second-person"
}

/// Which shops something applies to: every key that is given must match, by any of its values.
public struct Condition: Sendable, Hashable {
  /// Platforms, or nil for any.
  public let platforms: [String]?
  /// Teams, or nil for any.
  public let teams: [String]?
  /// Tags, or nil for any; a shop with one of them matches.
  public let tags: [String]?

  package init(platforms: [String]? = nil, teams: [String]? = nil, tags: [String]? = nil) {
    self.platforms = platforms
    self.teams = teams
    self.tags = tags
  }

  /// Matches every shop.
  public static let always = Condition()

  /// Whether a shop with these properties is meant; values compare exactly.
  public func matches(platform: String?, team: String?, tags shopTags: [String]) -> Bool {
    if let platforms, !platforms.contains(where: { $0 == platform }) { return false }
    if let teams, !teams.contains(where: { $0 == team }) { return false }
    if let tags, !tags.contains(where: { shopTags.contains($0) }) { return false }
    return true
  }
}

/// A definition: what has to be done, by whom, until when, in which order, and on what proof.
public struct Checklist: Sendable, Hashable {
  /// Unique in the folder.
  public let id: ChecklistID
  /// What the checklist is called.
  public let title: LocalizedText
  /// Markdown.
  public let description: LocalizedText?
  /// Where its runs begin by themselves.
  public let begins: Milestone
  /// An IANA name; the shop's own wins.
  public let timeZone: String?
  /// The name of a calendar file, for workdays.
  public let calendar: String?
  /// Which shops it is for.
  public let when: Condition
  /// 1 to 500 items in the file's order, whose needs name each other without a cycle.
  public let items: [ChecklistItem]

  package init(
    id: ChecklistID, title: LocalizedText, description: LocalizedText? = nil,
    begins: Milestone = .rebound, timeZone: String? = nil, calendar: String? = nil,
    when: Condition = .always, items: [ChecklistItem]
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.begins = begins
    self.timeZone = timeZone
    self.calendar = calendar
    self.when = when
    self.items = items
  }
}

/// One thing to do, as its author wrote it.
public struct ChecklistItem: Sendable, Hashable {
  /// Unique in the checklist.
  public let id: ItemID
  /// What there is to do.
  public let title: LocalizedText
  /// Markdown: why it matters, what often goes wrong.
  public let details: LocalizedText?
  /// How to do it, one text a step.
  public let steps: [LocalizedText]
  /// Counted from the run's start; nil is never overdue.
  public let due: Deadline?
  /// `merchant` stands for the shop's owner, anything else for itself.
  public let owner: String?
  /// Only a lead may skip it.
  public let critical: Bool
  /// The items that come first.
  public let needs: [ItemID]
  /// Left out of the runs of shops that don't match.
  public let when: Condition
  /// Any one of these shows that it was done, the first preferred; empty: none is asked for.
  public let proof: [ProofKind]
  /// How long before the due time somebody is reminded.
  public let remind: [Deadline]
  /// How long after the due time somebody else is told.
  public let escalate: [Deadline]
  /// The milestone that ticks it, whatever it needs or asks as proof; never `cooled`, which nobody records.
  public let standsFor: Milestone?

  package init(
    id: ItemID, title: LocalizedText, details: LocalizedText? = nil, steps: [LocalizedText] = [],
    due: Deadline? = nil, owner: String? = nil, critical: Bool = false, needs: [ItemID] = [],
    when: Condition = .always, proof: [ProofKind] = [], remind: [Deadline] = [],
    escalate: [Deadline] = [], standsFor: Milestone? = nil
  ) {
    self.id = id
    self.title = title
    self.details = details
    self.steps = steps
    self.due = due
    self.owner = owner
    self.critical = critical
    self.needs = needs
    self.when = when
    self.proof = proof
    self.remind = remind
    self.escalate = escalate
    self.standsFor = standsFor
  }
}

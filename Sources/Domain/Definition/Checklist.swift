/// A moment of a switch, at which a checklist's runs begin or are closed; in the order in which a switch passes them.
package enum Milestone: String, Sendable, CaseIterable, Comparable {
  case planned
  case unbound
  case cooled
  case rebound

  /// Those at which runs can be closed. The end of the cool-down isn't one: nobody records it.
  package static let closing: [Milestone] = [.unbound, .rebound]

  /// Whether a switch passes this one first.
  package static func < (left: Milestone, right: Milestone) -> Bool { left.place < right.place }

  private var place: Int {
    switch self {
    case .planned: 0
    case .unbound: 1
    case .cooled: 2
    case .rebound: 3
    }
  }
}

/// What shows that an item was really done.
package enum ProofKind: String, Sendable, CaseIterable {
  case none
  case note
  case link
  case file
  case secondPerson = "second-person"
}

/// Which shops something applies to: every key that is given must match, by any of its values.
package struct Condition: Sendable, Hashable {
  /// Platforms, or nil for any.
  package let platforms: [String]?
  /// Teams, or nil for any.
  package let teams: [String]?
  /// Tags, or nil for any; a shop with one of them matches.
  package let tags: [String]?

  package init(platforms: [String]? = nil, teams: [String]? = nil, tags: [String]? = nil) {
    self.platforms = platforms
    self.teams = teams
    self.tags = tags
  }

  /// Matches every shop.
  package static let always = Condition()

  /// Whether a shop with these properties is meant; values compare exactly.
  package func matches(platform: String?, team: String?, tags shopTags: [String]) -> Bool {
    if let platforms, !platforms.contains(where: { $0 == platform }) { return false }
    if let teams, !teams.contains(where: { $0 == team }) { return false }
    if let tags, !tags.contains(where: { shopTags.contains($0) }) { return false }
    return true
  }
}

/// A definition: what has to be done, by whom, until when, in which order, and on what proof.
package struct Checklist: Sendable, Hashable {
  /// Unique in the folder.
  package let id: ChecklistID
  /// What the checklist is called.
  package let title: LocalizedText
  /// Markdown.
  package let description: LocalizedText?
  /// Where its runs begin by themselves.
  package let begins: Milestone
  /// Where what is outstanding in its runs can't be done any more, and they are closed; later than `begins`. Nil: nowhere.
  package let closes: Milestone?
  /// An IANA name; the shop's own wins.
  package let timeZone: String?
  /// The name of a calendar file, for workdays.
  package let calendar: String?
  /// Which shops it is for.
  package let when: Condition
  /// 1 to 500 items in the file's order, whose needs name each other without a cycle.
  package let items: [ChecklistItem]

  package init(
    id: ChecklistID, title: LocalizedText, description: LocalizedText? = nil,
    begins: Milestone = .rebound, closes: Milestone? = nil, timeZone: String? = nil, calendar: String? = nil,
    when: Condition = .always, items: [ChecklistItem]
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.begins = begins
    self.closes = closes
    self.timeZone = timeZone
    self.calendar = calendar
    self.when = when
    self.items = items
  }
}

/// One thing to do, as its author wrote it. Runs by the hundred thousand hold it, so it is shared.
package struct ChecklistItem: Sendable, Hashable {
  private struct Fields: Hashable {
    let id: ItemID
    let title: LocalizedText
    let details: LocalizedText?
    let steps: [LocalizedText]
    let due: CalendarDuration?
    let owner: String?
    let critical: Bool
    let needs: [ItemID]
    let when: Condition
    let proof: [ProofKind]
    let remind: [CalendarDuration]
    let escalate: [CalendarDuration]
    let standsFor: Milestone?
  }

  private final class Content: Sendable {
    let fields: Fields
    init(_ fields: Fields) { self.fields = fields }
  }

  private let content: Content

  /// Unique in the checklist.
  package var id: ItemID { content.fields.id }
  /// What there is to do.
  package var title: LocalizedText { content.fields.title }
  /// Markdown: why it matters, what often goes wrong.
  package var details: LocalizedText? { content.fields.details }
  /// How to do it, one text a step.
  package var steps: [LocalizedText] { content.fields.steps }
  /// Counted from the run's start; nil is never overdue.
  package var due: CalendarDuration? { content.fields.due }
  /// `merchant` stands for the shop's owner, anything else for itself.
  package var owner: String? { content.fields.owner }
  /// Only a lead may skip it.
  package var critical: Bool { content.fields.critical }
  /// The items that come first.
  package var needs: [ItemID] { content.fields.needs }
  /// Left out of the runs of shops that don't match.
  package var when: Condition { content.fields.when }
  /// Any one of these shows that it was done, the first preferred; empty: none is asked for.
  package var proof: [ProofKind] { content.fields.proof }
  /// How long before the due time somebody is reminded.
  package var remind: [CalendarDuration] { content.fields.remind }
  /// How long after the due time somebody else is told.
  package var escalate: [CalendarDuration] { content.fields.escalate }
  /// The milestone that ticks it, whatever it needs or asks as proof; never `cooled`, which nobody records.
  package var standsFor: Milestone? { content.fields.standsFor }

  package init(
    id: ItemID, title: LocalizedText, details: LocalizedText? = nil, steps: [LocalizedText] = [],
    due: CalendarDuration? = nil, owner: String? = nil, critical: Bool = false, needs: [ItemID] = [],
    when: Condition = .always, proof: [ProofKind] = [], remind: [CalendarDuration] = [],
    escalate: [CalendarDuration] = [], standsFor: Milestone? = nil
  ) {
    content = Content(
      Fields(
        id: id, title: title, details: details, steps: steps, due: due, owner: owner, critical: critical,
        needs: needs, when: when, proof: proof, remind: remind, escalate: escalate, standsFor: standsFor))
  }

  /// Of equal content.
  package static func == (left: ChecklistItem, right: ChecklistItem) -> Bool {
    left.content === right.content || left.content.fields == right.content.fields
  }

  /// Hashes the content.
  package func hash(into hasher: inout Hasher) { hasher.combine(content.fields) }
}

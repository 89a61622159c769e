/// A point in a switch at which a checklist's runs begin or are closed. Cases stand in the order in which a
/// switch passes them.
package enum Milestone: String, Sendable, CaseIterable, Comparable {
  case planned
  case unbound
  case cooled
  case rebound

  /// Milestones at which runs can be closed. The end of the cool-down isn't one, since nobody records it.
  package static let closing: [Milestone] = [.unbound, .rebound]

  /// By the order in which a switch passes them.
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

/// What counts as evidence that an item was done.
package enum ProofKind: String, Sendable, CaseIterable {
  case none
  case note
  case link
  case file
  case secondPerson = "second-person"
}

/// Which shops something applies to. Every key given must match, by any of its values.
package struct Condition: Sendable, Hashable {
  /// Nil matches any platform.
  package let platforms: [String]?
  /// Nil matches any team.
  package let teams: [String]?
  /// Nil matches any; otherwise the shop must have one of these.
  package let tags: [String]?

  package init(platforms: [String]? = nil, teams: [String]? = nil, tags: [String]? = nil) {
    self.platforms = platforms
    self.teams = teams
    self.tags = tags
  }

  package static let always = Condition()

  /// Whether a shop with these properties satisfies the condition. Values are compared exactly.
  package func matches(platform: String?, team: String?, tags shopTags: [String]) -> Bool {
    if let platforms, !platforms.contains(where: { $0 == platform }) { return false }
    if let teams, !teams.contains(where: { $0 == team }) { return false }
    if let tags, !tags.contains(where: { shopTags.contains($0) }) { return false }
    return true
  }
}

/// What a checklist file defines: what has to be done, by whom, by when, in which order, and with what proof.
package struct Checklist: Sendable, Hashable {
  /// Unique in the folder.
  package let id: ChecklistID
  package let title: LocalizedText
  /// Markdown.
  package let description: LocalizedText?
  /// The milestone at which runs begin by themselves.
  package let begins: Milestone
  /// The milestone at which outstanding items can no longer be done and runs are closed; later than `begins`.
  /// Nil if runs are never closed.
  package let closes: Milestone?
  /// An IANA name. A shop's own zone takes precedence.
  package let timeZone: String?
  /// The name of the calendar file that says which days are workdays.
  package let calendar: String?
  /// Which shops it is for.
  package let when: Condition
  /// 1 to 500 items in the file's order. Their `needs` name other items here and form no cycle.
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

/// One thing to do, as its author wrote it. Hundreds of thousands of runs hold it, so copies share storage.
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
  package var title: LocalizedText { content.fields.title }
  /// Markdown: why it matters, what often goes wrong.
  package var details: LocalizedText? { content.fields.details }
  /// How to do it, one text per step.
  package var steps: [LocalizedText] { content.fields.steps }
  /// Counted from the run's `switchedAt`. Nil: never overdue.
  package var due: CalendarDuration? { content.fields.due }
  /// `merchant` means the shop's owner; anything else is a name.
  package var owner: String? { content.fields.owner }
  /// Only a lead may skip it.
  package var critical: Bool { content.fields.critical }
  /// Items that have to be done first.
  package var needs: [ItemID] { content.fields.needs }
  /// Left out of the runs of shops that don't match.
  package var when: Condition { content.fields.when }
  /// Any one of these proves that it was done; the first is preferred. Empty: no proof is required.
  package var proof: [ProofKind] { content.fields.proof }
  /// Times before the due time at which somebody is reminded.
  package var remind: [CalendarDuration] { content.fields.remind }
  /// Times after the due time at which somebody else is notified.
  package var escalate: [CalendarDuration] { content.fields.escalate }
  /// The milestone that ticks the item, whatever its `needs` and `proof`. Never `cooled`, which nobody
  /// records.
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

  /// Compares content. Comparing storage first is only faster.
  package static func == (left: ChecklistItem, right: ChecklistItem) -> Bool {
    left.content === right.content || left.content.fields == right.content.fields
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(content.fields) }
}

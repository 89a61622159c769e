import Domain

/// One line of `overdue`: an outstanding item of an active run, whose due time has passed or is near.
package struct OverdueItem: Sendable {
  /// The shop's id.
  package let shop: String
  /// The shop's name.
  package let name: String?
  /// The shop's team.
  package let team: String?
  /// The run's number.
  package let run: Int
  /// The run's checklist.
  package let checklist: String
  /// The item's id.
  package let item: String
  /// Its place in the run's definition, from 0.
  package let position: Int
  /// The item's title.
  package let title: LocalizedText
  /// Who it is for.
  package let owner: String?
  /// Whether only a lead may skip it.
  package let critical: Bool
  /// Pending or blocked.
  package let state: ItemState
  /// The ids of what it waits for, separated by a space; empty when it could be done now.
  package let waitingFor: String
  /// Why it is blocked.
  package let blockedReason: String?
  /// Who ticked it, when it only awaits a second person.
  package let awaitingConfirmationBy: String?
  /// The number of the link by which that tick came in; nil where it came otherwise.
  package let awaitingConfirmationByLink: Int?
  /// When it was due.
  package let dueAt: Moment
  /// Seconds since then; negative for what is still to come.
  package let overdueSeconds: Int64

  package init(
    shop: String, name: String?, team: String?, run: Int, checklist: String, item: String,
    position: Int = 0, title: LocalizedText, owner: String?, critical: Bool, state: ItemState,
    waitingFor: String,
    blockedReason: String?, awaitingConfirmationBy: String?, awaitingConfirmationByLink: Int? = nil,
    dueAt: Moment, overdueSeconds: Int64
  ) {
    self.shop = shop
    self.name = name
    self.team = team
    self.run = run
    self.checklist = checklist
    self.item = item
    self.position = position
    self.title = title
    self.owner = owner
    self.critical = critical
    self.state = state
    self.waitingFor = waitingFor
    self.blockedReason = blockedReason
    self.awaitingConfirmationBy = awaitingConfirmationBy
    self.awaitingConfirmationByLink = awaitingConfirmationByLink
    self.dueAt = dueAt
    self.overdueSeconds = overdueSeconds
  }
}

/// Counts of one team and checklist, for a monitoring system.
package struct OverdueGauge: Sendable, Hashable {
  /// The shops' team; empty for shops without one.
  package let team: String
  /// The runs' checklist.
  package let checklist: String
  /// Outstanding items of active runs.
  package let outstanding: Int
  /// Those of them that are overdue.
  package let overdue: Int
  /// How long the oldest of them has been overdue, in seconds; 0 without one.
  package let oldestOverdueSeconds: Int64

  package init(team: String, checklist: String, outstanding: Int, overdue: Int, oldestOverdueSeconds: Int64) {
    self.team = team
    self.checklist = checklist
    self.outstanding = outstanding
    self.overdue = overdue
    self.oldestOverdueSeconds = oldestOverdueSeconds
  }
}

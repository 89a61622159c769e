import Domain

/// A line of `overdue`: an outstanding item of an active run whose due time has passed or is near.
package struct OverdueItem: Sendable {
  package let shop: String
  package let name: String?
  package let team: String?
  package let run: Int
  package let checklist: String
  package let item: String
  /// The item's index in the run's definition.
  package let position: Int
  package let title: LocalizedText
  /// Who it is assigned to.
  package let owner: String?
  /// Whether only a lead may skip it.
  package let critical: Bool
  /// Only `pending` or `blocked`.
  package let state: ItemState
  /// The ids of outstanding needs, separated by spaces; empty if it can be done now.
  package let waitingFor: String
  /// Nil unless `state` is `blocked`.
  package let blockedReason: String?
  /// Who ticked it, if it awaits a second person's confirmation.
  package let awaitingConfirmationBy: String?
  /// The number of the shop link used for that tick; nil for any other way.
  package let awaitingConfirmationByLink: Int?
  package let dueAt: Moment
  /// Seconds since `dueAt`; negative if it is still to come.
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

/// Counts for one team and checklist, for monitoring.
package struct OverdueGauge: Sendable, Hashable {
  /// Empty for shops without a team.
  package let team: String
  package let checklist: String
  /// Outstanding items of active runs.
  package let outstanding: Int
  /// Overdue ones among those.
  package let overdue: Int
  /// How long the oldest has been overdue, in seconds; 0 if none is.
  package let oldestOverdueSeconds: Int64

  package init(team: String, checklist: String, outstanding: Int, overdue: Int, oldestOverdueSeconds: Int64) {
    self.team = team
    self.checklist = checklist
    self.outstanding = outstanding
    self.overdue = overdue
    self.oldestOverdueSeconds = oldestOverdueSeconds
  }
}

import Domain

/// One line of `overdue`: an outstanding item of an active run, whose due time has passed or is near.
public struct OverdueItem: Sendable {
  /// The shop's id.
  public let shop: String
  /// The shop's name.
  public let name: String?
  /// The shop's team.
  public let team: String?
  /// The run's number.
  public let run: Int
  /// The run's checklist.
  public let checklist: String
  /// The item's id.
  public let item: String
  /// Its place in the run's definition, from 0.
  public let position: Int
  /// The item's title.
  public let title: LocalizedText
  /// Who it is for.
  public let owner: String?
  /// Whether only a lead may skip it.
  public let critical: Bool
  /// Pending or blocked.
  public let state: ItemState
  /// The ids of what it waits for, separated by a space; empty when it could be done now.
  public let waitingFor: String
  /// Why it is blocked.
  public let blockedReason: String?
  /// Who ticked it, when it only awaits a second person.
  public let awaitingConfirmationBy: String?
  /// The number of the link by which that tick came in; nil where it came otherwise.
  public let awaitingConfirmationByLink: Int?
  /// When it was due.
  public let dueAt: Moment
  /// Seconds since then; negative for what is still to come.
  public let overdueSeconds: Int64

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
public struct OverdueGauge: Sendable, Hashable {
  /// The shops' team; empty for shops without one.
  public let team: String
  /// The runs' checklist.
  public let checklist: String
  /// Outstanding items of active runs.
  public let outstanding: Int
  /// Those of them that are overdue.
  public let overdue: Int
  /// How long the oldest of them has been overdue, in seconds; 0 without one.
  public let oldestOverdueSeconds: Int64

  package init(team: String, checklist: String, outstanding: Int, overdue: Int, oldestOverdueSeconds: Int64) {
    self.team = team
    self.checklist = checklist
    self.outstanding = outstanding
    self.overdue = overdue
    self.oldestOverdueSeconds = oldestOverdueSeconds
  }
}

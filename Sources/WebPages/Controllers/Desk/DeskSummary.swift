import Operations

/// What reads every shop for the desk: made again once it is about two seconds old, however many ask.
struct DeskSummary: Sendable {
  struct Key: Hashable {
    let teams: [String]?
    let owner: String?

    init(_ filter: DeskFilter) { (teams, owner) = (filter.teams, filter.owner) }
  }

  let totals: DeskTotals
  /// All that there are.
  let teams: [String]
  /// Of the teams that were asked for, or of all.
  let owners: [String]

  /// Throws a `StoreError`.
  init(_ filter: DeskFilter, in reading: any StoreReading) throws {
    let all = try reading.teamsAndOwners()
    totals = try reading.totals(filter)
    teams = all.teams
    owners = try filter.teams.map { try reading.owners(of: $0) } ?? all.owners
  }
}

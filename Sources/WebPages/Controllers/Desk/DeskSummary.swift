import Operations

/// Figures of the desk that require reading every shop: recomputed after about two seconds, however many
/// people ask.
struct DeskSummary: Sendable {
  struct Key: Hashable {
    let teams: [String]?
    let owner: String?

    init(_ filter: DeskFilter) { (teams, owner) = (filter.teams, filter.owner) }
  }

  let totals: DeskTotals
  /// All teams in the store, regardless of the filter.
  let teams: [String]
  /// The owners in the teams of the filter, or in all.
  let owners: [String]

  /// Throws a `StoreError`.
  init(_ filter: DeskFilter, in reading: any StoreReading) throws {
    let all = try reading.teamsAndOwners()
    totals = try reading.totals(filter)
    teams = all.teams
    owners = try filter.teams.map { try reading.owners(of: $0) } ?? all.owners
  }
}

import Domain
import Operations
import Synchronization
import WebCore

/// What reads every shop for the desk.
struct DeskSummary: Sendable {
  var totals = DeskTotals()
  /// All that there are.
  var teams: [String] = []
  /// Of the teams that were asked for, or of all.
  var owners: [String] = []
}

/// Totals and owners of shops, which read every shop: made again once they are about two seconds old, however many ask.
final class DeskTotalsCache: Sendable {
  private struct Key: Hashable {
    let teams: [String]?
    let owner: String?
  }

  private struct Entry {
    var summary: DeskSummary?
    /// When they were asked of the store, in milliseconds.
    var madeAt: Int64 = 0
    /// How long that took.
    var took: Int64 = 0
    var making: Task<DeskSummary, any Error>?
  }

  private let state = Mutex<[Key: Entry]>([:])

  func summary(_ filter: DeskFilter, _ services: WebServices) async throws -> DeskSummary {
    let key = Key(teams: filter.teams, owner: filter.owner)
    let (kept, making) = state.withLock { state in
      if state.count > 1000 { state = state.filter { $0.value.making != nil } }
      var entry = state[key] ?? Entry()
      let age = services.dependencies.milliseconds() - entry.madeAt
      // Where making them takes long, they aren't made all the time.
      if entry.summary == nil || age > max(1500, 4 * entry.took), entry.making == nil {
        entry.making = Task { try await self.make(filter, key, services) }
        state[key] = entry
      }
      return (age <= max(2000, 6 * entry.took) ? entry.summary : nil, entry.making)
    }
    if let kept { return kept }
    guard let making else { return DeskSummary() }
    return try await making.value
  }

  private func make(_ filter: DeskFilter, _ key: Key, _ services: WebServices) async throws -> DeskSummary {
    let started = services.dependencies.milliseconds()
    let result: Result<DeskSummary, any Error>
    do {
      result = .success(
        try await services.readInBackground { reading in
          let all = try reading.teamsAndOwners()
          return DeskSummary(
            totals: try reading.totals(filter), teams: all.teams,
            owners: try filter.teams.map { try reading.owners(of: $0) } ?? all.owners)
        })
    } catch {
      result = .failure(error)
    }
    state.withLock { state in
      if case .success(let summary) = result {
        state[key] = Entry(
          summary: summary, madeAt: started, took: services.dependencies.milliseconds() - started)
      } else {
        state[key]?.making = nil
      }
    }
    return try result.get()
  }
}

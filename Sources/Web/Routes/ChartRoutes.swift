import Domain
import Hummingbird
import Operations
import Reports
import Synchronization

/// Whether it gets better, and what is to be done, as definitions say it.
struct ChartRoutes: Sendable {
  let books: Books
  private let cache = ChartCache()

  init(books: Books) { self.books = books }

  var routes: [Route] {
    [
      Route(.get, "/charts", .page, .shops(.see), charts),
      Route(.get, "/checklists", .page, .person) { asked in
        let read = books.parts.definitions()
        return .html(
          ChecklistsPage(
            frame: PageFrame(asked), checklists: read.definitions.checklists.map(\.checklist),
            findings: read.findings, files: read.files
          ).render())
      },
      Route(.get, "/checklists/{checklist}", .page, .person) { asked in
        let read = books.parts.definitions()
        let checklist = try read.definitions.checklist(asked["checklist"]).checklist
        return .html(
          ChecklistPage(
            frame: PageFrame(asked), checklist: checklist, findings: read.findings(of: checklist)
          ).render())
      },
    ]
  }

  private func charts(_ asked: Asked) async throws -> Response {
    let fields = try asked.query()
    let desk = try DeskAsked(asked)
    // A merchant's figures would be those of a whole team.
    if asked.principal.reach.owner != nil { throw Problem.forbidden }
    let days = [30, 90, 365].first { String($0) == fields["days"] } ?? 30
    let zone = books.parts.zone
    let figures = try await cache.figures(teams: desk.filter.teams, days: days, books) {
      ChartFigures($0, zone: zone)
    }
    let teams = try asked.principal.reach.teams ?? books.readers.read { try $0.teamsAndOwners().teams }
    return .html(
      ChartsPage(
        frame: PageFrame(asked), figures: figures,
        query: PageQuery(["team", "days"].map { ($0, fields[$0]) }), teams: teams
      ).render())
  }
}

extension ReadDefinitions {
  /// Of its own file, of its calendar's, and of the platform's that it is for.
  func findings(of checklist: Checklist) -> [Finding] {
    let own = files[checklist.id.rawValue]
    let calendar = checklist.calendar.map { "calendars/\($0).yaml" }
    let platforms = (checklist.when.platforms ?? []).map { "platforms/\($0).yaml" }
    return findings.filter { $0.file == own || $0.file == calendar || platforms.contains($0.file) }
  }
}

/// What the charts are made of.
struct ChartNumbers: Sendable {
  let trend: Trend
  let totals: ReportFigures
  let cooling: Int
}

/// Reads every item, so it is done once a minute for each team at the most.
private final class ChartCache: Sendable {
  private struct Key: Hashable {
    let teams: [String]?
    let days: Int
  }

  private struct Entry {
    let task: Task<ChartNumbers, any Error>
    let madeAt: Int64
  }

  private let state = Mutex<[Key: Entry]>([:])

  func figures(
    teams: [String]?, days: Int, _ books: Books, _ make: (ChartNumbers) -> ChartFigures
  ) async throws -> ChartFigures {
    let key = Key(teams: teams, days: days)
    let task = state.withLock { state in
      if let entry = state[key], books.parts.milliseconds() - entry.madeAt < 60_000 { return entry.task }
      if state.count > 200 { state.removeAll() }
      let task = Task { try await Self.numbers(teams: teams, days: days, books) }
      state[key] = Entry(task: task, madeAt: books.parts.milliseconds())
      return task
    }
    do { return make(try await task.value) } catch {
      state.withLock { $0[key] = nil }
      throw error
    }
  }

  private static func numbers(teams: [String]?, days: Int, _ books: Books) async throws -> ChartNumbers {
    let now = books.parts.now()
    return try await books.readAtLength { reading in
      var totals = ReportFigures()
      for team in teams.map({ $0.map(String?.some) }) ?? [nil] {
        let figures = try ReportProgress(ReportFilter(team: team, now: now), in: reading).totals().figures
        totals.add(figures)
        totals.shops += figures.shops
      }
      let cooling = try reading.totals(DeskFilter(teams: teams, now: now)).cooling
      return ChartNumbers(
        trend: try reading.trend(teams: teams, days: days, now: now), totals: totals, cooling: cooling)
    }
  }
}

extension ChartFigures {
  init(_ numbers: ChartNumbers, zone: Zone) {
    self.init(
      days: numbers.trend.points.map { point in
        Day(
          date: zone.local(point.at).date, outstanding: point.outstanding,
          wanted: point.outstanding - point.overdue)
      },
      ages: numbers.trend.ages.map { age in
        Age(
          name: age.wording, items: age.items,
          address: "/overdue?days=\(age.from)" + (age.to.map { "&under=\($0)" } ?? ""))
      },
      holdingUp: numbers.trend.holdingUp,
      durations: numbers.trend.usual.map { usual in
        Duration(
          item: "\(usual.checklist)/\(usual.item)", title: usual.title,
          seconds: Int64(usual.medianHours) * 3600, ticks: usual.done)
      },
      totals: numbers.totals, cooling: numbers.cooling)
  }
}

extension Trend.Age {
  var wording: Wording {
    switch (from, to) {
    case (0, let to?): Wording(en: to == 1 ? "less than a day" : "less than \(to) days", zh: "不到 \(to) 天")
    case (let from, let to?): Wording(en: "\(from) to \(to) days", zh: "\(from) 到 \(to) 天")
    case (let from, nil): Wording(en: "\(from) days or longer", zh: "\(from) 天以上")
    }
  }
}

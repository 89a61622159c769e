import Domain
import Hummingbird
import Operations
import Reports
import WebCore

/// Routes of the charts page and the checklist pages.
struct ChartRoutes: Sendable {
  let services: WebServices
  /// At most a minute old, unless computing them takes longer.
  private let kept: CoalescingCache<ChartNumbers.Key, ChartNumbers>

  init(services: WebServices) {
    self.services = services
    kept = CoalescingCache(
      age: 60_000, limit: 200, monotonicMilliseconds: services.dependencies.monotonicMilliseconds)
  }

  var routes: [Route] {
    [
      Route(.get, "/charts", .page, .shops(.see), charts),
      Route(.get, "/checklists", .page, .person) { request in
        let read = services.dependencies.definitions()
        return .html(
          ChecklistsPage(
            frame: PageFrame(request), checklists: read.definitions.checklists.map(\.checklist),
            findings: read.findings, files: read.files
          ).render())
      },
      Route(.get, "/checklists/{checklist}", .page, .person) { request in
        let read = services.dependencies.definitions()
        let checklist = try read.definitions.checklist(request["checklist"]).checklist
        return .html(
          ChecklistPage(
            frame: PageFrame(request), checklist: checklist, findings: read.findings(of: checklist)
          ).render())
      },
    ]
  }

  private func charts(_ request: WebRequest) async throws -> Response {
    let fields = try request.query()
    let desk = try await ShopListParameters(request, in: services)
    // A merchant would see the figures of a whole team.
    if request.principal.reach.owner != nil { throw Problem.forbidden }
    let days = [30, 90, 365].first { String($0) == fields["days"] } ?? 30
    let zone = services.readersZone(request)
    let teams = desk.filter.teams
    let numbers = try await kept.value(of: ChartNumbers.Key(teams: teams, days: days)) { [services] in
      try await ChartNumbers.read(teams: teams, days: days, services)
    }
    let choices =
      if let own = request.principal.reach.teams { own } else {
        try await services.store.read { try $0.teamsAndOwners().teams }
      }
    return .html(
      ChartsPage(
        frame: PageFrame(request), figures: ChartFigures(numbers, zone: zone), zone: zone,
        query: PageQuery(["team", "days"].map { ($0, fields[$0]) }), teams: choices
      ).render())
  }
}

/// The figures that the charts are drawn from.
struct ChartNumbers: Sendable {
  let trend: Trend
  let totals: ReportFigures
  let cooling: Int

  /// For which teams (nil: all), and over how many days.
  struct Key: Hashable, Sendable {
    let teams: [String]?
    let days: Int
  }

  /// Reads every item of these teams' shops.
  static func read(teams: [String]?, days: Int, _ services: WebServices) async throws -> ChartNumbers {
    let now = services.dependencies.now()
    return try await services.store.read(.background) { reading in
      var totals = ReportFigures()
      for team in teams.map({ $0.map { [$0] } }) ?? [nil] {
        var filter = ReportFilter(now: now)
        filter.reach = ShopScope(teams: team)
        let figures = try ReadReport(filter, in: reading).totals().figures
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
        ItemDuration(
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

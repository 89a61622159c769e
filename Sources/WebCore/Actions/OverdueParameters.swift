import Domain
import Operations
import Reports

/// Which overdue items a request asks for. It may be sent across threads because the only function in its
/// filter is made here and captures only zones.
package struct OverdueParameters: @unchecked Sendable {
  /// Before names are resolved.
  private var whole: OverdueFilter
  package let narrowing: FilterParameters

  /// Only items after this position.
  package var after: OverduePosition? {
    get { whole.after }
    set { whole.after = newValue }
  }

  package init(_ request: WebRequest, _ query: FormFields, in services: WebServices, leniently: Bool = false)
    throws(Problem)
  {
    let (now, zones) = (request.now, services.dependencies.zones)
    var filter = OverdueFilter(now: now, until: now)
    filter.reach = ShopScope(request.principal)
    narrowing = FilterParameters(
      request, by: [.team, .owner, .platform, .tag, .item], query, in: services, leniently: leniently)
    if let within = query["within"] {
      let ahead = try Self.ahead(within)
      filter.until = ahead.dueAt(from: now, in: .utc, calendar: nil).moment
      if ahead.unit == .days || ahead.unit == .weeks {
        // A calendar day in any zone is at most 26 hours longer than one in UTC.
        filter.until = filter.until + 52 * 3600
        filter.untilInZone = { name in
          ahead.dueAt(from: now, in: zones.shown(name), calendar: nil).moment
        }
      }
    }
    filter.after = try query["after"].map { text throws(Problem) in try OverduePosition(cursor: text) }
    whole = filter
  }

  package func filter(in reading: any StoreReading) throws -> OverdueFilter {
    filter(narrowedTo: try narrowing(in: reading))
  }

  package func filter(narrowedTo found: ResolvedFilter) -> OverdueFilter {
    var filter = whole
    filter.narrow(to: found)
    return filter
  }

  /// A page of items, and the next one's cursor; nil for the last.
  package func page(limit: Int, in reading: any StoreReading) throws -> (items: [OverdueItem], next: String?)
  {
    var items: [OverdueItem] = []
    let filter = try filter(in: reading)
    do {
      try reading.forEachOverdue(filter) { item in
        if items.count == limit { throw StopReading() }
        items.append(item)
      }
      return (items, nil)
    } catch is StopReading {
      let next = items.last.map { last in
        OverduePosition(dueAt: last.dueAt, shop: last.shop, run: last.run, position: last.position).cursor
      }
      return (items, next)
    }
  }

  private static func ahead(_ within: String) throws(Problem) -> CalendarDuration {
    let ahead: CalendarDuration
    do throws(CalendarDurationError) { ahead = try CalendarDuration(parsing: within) } catch {
      throw .invalid("within", error.wording)
    }
    guard !ahead.before, ahead.unit != .workdays else {
      throw .invalid(
        "within",
        Wording(
          en: "counts on from now, in m, h, d or w, such as 1d", zh: "从现在起算，单位用 m、h、d 或 w，如 1d"))
    }
    return ahead
  }
}

import Domain

/// A checklist with due times beyond the years that its calendar covers.
package typealias BeyondCalendar = (checklist: ChecklistID, calendar: String, covers: ClosedRange<Int>)

/// Determines what a run begins with: the items that apply to the shop, their due times and their owners.
struct RunFactory {
  package let definitions: Definitions
  package let shopZones: ShopZones
  private let dueTimes = DueTimeCache()

  package init(definitions: Definitions, zones: any ZoneSource) {
    self.definitions = definitions
    shopZones = ShopZones(zones, definitions)
  }

  /// The zone for a run of the checklist: the shop's own, else the checklist's, else UTC.
  package func zone(of shop: Shop, _ checklist: Checklist) throws(Refusal) -> Zone {
    try zone(named: shop.timeZone ?? checklist.timeZone ?? "UTC")
  }

  package func zone(named name: String) throws(Refusal) -> Zone {
    try shopZones.source.stored(name)
  }

  /// - Parameter switchedAt: the time that due times count from.
  /// - Parameter began: when the run begins, if a switch begins it before `switchedAt`.
  package func callAsFunction(
    _ pinned: Definitions.Pinned, number: Int, of shop: Shop, from switchedAt: Moment, in zone: Zone,
    began: Moment? = nil, by accountSwitch: Int? = nil
  ) -> (start: RunStart, beyond: BeyondCalendar?) {
    let (items, beyond) = items(
      of: pinned.definition, for: shop, from: switchedAt, in: zone, began: began ?? switchedAt)
    let start = RunStart(
      run: number, checklist: pinned.checklist.id, definition: pinned.definition.sha256,
      switchedAt: switchedAt, began: began, accountSwitch: accountSwitch, timeZone: zone.name, items: items)
    return (start, beyond)
  }

  package func items(
    of definition: Definition, for shop: Shop, from switchedAt: Moment, in zone: Zone, began: Moment
  ) -> ([RunStart.Item], beyond: BeyondCalendar?) {
    let checklist = definition.checklist
    let (dueAt, beyond) = dueAt(definition, from: switchedAt, in: zone, began: began)
    var items: [RunStart.Item] = []
    for (item, dueAt) in zip(checklist.items, dueAt) where item.when.matches(shop) {
      let owner = item.owner == "merchant" ? shop.owner : item.owner
      items.append(RunStart.Item(id: item.id, dueAt: dueAt, owner: owner))
    }
    return (items, beyond)
  }

  /// One per item of the definition. Never before the run's beginning, since nobody could have met such a due
  /// time.
  package func dueAt(
    _ definition: Definition, from switchedAt: Moment, in zone: Zone, began: Moment
  ) -> ([Moment?], beyond: BeyondCalendar?) {
    let calendar = definition.checklist.calendar.flatMap { definitions.calendars[$0] }
    let computed = dueTimes.of(definition, from: switchedAt, in: zone, calendar: calendar)
    let dueAt = computed.dueAt.map { dueAt in dueAt.map { max($0, began) } }
    guard computed.beyondCalendar, let calendar else { return (dueAt, nil) }
    return (dueAt, (definition.checklist.id, calendar.name, calendar.covers))
  }
}

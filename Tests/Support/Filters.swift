import Domain
import Operations

// Lists by names of which a test knows how the store writes them; what people type goes through `FilterLookup`.

extension OverdueFilter {
  package init(
    team: String?, owner: String? = nil, now: Moment, until: Moment, untilInZone: ((String) -> Moment)? = nil
  ) {
    self.init(now: now, until: until, untilInZone: untilInZone)
    reach = ShopScope(teams: team.map { [$0] })
    items = ItemFilter(owners: owner.map { [$0] })
  }
}

extension ReportFilter {
  package init(team: String?, state: RunStateFilter = .all, now: Moment) {
    self.init(state: state, now: now)
    reach = ShopScope(teams: team.map { [$0] })
  }
}

extension SwitchFilter {
  package init(team: String) {
    self.init()
    reach = ShopScope(teams: [team])
  }
}

extension ShopFilter {
  package init(team: String, includesArchived: Bool = false) {
    self.init(ShopScope(teams: [team]), includesArchived: includesArchived)
  }
}

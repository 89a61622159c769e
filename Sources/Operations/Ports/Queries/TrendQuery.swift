import Domain

/// How things went, over the shops' runs that count; archived shops are left out.
package struct Trend: Sendable, Hashable {
  /// How it stood at one moment.
  package struct Point: Sendable, Hashable {
    /// A whole number of days before now.
    package let at: Moment
    /// Items that had begun and weren't done or skipped.
    package let outstanding: Int
    /// Those of them whose due time had passed.
    package let overdue: Int

    package init(at: Moment, outstanding: Int, overdue: Int) {
      self.at = at
      self.outstanding = outstanding
      self.overdue = overdue
    }
  }

  /// How many items have been late for how long.
  package struct Age: Sendable, Hashable {
    /// In whole days.
    package let from: Int
    /// In whole days, not included; nil: any longer time.
    package let to: Int?
    /// How many items.
    package let items: Int

    package init(from: Int, to: Int?, items: Int) {
      self.from = from
      self.to = to
      self.items = items
    }
  }

  /// How long an item usually takes from its run's beginning.
  package struct Usual: Sendable, Hashable {
    package let checklist: String
    /// The item's id.
    package let item: String
    /// Its title in the newest definition that a run was pinned to.
    package let title: LocalizedText
    /// In how many runs it was done.
    package let done: Int
    /// In hours, rounded down: half of them took longer.
    package let medianHours: Int

    package init(checklist: String, item: String, title: LocalizedText, done: Int, medianHours: Int) {
      self.checklist = checklist
      self.item = item
      self.title = title
      self.done = done
      self.medianHours = medianHours
    }
  }

  /// The oldest first; the last is now.
  package let points: [Point]
  /// The shortest time first.
  package let ages: [Age]
  /// What holds up the most shops first.
  package let holdingUp: [HoldingUp]
  /// What takes longest first.
  package let usual: [Usual]

  package init(points: [Point], ages: [Age], holdingUp: [HoldingUp], usual: [Usual]) {
    self.points = points
    self.ages = ages
    self.holdingUp = holdingUp
    self.usual = usual
  }
}

/// An item that was done.
package struct DoneItem: Sendable, Hashable {
  /// The shop's id.
  package let shop: String
  /// The shop's name.
  package let name: String?
  /// The run's number in the shop.
  package let run: Int
  package let checklist: String
  /// The item's id.
  package let item: String
  /// When it was done.
  package let at: Moment
  /// Who did it.
  package let by: String?
  /// The number of the link by which it was done; nil where it was done otherwise.
  package let link: Int?
  /// How long after the run's beginning, in seconds.
  package let took: Int64

  package init(
    shop: String, name: String?, run: Int, checklist: String, item: String, at: Moment, by: String?,
    link: Int? = nil, took: Int64
  ) {
    self.shop = shop
    self.name = name
    self.run = run
    self.checklist = checklist
    self.item = item
    self.at = at
    self.by = by
    self.link = link
    self.took = took
  }
}

/// Which done items a list has; archived shops are left out.
package struct DoneFilter: Sendable, Hashable {
  /// Of the shops that somebody sees.
  package var reach: ShopScope
  /// Not before this moment.
  package var since: Moment
  /// Only items of this checklist; nil: of all.
  package var checklist: String?
  /// Only items with this id; nil: all.
  package var item: String?

  package init(reach: ShopScope, since: Moment, checklist: String? = nil, item: String? = nil) {
    self.reach = reach
    self.since = since
    self.checklist = checklist
    self.item = item
  }
}

/// Tells how things went. Reads every item of the shops that it is about.
package protocol TrendQuery {
  /// What was done last comes first. Of runs that count.
  func done(_ filter: DoneFilter, limit: Int) throws -> [DoneItem]

  /// - Parameter teams: only these teams' shops; nil: all.
  /// - Parameter days: how many days back the points go.
  func trend(teams: [String]?, days: Int, now: Moment) throws -> Trend
}

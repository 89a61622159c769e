import Domain

/// Developments over time, over the runs that count. Archived shops are left out.
package struct Trend: Sendable, Hashable {
  /// The situation at one moment.
  package struct Point: Sendable, Hashable {
    /// A whole number of days before now.
    package let at: Moment
    /// Items whose run had begun and that weren't done or skipped.
    package let outstanding: Int
    /// Those of them whose due time had passed.
    package let overdue: Int

    package init(at: Moment, outstanding: Int, overdue: Int) {
      self.at = at
      self.outstanding = outstanding
      self.overdue = overdue
    }
  }

  /// How many items have been late for a certain time.
  package struct Age: Sendable, Hashable {
    /// In whole days.
    package let from: Int
    /// In whole days, exclusive; nil: no upper bound.
    package let to: Int?
    package let items: Int

    package init(from: Int, to: Int?, items: Int) {
      self.from = from
      self.to = to
      self.items = items
    }
  }

  /// How long an item usually takes, counted from its run's beginning.
  package struct Usual: Sendable, Hashable {
    package let checklist: String
    package let item: String
    /// The title in the newest definition that a run was pinned to.
    package let title: LocalizedText
    /// The number of runs in which it was done.
    package let done: Int
    /// In whole hours, rounded down.
    package let medianHours: Int

    package init(checklist: String, item: String, title: LocalizedText, done: Int, medianHours: Int) {
      self.checklist = checklist
      self.item = item
      self.title = title
      self.done = done
      self.medianHours = medianHours
    }
  }

  /// Oldest first; the last is now.
  package let points: [Point]
  /// By `from`, ascending.
  package let ages: [Age]
  /// Most shops first.
  package let holdingUp: [HoldingUp]
  /// Longest median first.
  package let usual: [Usual]

  package init(points: [Point], ages: [Age], holdingUp: [HoldingUp], usual: [Usual]) {
    self.points = points
    self.ages = ages
    self.holdingUp = holdingUp
    self.usual = usual
  }
}

package struct DoneItem: Sendable, Hashable {
  package let shop: String
  package let name: String?
  /// From 1, per shop.
  package let run: Int
  package let checklist: String
  package let item: String
  package let at: Moment
  package let by: String?
  /// The number of the shop link used; nil for any other way.
  package let link: Int?
  /// In seconds since the run began.
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

/// Which completed items to list. Archived shops are left out.
package struct DoneFilter: Sendable, Hashable {
  /// The shops that somebody may see.
  package var reach: ShopScope
  /// The earliest moment, inclusive.
  package var since: Moment
  /// Only this checklist's items; nil: all.
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

/// Reports developments over time. Reads every item of the shops concerned.
package protocol TrendQuery {
  /// Latest first, over the runs that count.
  func done(_ filter: DoneFilter, limit: Int) throws -> [DoneItem]

  /// - Parameter teams: only these teams' shops; nil: all.
  /// - Parameter days: how many days back the points go.
  func trend(teams: [String]?, days: Int, now: Moment) throws -> Trend
}

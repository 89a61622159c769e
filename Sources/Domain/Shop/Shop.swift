/// What sells; it belongs to a team and has an owner, a time zone and tags.
package struct Shop: Sendable, Hashable {
  /// Never changes.
  package let id: ShopID
  /// What people call it.
  package var name: String?
  /// Such as `douyin`.
  package var platform: String?
  /// Who looks after it.
  package var team: String?
  /// The merchant.
  package var owner: String?
  /// An IANA name; wins over a checklist's.
  package var timeZone: String?
  /// Sorted, each once.
  package var tags: [String]
  /// Left out of `overdue` and of everything that goes over all shops.
  package var archived: Bool

  package init(
    id: ShopID, name: String? = nil, platform: String? = nil, team: String? = nil,
    owner: String? = nil, timeZone: String? = nil, tags: [String] = [], archived: Bool = false
  ) {
    self.id = id
    self.name = name
    self.platform = platform
    self.team = team
    self.owner = owner
    self.timeZone = timeZone
    self.tags = tags
    self.archived = archived
  }
}

/// What sells something on a platform.
package struct Shop: Sendable, Hashable {
  /// Never changes.
  package let id: ShopID
  /// For display.
  package var name: String?
  /// Such as `douyin`.
  package var platform: String?
  /// The team that looks after it.
  package var team: String?
  /// The merchant's name.
  package var owner: String?
  /// An IANA name; takes precedence over a checklist's.
  package var timeZone: String?
  /// Sorted, each once.
  package var tags: [String]
  /// Archived shops are left out of `overdue` and of everything else that covers all shops.
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

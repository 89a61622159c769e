/// What sells; it belongs to a team and has an owner, a time zone and tags.
public struct Shop: Sendable, Hashable {
  /// Never changes.
  public let id: ShopID
  /// What people call it.
  public var name: String?
  /// Such as `douyin`.
  public var platform: String?
  /// Who looks after it.
  public var team: String?
  /// The merchant.
  public var owner: String?
  /// An IANA name; wins over a checklist's.
  public var timeZone: String?
  /// Sorted, each once.
  public var tags: [String]
  /// Left out of `overdue` and of everything that goes over all shops.
  public var archived: Bool

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

import Domain

/// Properties to set when a shop is added or edited. Nil leaves a property unchanged, an empty text clears
/// it.
package struct ShopDetails: Sendable, Hashable {
  /// For display.
  package var name: String?
  /// Such as `douyin`.
  package var platform: String?
  /// The team that looks after it.
  package var team: String?
  /// The merchant's name.
  package var owner: String?
  /// An IANA name.
  package var timeZone: String?
  /// The complete list; empty clears it.
  package var tags: [String]?

  package init(
    name: String? = nil, platform: String? = nil, team: String? = nil, owner: String? = nil,
    timeZone: String? = nil, tags: [String]? = nil
  ) {
    self.name = name
    self.platform = platform
    self.team = team
    self.owner = owner
    self.timeZone = timeZone
    self.tags = tags
  }

  /// Throws the `Refusal` for the first unacceptable text.
  func applied(to shop: Shop, zones: some ZoneSource) throws(Refusal) -> Shop {
    var shop = shop
    if let name { shop.name = try Self.text(name, as: .shopName) }
    if let platform { shop.platform = try Self.text(platform, as: .platform) }
    if let team { shop.team = try Self.text(team, as: .team) }
    if let owner { shop.owner = try Self.text(owner, as: .owner) }
    if let timeZone = timeZone?.trimmedAndComposed {
      shop.timeZone = timeZone.isEmpty ? nil : try zones.named(timeZone).name
    }
    if let tags {
      var checked: Set<String> = []
      for tag in tags where !tag.showsNothing {
        let tag = try TextRules.line(tag, as: .tag)
        if tag.unicodeScalars.contains(where: Self.separatesTags) { throw .semicolonInTag(tag) }
        checked.insert(tag)
      }
      shop.tags = checked.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
    return shop
  }

  /// Every unacceptable text, with its field's name in tables and the API.
  package func refusals(zones: some ZoneSource) -> [(field: String, refusal: Refusal)] {
    let singly: [(String, ShopDetails)] = [
      ("name", ShopDetails(name: name)), ("platform", ShopDetails(platform: platform)),
      ("team", ShopDetails(team: team)), ("owner", ShopDetails(owner: owner)),
      ("time_zone", ShopDetails(timeZone: timeZone)), ("tags", ShopDetails(tags: tags)),
    ]
    return singly.compactMap { field, details in
      do throws(Refusal) { _ = try details.applied(to: Shop(id: ShopID(trusted: "-")), zones: zones) } catch {
        return (field, error)
      }
      return nil
    }
  }

  /// Splits a list of tags. Accepts full-width semicolons, too, which Chinese keyboards produce.
  package static func tags(_ text: String) -> [String] {
    text.unicodeScalars.split(whereSeparator: separatesTags).map { String($0) }
  }

  private static func separatesTags(_ scalar: Unicode.Scalar) -> Bool { scalar == ";" || scalar == "；" }

  private static func text(_ text: String, as use: TextUse) throws(Refusal) -> String? {
    text.showsNothing ? nil : try TextRules.line(text, as: use)
  }
}

/// A file that was given as proof in a shop.
package struct KeptFile: Sendable, Hashable {
  /// Where it was given.
  package let shop: ShopID
  /// Lower-case hex.
  package let sha256: String
  /// In bytes.
  package let size: Int64
  /// As the sender called it.
  package let name: String
  /// What it is served as.
  package let mediaType: String
  /// When it was given.
  package let keptAt: Moment
  /// Who gave it.
  package let keptBy: String
  /// The number of the link by which it came in; nil where it came otherwise.
  package let keptByLink: Int?
  /// The content is gone since; the digest stays.
  package var deletedAt: Moment?

  package init(
    shop: ShopID, sha256: String, size: Int64, name: String, mediaType: String, keptAt: Moment,
    keptBy: String, keptByLink: Int? = nil, deletedAt: Moment? = nil
  ) {
    self.shop = shop
    self.sha256 = sha256
    self.size = size
    self.name = name
    self.mediaType = mediaType
    self.keptAt = keptAt
    self.keptBy = keptBy
    self.keptByLink = keptByLink
    self.deletedAt = deletedAt
  }
}

/// A file that was given as proof and whose content is stored.
package struct KeptFile: Sendable, Hashable {
  package let shop: ShopID
  /// In lower-case hexadecimal.
  package let sha256: String
  /// In bytes.
  package let size: Int64
  /// As sent; only for display.
  package let name: String
  /// The media type it is served with.
  package let mediaType: String
  package let keptAt: Moment
  package let keptBy: String
  /// The number of the shop link that was used; nil for any other way.
  package let keptByLink: Int?
  /// When the content was deleted; the digest stays.
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

import Crypto
import Domain
import Formats

/// Keeps a file that is given as proof in a shop, by the digest of its content.
package struct KeepFile: Sendable {
  /// In bytes.
  package static let most = 10 << 20

  /// Its SHA-256 in lower-case hex.
  package static func digest(_ content: [UInt8]) -> String { HexText.of(SHA256.hash(data: content)) }

  private let by: Author
  private let now: Moment

  package init(by: Author, now: Moment) {
    self.by = by
    self.now = now
  }

  /// The file as it is kept, and the proof that a tick takes. The same content again is the file that is kept
  /// already.
  ///
  /// Throws an `AccessRefusal`, a `Refusal` for a text that can't be taken or a shop that isn't there, or a
  /// `StoreError`.
  ///
  /// - Parameters:
  ///   - sha256: of the content, as `digest` gives it: a large file is hashed before the transaction.
  ///   - mediaType: what it is served as; whoever calls chooses it, and not the sender.
  package func callAsFunction(
    _ content: [UInt8], sha256: String, named name: String, mediaType: String, in shop: ShopID,
    _ transaction: any StoreWriting
  ) throws -> (file: KeptFile, proof: Proof.Content) {
    let stored = try transaction.require(shop)
    if stored.shop.archived { throw Refusal.shopArchived(shop) }
    let size = Int64(content.count)
    if content.count > Self.most { throw AccessRefusal.fileTooLarge(size: size, most: Int64(Self.most)) }
    let file = KeptFile(
      shop: shop, sha256: sha256, size: size,
      name: try TextRules.line(name, as: .fileName), mediaType: mediaType, keptAt: now, keptBy: by.name,
      keptByLink: by.link)
    try transaction.keep(file, content: content)
    let kept = try transaction.file(file.sha256, of: shop) ?? file
    return (kept, .file(name: file.name, size: size, sha256: file.sha256))
  }
}

/// Deletes a file's content; that it was there, and its digest, stay.
package struct DeleteFile: Sendable {
  private let by: Author
  private let now: Moment

  package init(by: Author, now: Moment) {
    self.by = by
    self.now = now
  }

  /// The file afterwards, and whether its content was there. Only a lead may do it.
  package func callAsFunction(
    _ sha256: String, of shop: ShopID, in transaction: any StoreWriting
  ) throws -> (file: KeptFile, changed: Bool) {
    if !by.isLead { throw AccessRefusal.onlyLeadsDeleteFiles }
    let stored = try transaction.require(shop)
    guard var file = try transaction.file(sha256, of: shop) else {
      throw AccessRefusal.unknownFile(shop, sha256: sha256)
    }
    if file.deletedAt != nil { return (file, false) }
    file.deletedAt = now
    var ledger = ShopLedger(stored, runs: [], in: transaction, by: by, now: now)
    try ledger.record(.fileDeleted(sha256: sha256))
    try ledger.save()
    try transaction.deleteContent(ofFile: sha256, of: shop, at: now)
    return (file, true)
  }
}

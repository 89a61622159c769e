import Crypto
import Domain
import Formats

/// Stores a file that is given as proof, under the digest of its content.
package struct KeepFile: Sendable {
  /// In bytes.
  package static let most = 10 << 20

  /// A content's SHA-256 in lower-case hexadecimal.
  package static func digest(_ content: [UInt8]) -> String { HexText.of(SHA256.hash(data: content)) }

  private let by: Author
  private let now: Moment

  package init(by: Author, now: Moment) {
    self.by = by
    self.now = now
  }

  /// Returns the stored file, and the proof to pass to a tick. The same content again returns the file stored
  /// before.
  ///
  /// Throws an `AccessRefusal`, a `Refusal` for an unacceptable text or an unknown shop, or a `StoreError`.
  ///
  /// - Parameters:
  ///   - sha256: the content's `digest`, computed by the caller so that a large file is hashed before the
  ///     transaction.
  ///   - mediaType: the type to serve it with. The caller chooses it, not the sender.
  package func callAsFunction(
    _ content: [UInt8], sha256: String, named name: String, mediaType: String, in shop: ShopID,
    _ transaction: any StoreWriting
  ) throws -> (file: KeptFile, proof: Proof.Content) {
    let stored = try transaction.requireLocked(shop)
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

/// Deletes a file's content; its record and digest stay.
package struct DeleteFile: Sendable {
  private let by: Author
  private let now: Moment

  package init(by: Author, now: Moment) {
    self.by = by
    self.now = now
  }

  /// Returns the file afterwards, and whether its content was still there. Only leads may do it.
  package func callAsFunction(
    _ sha256: String, of shop: ShopID, in transaction: any StoreWriting
  ) throws -> (file: KeptFile, changed: Bool) {
    if !by.isLead { throw AccessRefusal.onlyLeadsDeleteFiles }
    let stored = try transaction.requireLocked(shop)
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

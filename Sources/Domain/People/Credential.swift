/// Something whose secret gives access to shops until it expires or is revoked.
package protocol Credential {
  /// The first moment at which it is no longer valid.
  var expiresAt: Moment { get }
  /// Nil if it wasn't revoked.
  var revokedAt: Moment? { get }
}

extension Credential {
  /// Whether it is neither expired nor revoked.
  package func isLive(at moment: Moment) -> Bool { revokedAt == nil && moment < expiresAt }
}

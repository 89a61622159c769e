/// Something whose secret opens shops until it ends or somebody revokes it.
package protocol Credential {
  /// It opens nothing from then on.
  var expiresAt: Moment { get }
  /// When somebody ended it; nil: nobody did.
  var revokedAt: Moment? { get }
}

extension Credential {
  /// Whether it opens something at a moment.
  package func isLive(at moment: Moment) -> Bool { revokedAt == nil && moment < expiresAt }
}

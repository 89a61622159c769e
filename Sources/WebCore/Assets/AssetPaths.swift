/// Where a page finds what goes with it; the names change with the content.
package struct AssetPaths: Sendable, Hashable {
  package let style: String
  package let script: String
  /// The worker that computes a file's digest.
  package let digest: String
  package let icon: String
  /// The picture for home screens.
  package let touchIcon: String
}

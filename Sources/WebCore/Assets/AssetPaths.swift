/// The paths of a page's assets. They change with the content.
package struct AssetPaths: Sendable, Hashable {
  package let style: String
  package let script: String
  /// The worker that computes a file's digest.
  package let digest: String
  package let icon: String
  /// The icon for home screens.
  package let touchIcon: String
}

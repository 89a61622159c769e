/// The types that files are served with: images and PDF as they are, everything else as a download, so that
/// no file can act as one of our pages.
package enum MediaTypes {
  private static let shown: Set<String> = [
    "image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "application/pdf",
  ]

  /// The type to serve a file with, given the type that its sender claims.
  package static func safe(_ type: String) -> String {
    let plain = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    return shown.contains(plain) ? plain : "application/octet-stream"
  }

  /// Whether browsers display a type that `safe` returned.
  package static func isShown(_ type: String) -> Bool { shown.contains(type) }
}

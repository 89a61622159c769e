/// What files are served as: pictures and PDF as themselves, everything else as something to save, so that no
/// file can act as a page of ours.
package enum MediaTypes {
  private static let shown: Set<String> = [
    "image/jpeg", "image/png", "image/gif", "image/webp", "image/heic", "application/pdf",
  ]

  /// What a file is served as that its sender gives a type: itself, or a file to save.
  package static func safe(_ type: String) -> String {
    let plain = type.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
    return shown.contains(plain) ? plain : "application/octet-stream"
  }

  /// Whether a browser shows files of a type that `safe` gave.
  package static func isShown(_ type: String) -> Bool { shown.contains(type) }
}

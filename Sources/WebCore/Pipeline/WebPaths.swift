/// Paths that the pipeline treats specially.
package enum WebPaths {
  package static let signIn = "/sign-in"
  static let signOut = "/sign-out"
  /// Receives the secret of a server without users.
  package static let local = "/local/{secret}"
  package static let account = "/account"
  /// For programs that may not send a `Host`.
  static let hostless: Set<String> = ["/healthz", "/readyz", "/metrics"]

  /// A path on this server, never another site's address.
  package static func own(_ text: String) -> String {
    let isOurs =
      text.hasPrefix("/") && !text.hasPrefix("//") && !text.contains("\\")
      && !["/%5c", "/%2f"].contains(text.prefix(4).lowercased())
      && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    return isOurs ? text : "/"
  }
}

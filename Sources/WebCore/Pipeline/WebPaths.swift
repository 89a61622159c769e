/// Paths that the pipeline treats in a way of their own.
package enum WebPaths {
  package static let signIn = "/sign-in"
  static let signOut = "/sign-out"
  /// Where the secret of a server without users is taken.
  package static let local = "/local/{secret}"
  package static let account = "/account"
  /// Asked by programs that may not say for which host.
  static let health: Set<String> = ["/healthz", "/readyz", "/metrics"]

  /// A path of ours, never another site's address.
  package static func own(_ text: String) -> String {
    let isOurs =
      text.hasPrefix("/") && !text.hasPrefix("//") && !text.contains("\\")
      && !["/%5c", "/%2f"].contains(text.prefix(4).lowercased())
      && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    return isOurs ? text : "/"
  }
}

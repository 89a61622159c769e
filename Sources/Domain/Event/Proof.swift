/// What was given to show that an item was done.
package struct Proof: Sendable, Hashable {
  /// What was given, by its kind.
  package enum Content: Sendable, Hashable {
    /// The item's note is the proof.
    case note
    case link(url: String)
    /// The file itself isn't kept: its name, its size in bytes, and its SHA-256 in lower-case hex.
    case file(name: String, size: Int64, sha256: String)
    /// Somebody else confirmed it.
    case secondPerson
  }

  /// What was given.
  package let content: Content
  /// When.
  package let at: Moment
  /// By whom.
  package let by: String
  /// The number of the link by which it came in; nil where it came otherwise.
  package let link: Int?

  package init(content: Content, at: Moment, by: String, link: Int? = nil) {
    self.content = content
    self.at = at
    self.by = by
    self.link = link
  }

  /// The kind that the content satisfies.
  package var kind: ProofKind { content.kind }
}

extension Proof.Content {
  /// The kind that it satisfies.
  package var kind: ProofKind {
    switch self {
    case .note: .note
    case .link: .link
    case .file: .file
    case .secondPerson: .secondPerson
    }
  }
}

/// Evidence that an item was done.
package struct Proof: Sendable, Hashable {
  package enum Content: Sendable, Hashable {
    /// The item's note is the proof.
    case note
    case link(url: String)
    /// A file, which itself may not be stored: its name, its size in bytes, and its SHA-256 in lower-case
    /// hexadecimal.
    case file(name: String, size: Int64, sha256: String)
    /// Another person confirmed the tick.
    case secondPerson
  }

  package let content: Content
  package let at: Moment
  package let by: String
  /// The number of the shop link that was used; nil for any other way.
  package let link: Int?

  package init(content: Content, at: Moment, by: String, link: Int? = nil) {
    self.content = content
    self.at = at
    self.by = by
    self.link = link
  }

  package var kind: ProofKind { content.kind }
}

extension Proof.Content {
  /// The kind of required proof that it satisfies.
  package var kind: ProofKind {
    switch self {
    case .note: .note
    case .link: .link
    case .file: .file
    case .secondPerson: .secondPerson
    }
  }
}

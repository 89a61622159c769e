/// A checklist's content, identified by its hash, as runs are pinned to it.
package struct Definition: Sendable, Hashable {
  /// The SHA-256 of the canonical form, in lower-case hex.
  package let sha256: String
  package let checklist: Checklist

  package init(sha256: String, checklist: Checklist) {
    self.sha256 = sha256
    self.checklist = checklist
  }
}

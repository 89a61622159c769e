import Domain

/// A problem in a file, with its place.
package struct Finding: Sendable, Equatable {
  package enum Severity: String, Sendable, CaseIterable {
    /// The file can't be used.
    case error
    /// The file can be used, but probably doesn't mean what its author intended.
    case warning
  }

  /// The file's path as the user gave it, or beginning with the folder as the user gave it.
  package let file: String
  /// From 1.
  package let line: Int
  /// From 1, in Unicode scalars.
  package let column: Int
  package let severity: Severity
  /// The kind of finding, in words joined by `-`; stable across versions.
  package let code: String
  /// What is wrong and what to do about it.
  package let message: Wording
  /// The line of the finding; nil if there is none, as in an empty file.
  package let excerpt: Excerpt?
}

/// A line of a file, safe to print, with the position to point at.
package struct Excerpt: Sendable, Equatable {
  /// Without control characters. A long line is shortened around the place, with `…` for what was cut.
  package let text: String
  /// Terminal cells before the place.
  package let cellsBefore: Int
}

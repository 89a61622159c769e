import Domain

/// Something wrong in a file, and where.
package struct Finding: Sendable, Equatable {
  /// How wrong it is.
  package enum Severity: String, Sendable, CaseIterable {
    /// The file can't be used.
    case error
    /// The file can be used, but probably says something else than its author meant.
    case warning
  }

  /// The file as the user named it, or as its folder was named.
  package let file: String
  /// From 1.
  package let line: Int
  /// From 1, in Unicode scalars.
  package let column: Int
  /// Whether the file can still be used.
  package let severity: Severity
  /// What kind of finding it is: short words joined by `-`, the same in every version.
  package let code: String
  /// What is wrong and what to do about it.
  package let message: Wording
  /// The line it stands in; nil where the file has none, as for an empty one.
  package let excerpt: Excerpt?
}

/// A line of a file, safe to print, and where in it to point.
package struct Excerpt: Sendable, Equatable {
  /// Without control characters; a long line is cut around the place, with `…` where it was cut.
  package let text: String
  /// How many cells of a terminal stand before the place.
  package let cellsBefore: Int
}

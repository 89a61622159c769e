import Domain

/// Something wrong in a file, and where.
public struct Finding: Sendable, Equatable {
  /// How wrong it is.
  public enum Severity: String, Sendable, CaseIterable {
    /// The file can't be used.
    case error
    /// The file can be used, but probably says something else than its author meant.
    case warning
  }

  /// The file as the user named it, or as its folder was named.
  public let file: String
  /// From 1.
  public let line: Int
  /// From 1, in Unicode scalars.
  public let column: Int
  /// Whether the file can still be used.
  public let severity: Severity
  /// What kind of finding it is: short words joined by `-`, the same in every version.
  public let code: String
  /// What is wrong and what to do about it.
  public let message: Wording
  /// The line it stands in; nil where the file has none, as for an empty one.
  public let excerpt: Excerpt?
}

/// A line of a file, safe to print, and where in it to point.
public struct Excerpt: Sendable, Equatable {
  /// Without control characters; a long line is cut around the place, with `…` where it was cut.
  public let text: String
  /// How many cells of a terminal stand before the place.
  public let cellsBefore: Int
}

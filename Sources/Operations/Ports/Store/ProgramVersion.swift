/// A version of the program, by semantic versioning but without pre-release and build suffixes.
package struct ProgramVersion: Sendable, Hashable, Comparable {
  package static let current = ProgramVersion(minor: 2)

  /// Incremented for incompatible changes.
  package let major: Int
  /// Incremented for additions.
  package let minor: Int
  /// Incremented for repairs.
  package let patch: Int

  package init(major: Int = 0, minor: Int, patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Accepts only three numbers, as in `0.2.0`.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let major = parts[0], let minor = parts[1], let patch = parts[2],
      min(major, minor, patch) >= 0
    else { return nil }
    self.init(major: major, minor: minor, patch: patch)
  }

  /// As in `0.2.0`.
  package var text: String { "\(major).\(minor).\(patch)" }

  package static func < (left: ProgramVersion, right: ProgramVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

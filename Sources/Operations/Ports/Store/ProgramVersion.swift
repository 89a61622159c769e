/// The version of a program that uses a store: by the rules of semantic versions, without what may follow the third number.
package struct ProgramVersion: Sendable, Hashable, Comparable {
  /// This program's.
  package static let current = ProgramVersion(minor: 2)

  /// Something was changed or dropped.
  package let major: Int
  /// Something was added.
  package let minor: Int
  /// Something was mended.
  package let patch: Int

  package init(major: Int = 0, minor: Int, patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Nil for what isn't three numbers, as in `0.2.0`.
  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let major = parts[0], let minor = parts[1], let patch = parts[2],
      min(major, minor, patch) >= 0
    else { return nil }
    self.init(major: major, minor: minor, patch: patch)
  }

  /// As in `0.2.0`.
  package var text: String { "\(major).\(minor).\(patch)" }

  /// Whether it came first.
  package static func < (left: ProgramVersion, right: ProgramVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

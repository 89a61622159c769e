/// A place in a file: lines and columns count from 1, columns in Unicode scalars.
///
/// A byte-order mark isn't counted. Lines end where editors end them: at `\n`, `\r\n` and `\r`.
package struct YAMLPlace: Sendable, Hashable, Comparable {
  package let line: Int
  /// From 1, in Unicode scalars.
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// For problems that concern a file as a whole.
  package static let start = YAMLPlace(line: 1, column: 1)

  package static func < (left: YAMLPlace, right: YAMLPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

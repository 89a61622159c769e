/// A place in a file: lines and columns count from 1, columns in Unicode scalars.
///
/// A byte-order mark isn't counted. Lines end where editors end them: at `\n`, `\r\n` and `\r`.
package struct YAMLPlace: Sendable, Hashable, Comparable {
  /// From 1.
  package let line: Int
  /// From 1.
  package let column: Int

  /// Takes both as people count them.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The place of what concerns a file as a whole.
  package static let start = YAMLPlace(line: 1, column: 1)

  /// Earlier in the text first.
  package static func < (left: YAMLPlace, right: YAMLPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

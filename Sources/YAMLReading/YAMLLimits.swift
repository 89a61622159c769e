/// How much a document may hold. A document that exceeds a limit is a problem, found before it costs memory
/// or time.
package struct YAMLLimits: Sendable, Hashable {
  /// Of the whole text, including a byte-order mark.
  package var bytes = 1 << 20
  /// Depth of nested collections, aliases expanded.
  package var nesting = 64
  /// Scalars, sequences and mappings, aliases expanded.
  package var nodes = 100_000
  /// Of all scalars, aliases expanded: many aliases to a long text would fill the memory.
  var expandedBytes = 16 << 20
  /// Combining marks in a row.
  package var marks = 30
  /// `%TAG` lines; libyaml compares each with all before it.
  var tagDirectives = 16

  /// The limits of format 1.
  package init() {}
}

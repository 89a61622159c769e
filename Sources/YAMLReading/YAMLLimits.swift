/// How much a document may hold; what goes past it is a problem, found before it costs anything.
package struct YAMLLimits: Sendable, Hashable {
  /// Bytes of the whole text, a byte-order mark included.
  package var bytes = 1 << 20
  /// Collections inside each other, aliases expanded.
  package var nesting = 64
  /// Scalars, sequences and mappings, aliases expanded.
  package var nodes = 100_000
  /// Bytes of all scalars, aliases expanded: a long text with many aliases would fill the memory.
  var expandedBytes = 16 << 20
  /// Marks that combine with one character.
  package var marks = 30
  /// `%TAG` lines: libyaml compares each with all before it.
  var tagDirectives = 16

  /// The limits of format 1.
  package init() {}
}

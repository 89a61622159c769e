/// One document: all nodes in document order in one array, all their text in another.
///
/// A node is named by its index. An alias is a node of its own, which `resolve` follows; nothing is copied.
/// Scalars stay text, since their meaning depends on where they stand.
package struct YAMLDocument: Sendable {
  /// Sequences and mappings are collections.
  package enum Kind: UInt8, Sendable {
    case scalar
    case sequence
    case mapping
    case alias
  }

  /// How a scalar was written.
  package enum Style: UInt8, Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    case block
  }

  @usableFromInline
  struct Node: Sendable {
    @usableFromInline let line: UInt32
    @usableFromInline let column: UInt32
    /// Scalar: where its text begins. Collection: the index after its last descendant. Alias: its target.
    @usableFromInline var reference: UInt32
    /// Scalar: the length of its text in bytes. Collection: its children, counting keys and values
    /// separately.
    @usableFromInline var count: UInt32
    @usableFromInline let kind: Kind
    @usableFromInline let style: Style

    init(line: Int, column: Int, reference: Int, count: Int, kind: Kind, style: Style = .plain) {
      self.line = UInt32(truncatingIfNeeded: line)
      self.column = UInt32(truncatingIfNeeded: column)
      self.reference = UInt32(truncatingIfNeeded: reference)
      self.count = UInt32(truncatingIfNeeded: count)
      self.kind = kind
      self.style = style
    }
  }

  @usableFromInline var nodes: [Node] = []
  @usableFromInline var text: [UInt8] = []
  /// Explicit tags by node, fully expanded (`tag:yaml.org,2002:str`), in document order.
  package internal(set) var tags: [(node: Int, tag: String)] = []

  package var root: Int { 0 }

  /// An alias's target; any other node itself.
  @inlinable
  package func resolve(_ node: Int) -> Int {
    nodes[node].kind == .alias ? Int(nodes[node].reference) : node
  }

  /// Where a node begins: at its anchor or tag if it has one; an alias at its `*`.
  package func place(of node: Int) -> YAMLPlace {
    YAMLPlace(line: Int(nodes[node].line) + 1, column: Int(nodes[node].column) + 1)
  }

  /// The kind of a node, aliases followed.
  @inlinable
  package func kind(of node: Int) -> Kind {
    nodes[resolve(node)].kind
  }

  /// The kind of a node, aliases not followed.
  @inlinable
  package func kindAsWritten(of node: Int) -> Kind {
    nodes[node].kind
  }

  /// How a scalar was written, aliases followed.
  @inlinable
  package func style(of node: Int) -> Style {
    nodes[resolve(node)].style
  }

  /// The number of elements of a sequence; of a mapping, keys and values counted separately.
  @inlinable
  package func childCount(of node: Int) -> Int {
    Int(nodes[resolve(node)].count)
  }

  /// Empty for a collection.
  @inlinable
  package func string(_ node: Int) -> String {
    withBytes(of: node) { String(decoding: $0, as: UTF8.self) }
  }

  /// Passes the bytes of a scalar's text without copying; none for a collection.
  @inlinable
  package func withBytes<Output>(of node: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Output) -> Output {
    let scalar = nodes[resolve(node)]
    guard scalar.kind == .scalar else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    let start = Int(scalar.reference)
    return text.withUnsafeBufferPointer { all in
      body(UnsafeBufferPointer(rebasing: all[start..<start + Int(scalar.count)]))
    }
  }
}

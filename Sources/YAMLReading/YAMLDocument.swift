/// One document: its nodes in the order of the text, in one array, and all their text in another.
///
/// A node is named by its index. Aliases are nodes of their own, which `resolve` follows; nothing is
/// copied for them. Scalars stay text: what they mean depends on where they stand.
package struct YAMLDocument: Sendable {
  /// What a node is.
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
    /// Scalar: where its text begins. Collection: the index after its last node. Alias: its target.
    @usableFromInline var reference: UInt32
    /// Scalar: the bytes of its text. Collection: its children, keys and values counted each.
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
  /// Explicit tags by node, in full (`tag:yaml.org,2002:str`), in the order of the text.
  package internal(set) var tags: [(node: Int, tag: String)] = []

  /// The node that holds all others.
  package var root: Int { 0 }

  /// The node that an alias stands for, any other node itself.
  @inlinable
  package func resolve(_ node: Int) -> Int {
    nodes[node].kind == .alias ? Int(nodes[node].reference) : node
  }

  /// Where a node begins: at its anchor or tag when it has one, an alias at its `*`.
  package func place(of node: Int) -> YAMLPlace {
    YAMLPlace(line: Int(nodes[node].line) + 1, column: Int(nodes[node].column) + 1)
  }

  /// What a node is, an alias being what it stands for.
  @inlinable
  package func kind(of node: Int) -> Kind {
    nodes[resolve(node)].kind
  }

  /// What a node is, an alias being an alias.
  @inlinable
  package func kindAsWritten(of node: Int) -> Kind {
    nodes[node].kind
  }

  /// How a scalar was written.
  @inlinable
  package func style(of node: Int) -> Style {
    nodes[resolve(node)].style
  }

  /// How many elements a sequence has, or keys and values a mapping.
  @inlinable
  package func childCount(of node: Int) -> Int {
    Int(nodes[resolve(node)].count)
  }

  /// The text of a scalar; empty for a collection.
  @inlinable
  package func string(_ node: Int) -> String {
    withBytes(of: node) { String(decoding: $0, as: UTF8.self) }
  }

  /// Hands over the bytes of a scalar's text; none for a collection.
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

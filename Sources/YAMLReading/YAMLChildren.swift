/// The children of a collection in document order: elements, or keys and values alternating.
package struct YAMLChildren: Sequence, IteratorProtocol {
  @usableFromInline let document: YAMLDocument
  @usableFromInline var position: Int
  @usableFromInline let end: Int

  @inlinable
  init(_ document: YAMLDocument, of node: Int) {
    self.document = document
    let target = document.resolve(node)
    let collection = document.nodes[target]
    position = target + 1
    switch collection.kind {
    case .sequence, .mapping: end = Int(collection.reference)
    case .scalar, .alias: end = position
    }
  }

  @inlinable
  package mutating func next() -> Int? {
    guard position < end else { return nil }
    let child = position
    let node = document.nodes[child]
    switch node.kind {
    case .sequence, .mapping: position = Int(node.reference)
    case .scalar, .alias: position += 1
    }
    return child
  }
}

extension YAMLDocument {
  /// Empty for a scalar.
  @inlinable
  package func children(of node: Int) -> YAMLChildren {
    YAMLChildren(self, of: node)
  }
}

import CLibYAML
import Glibc

/// Builds a document from libyaml's events, stopping at the first limit exceeded.
struct YAMLArena {
  /// A collection that isn't closed yet.
  private struct Open {
    let node: Int
    let anchor: String?
    /// The cost of everything before it.
    let before: Cost
    /// Levels of collections in it, itself included.
    var height = 1
  }

  /// The node that an anchor names, and the cost of one alias to it.
  private struct Anchor {
    let node: Int
    /// Nil while the collection is still open: an alias inside it would expand forever.
    var cost: Cost?
    var height = 0
  }

  /// What has been read, with aliases expanded.
  private struct Cost {
    var nodes = 0
    var bytes = 0
  }

  private let limits: YAMLLimits
  private var document = YAMLDocument()
  private var open: [Open] = []
  private var anchors: [String: Anchor] = [:]
  private var spent = Cost()

  init(limits: YAMLLimits, capacity: Int) {
    self.limits = limits
    document.text.reserveCapacity(capacity)
    document.nodes.reserveCapacity(min(limits.nodes, capacity / 8) + 1)
    open.reserveCapacity(limits.nesting)
  }

  mutating func build(from events: inout YAMLEvents) -> YAMLReading {
    var complete = false
    while let event = events.next() {
      switch event.pointee.type {
      case YAML_STREAM_END_EVENT:
        guard complete else {
          return YAMLReading(document: nil, problem: YAMLProblem(place: .start, kind: .noDocument))
        }
        return YAMLReading(document: document, problem: nil)
      case YAML_DOCUMENT_START_EVENT where complete:
        let problem = YAMLProblem(place: Self.placeOfStart(event.pointee, events), kind: .secondDocument)
        return YAMLReading(document: document, problem: problem)
      case YAML_DOCUMENT_END_EVENT:
        complete = true
      case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT, YAML_NO_EVENT:
        break
      default:
        let place = events.place(event.pointee.start_mark)
        if let problem = add(event, at: place) {
          return YAMLReading(document: nil, problem: YAMLProblem(place: place, kind: problem))
        }
      }
    }
    return YAMLReading(document: nil, problem: events.problem)
  }

  /// An explicit document start is placed at the end of its `---`, since directives precede that.
  private static func placeOfStart(_ event: yaml_event_t, _ events: borrowing YAMLEvents) -> YAMLPlace {
    guard event.data.document_start.implicit == 0 else { return events.place(event.start_mark) }
    let end = events.place(event.end_mark)
    return YAMLPlace(line: end.line, column: max(1, end.column - 3))
  }

  /// Nil on success.
  private mutating func add(
    _ event: UnsafeMutablePointer<yaml_event_t>, at place: YAMLPlace
  ) -> YAMLProblem.Kind? {
    switch event.pointee.type {
    case YAML_SCALAR_EVENT: addScalar(event, at: place)
    case YAML_SEQUENCE_START_EVENT: begin(event, at: place, .sequence)
    case YAML_MAPPING_START_EVENT: begin(event, at: place, .mapping)
    case YAML_ALIAS_EVENT: addAlias(event, at: place)
    default: close()
    }
  }

  private mutating func addScalar(
    _ event: UnsafeMutablePointer<yaml_event_t>, at place: YAMLPlace
  ) -> YAMLProblem.Kind? {
    let scalar = event.pointee.data.scalar
    if UnsafeBufferPointer(start: scalar.value, count: scalar.length).hasMarks(over: limits.marks) {
      return .tooManyMarks
    }
    if isTagUnsafe(scalar.tag) { return .tooManyMarks }
    let node = document.nodes.count
    let style: YAMLDocument.Style =
      switch scalar.style {
      case YAML_PLAIN_SCALAR_STYLE: .plain
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      default: .block
      }
    append(place, reference: document.text.count, count: scalar.length, .scalar, style)
    document.text.append(contentsOf: UnsafeBufferPointer(start: scalar.value, count: scalar.length))
    if let anchor = scalar.anchor {
      anchors[String(cString: anchor)] = Anchor(node: node, cost: Cost(nodes: 1, bytes: scalar.length))
    }
    if let tag = scalar.tag { document.tags.append((node, String(cString: tag))) }
    return spend(Cost(nodes: 1, bytes: scalar.length))
  }

  /// An escape in a tag can stand for any character; anchors are ASCII only.
  private func isTagUnsafe(_ tag: UnsafeMutablePointer<yaml_char_t>?) -> Bool {
    guard let tag else { return false }
    let count = strlen(UnsafeRawPointer(tag).assumingMemoryBound(to: CChar.self))
    return UnsafeBufferPointer(start: tag, count: count).hasMarks(over: limits.marks)
  }

  private mutating func spend(_ cost: Cost) -> YAMLProblem.Kind? {
    spent.nodes += cost.nodes
    spent.bytes += cost.bytes
    if spent.nodes > limits.nodes { return .tooManyNodes }
    return spent.bytes > limits.expandedBytes ? .tooMuchText : nil
  }

  private mutating func begin(
    _ event: UnsafeMutablePointer<yaml_event_t>, at place: YAMLPlace, _ kind: YAMLDocument.Kind
  ) -> YAMLProblem.Kind? {
    let node = document.nodes.count
    // Sequence and mapping starts have the same fields in the same order.
    let start = event.pointee.data.sequence_start
    if isTagUnsafe(start.tag) { return .tooManyMarks }
    append(place, reference: 0, count: 0, kind, .plain)
    var name: String?
    if let anchor = start.anchor {
      let text = String(cString: anchor)
      anchors[text] = Anchor(node: node, cost: nil)
      name = text
    }
    if let tag = start.tag { document.tags.append((node, String(cString: tag))) }
    open.append(Open(node: node, anchor: name, before: spent))
    if open.count > limits.nesting { return .tooDeep }
    return spend(Cost(nodes: 1))
  }

  private mutating func addAlias(
    _ event: UnsafeMutablePointer<yaml_event_t>, at place: YAMLPlace
  ) -> YAMLProblem.Kind? {
    let name = String(cString: event.pointee.data.alias.anchor)
    guard let anchor = anchors[name] else { return .unknownAlias(name) }
    guard let cost = anchor.cost else { return .recursiveAlias(name) }
    append(place, reference: anchor.node, count: 0, .alias, .plain)
    raise(to: anchor.height)
    if open.count + anchor.height > limits.nesting { return .tooDeep }
    return spend(cost)
  }

  private mutating func close() -> YAMLProblem.Kind? {
    guard let closed = open.popLast() else { return nil }
    document.nodes[closed.node].reference = UInt32(truncatingIfNeeded: document.nodes.count)
    raise(to: closed.height)
    // An inner node may have redefined the anchor; later aliases then mean that node.
    if let name = closed.anchor, anchors[name]?.node == closed.node {
      let cost = Cost(nodes: spent.nodes - closed.before.nodes, bytes: spent.bytes - closed.before.bytes)
      anchors[name] = Anchor(node: closed.node, cost: cost, height: closed.height)
    }
    return nil
  }

  /// Records that the open collection contains one of height `inner`.
  private mutating func raise(to inner: Int) {
    guard let last = open.indices.last else { return }
    open[last].height = max(open[last].height, inner + 1)
  }

  private mutating func append(
    _ place: YAMLPlace, reference: Int, count: Int,
    _ kind: YAMLDocument.Kind, _ style: YAMLDocument.Style
  ) {
    if let parent = open.last { document.nodes[parent.node].count += 1 }
    document.nodes.append(
      YAMLDocument.Node(
        line: place.line - 1, column: place.column - 1, reference: reference, count: count, kind: kind,
        style: style))
  }
}

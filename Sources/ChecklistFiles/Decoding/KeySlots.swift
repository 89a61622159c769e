import YAMLReading

/// A map's values, by the slots of its key table.
struct KeySlots {
  private var nodes = InlineArray<16, Int32>(repeating: -1)

  /// The value's node; nil if the key is missing.
  subscript<Key: RawRepresentable<Int>>(_ key: Key) -> Int? {
    self[slot: key.rawValue]
  }

  subscript(slot slot: Int) -> Int? {
    get { nodes[slot] < 0 ? nil : Int(nodes[slot]) }
    set { nodes[slot] = newValue.map { Int32(truncatingIfNeeded: $0) } ?? -1 }
  }
}

extension DefinitionDecoder {
  /// Reads a map's keys, then those merged by `<<`. Reports unknown and repeated keys.
  mutating func fields(of node: Int, _ table: KeyTable) -> KeySlots {
    var fields = KeySlots()
    // A stack: the next map to merge is last.
    var merges: [Int] = []
    collect(node, table, into: &fields, merges: &merges)
    while let source = merges.popLast() {
      var merged = KeySlots()
      collect(source, table, into: &merged, merges: &merges)
      for slot in table.names.indices where fields[slot: slot] == nil {
        fields[slot: slot] = merged[slot: slot]
      }
    }
    return fields
  }

  /// Collects a map's own keys, and the maps that it merges.
  private mutating func collect(
    _ node: Int, _ table: KeyTable, into fields: inout KeySlots, merges: inout [Int]
  ) {
    var others: [Int] = []
    var mergeKey: Int?
    var children = document.children(of: node)
    while let key = children.next(), let value = children.next() {
      if let slot = slot(of: key, table) {
        if let first = fields[slot: slot] {
          // A scalar key's node immediately precedes its value's.
          repeated(key, after: document.place(of: first - 1).line)
          reportRepeatedKeys(inside: value)
        } else {
          fields[slot: slot] = value
        }
      } else if isMerge(key) {
        if mergeKey != nil {
          repeated(key, after: nil)
        } else {
          mergeKey = key
          addMerges(value, to: &merges)
        }
      } else {
        others.append(key)
        reportRepeatedKeys(inside: value)
      }
    }
    reportUnknown(others, table)
  }

  private func slot(of key: Int, _ table: KeyTable) -> Int? {
    guard document.kind(of: key) == .scalar else { return nil }
    return document.withBytes(of: key) { table.slot(of: $0) }
  }

  func isMerge(_ key: Int) -> Bool {
    document.kind(of: key) == .scalar && document.style(of: key) == .plain
      && document.withBytes(of: key) { $0.elementsEqual("<<".utf8) }
  }

  mutating func addMerges(_ value: Int, to merges: inout [Int]) {
    switch document.kind(of: value) {
    case .mapping: merges.append(value)
    case .sequence:
      var maps: [Int] = []
      for element in document.children(of: value) {
        if document.kind(of: element) == .mapping { maps.append(element) } else { badMerge(element) }
      }
      merges.append(contentsOf: maps.reversed())
    case .scalar, .alias: badMerge(value)
    }
  }

  private mutating func badMerge(_ node: Int) {
    error(
      "bad-merge", at: node,
      en: "'<<' takes over the keys of a map, or of a list of maps, not of \(found(at: node).en)",
      zh: "“<<”只能并入一个映射或一列映射的键，不能是\(found(at: node).zh)")
  }

  mutating func repeated(_ key: Int, after line: Int?) {
    let name = quotable(key)
    error(
      "repeated-key", at: key,
      en: "the key '\(name)' is repeated" + (line.map { "; it has a value already in line \($0)" } ?? ""),
      zh: "键“\(name)”重复了" + (line.map { "；第 \($0) 行已经写过它的值" } ?? ""))
  }
}

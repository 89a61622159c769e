import Domain
import YAMLReading

extension DefinitionDecoder {
  /// The keys and values of a map with arbitrary text keys, then those merged by `<<`. A key that repeats
  /// another, ignoring case, is left out, and reported if both are in the same map.
  mutating func pairs(of node: Int) -> [(key: Int, value: Int)] {
    var entries: [(key: Int, value: Int)] = []
    var names: [String: Int] = [:]
    // A stack: the next map to merge is last, the map itself first.
    var sources = [node]
    while let source = sources.popLast() {
      let own = entries.count
      var children = document.children(of: source)
      while let key = children.next(), let value = children.next() {
        guard document.kind(of: key) == .scalar else {
          notText(key)
          reportRepeatedKeys(inside: value)
          continue
        }
        if isMerge(key) {
          addMerges(value, to: &sources)
        } else if let first = position(of: key, in: entries, names: &names) {
          if first >= own { repeated(key, after: document.place(of: entries[first].key).line) }
          reportRepeatedKeys(inside: value)
        } else {
          entries.append((key, value))
        }
      }
    }
    return entries
  }

  /// The index of an equal key. Short lists are searched linearly, long ones through a dictionary.
  private func position(
    of key: Int, in entries: [(key: Int, value: Int)], names: inout [String: Int]
  ) -> Int? {
    if entries.count < 8 { return entries.firstIndex { document.sameText($0.key, key) } }
    for position in names.count..<entries.count {
      names[document.string(entries[position].key).lowercased()] = position
    }
    return names[document.string(key).lowercased()]
  }
}

extension YAMLDocument {
  fileprivate func sameText(_ left: Int, _ right: Int) -> Bool {
    withBytes(of: left) { left in withBytes(of: right) { left.isSameTag(as: $0) } }
  }
}

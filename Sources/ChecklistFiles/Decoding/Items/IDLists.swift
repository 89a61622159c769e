import Domain
import YAMLReading

extension DefinitionDecoder {
  /// The ids that an item needs, without duplicates.
  mutating func needs(_ node: Int) -> [(id: ItemID, node: Int)]? {
    ids(node, key: "needs", repeatedCode: "repeated-need")?.ids
  }

  /// A list of ids without duplicates, which cause a warning, and whether all of it could be read.
  mutating func ids<ID: DefinitionIdentifier>(
    _ node: Int, key: String, repeatedCode: String
  ) -> (ids: [(id: ID, node: Int)], isComplete: Bool)? {
    guard let elements = elements(node, key: key, of: Wording(en: "ids", zh: " id ")) else { return nil }
    var ids: [(id: ID, node: Int)] = []
    var isComplete = true
    // Short lists are searched linearly, long ones through a set.
    var seen: Set<ID> = []
    for element in elements {
      guard let id: ID = identifier(element, key: key) else {
        isComplete = false
        continue
      }
      let isNew = ids.count < 8 ? !ids.contains { $0.id == id } : !seen.contains(id)
      if isNew {
        ids.append((id, element))
        if ids.count == 8 { seen = Set(ids.map(\.id)) } else if ids.count > 8 { seen.insert(id) }
      } else {
        warning(
          repeatedCode, at: element,
          en: "'\(id)' is repeated in '\(key)'; once is enough",
          zh: "“\(key)”里的“\(id)”重复了；写一次就够了")
      }
    }
    return (ids, isComplete)
  }
}

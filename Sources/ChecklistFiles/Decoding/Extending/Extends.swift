import Domain
import YAMLReading

/// A file's `extends` and `remove`.
struct Extends {
  /// The node that names the checklist.
  let node: Int
  /// Nil if the value isn't an id, which has been reported.
  let base: ChecklistID?
  let removeNode: Int?
  /// The items not taken over, without duplicates, each with its node.
  let removed: [(id: ItemID, node: Int)]
  let calendarNode: Int?
}

extension DefinitionDecoder {
  mutating func extends(_ fields: KeySlots) -> Extends? {
    let removeNode = fields[ChecklistKey.remove]
    let removed: [(id: ItemID, node: Int)] =
      removeNode.flatMap { ids($0, key: "remove", repeatedCode: "repeated-removal") }?.ids ?? []
    guard let node = fields[ChecklistKey.extends] else {
      if let removeNode {
        error(
          "remove-without-extends", at: removeNode,
          en: "'remove' takes out items of the checklist that 'extends' names, and there is no 'extends'; "
            + "add it, or leave 'remove' out",
          zh: "“remove”用来去掉“extends”所指清单里的任务项，而这里没有“extends”；请补上它，或者去掉“remove”")
      }
      return nil
    }
    return Extends(
      node: node, base: identifier(node, key: "extends"), removeNode: removeNode, removed: removed,
      calendarNode: fields[ChecklistKey.calendar])
  }
}

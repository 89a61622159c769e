import Domain
import YAMLReading

/// A file whose checklist extends another.
struct ExtendingFile {
  let file: String
  let bytes: [UInt8]
  /// Whether no file before it has its id.
  let isFirst: Bool
  /// What is wrong with it besides what the checklist itself says.
  let drafts: [Draft]
  var unresolved: UnresolvedChecklist

  /// Where an item of the file's own stands.
  func place(of item: ItemID) -> String? {
    let entry = unresolved.parts.needs.entries.first { $0.id == item }
    return entry.map { file.place(unresolved.decoder.document.place(of: $0.node)) }
  }
}

extension DefinitionDecoder {
  /// Where the items stand in a file that extends nothing. Few messages ask for it, so the file is read once
  /// more for them.
  static func places(ofItemsIn file: String) -> [ItemID: YAMLPlace] {
    guard let bytes = try? FileSystem.read(file, within: nil), let document = YAMLReader.read(bytes).document,
      document.kind(of: document.root) == .mapping
    else { return [:] }
    var places: [ItemID: YAMLPlace] = [:]
    var decoder = DefinitionDecoder(document)
    let fields = decoder.fields(of: document.root, ChecklistKey.table)
    guard let items = fields[ChecklistKey.items] else { return [:] }
    for element in document.children(of: items) where document.kind(of: element) == .mapping {
      let fields = decoder.fields(of: element, ItemKey.table)
      guard let node = fields[ItemKey.id], let id = ItemID(document.string(node)) else { continue }
      places[id] = document.place(of: node)
    }
    return places
  }
}

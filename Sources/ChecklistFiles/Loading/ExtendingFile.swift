import Domain
import YAMLReading

/// A file whose checklist extends another.
struct ExtendingFile {
  let file: String
  let bytes: [UInt8]
  /// Whether no earlier file has the same id.
  let isFirst: Bool
  /// Findings other than those about the checklist itself.
  let drafts: [Draft]
  var unresolved: UnresolvedChecklist

  /// The place of one of the file's own items.
  func place(of item: ItemID) -> String? {
    let entry = unresolved.parts.needs.entries.first { $0.id == item }
    return entry.map { file.place(unresolved.decoder.document.place(of: $0.node)) }
  }
}

extension DefinitionDecoder {
  /// The places of the items in a file that extends nothing. Reads the file once more, since few messages
  /// need it.
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

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

extension String {
  /// A place in the file of this path.
  func place(_ place: YAMLPlace) -> String { "\(printablePath):\(place.line):\(place.column)" }
}

extension Decoder {
  /// Where an item stands in a file that extends nothing. Few messages ask for it, so the file is read once
  /// more for them.
  static func place(of item: ItemID, in file: String) -> YAMLPlace? {
    guard let bytes = try? FileSystem.read(file), let document = YAMLReader.read(bytes).document,
      document.kind(of: document.root) == .mapping
    else { return nil }
    var decoder = Decoder(document)
    let fields = decoder.fields(of: document.root, ChecklistKey.table)
    guard let items = fields[ChecklistKey.items] else { return nil }
    for element in document.children(of: items) where document.kind(of: element) == .mapping {
      let fields = decoder.fields(of: element, ItemKey.table)
      if let id = fields[ItemKey.id], document.string(id) == item.rawValue { return document.place(of: id) }
    }
    return nil
  }
}

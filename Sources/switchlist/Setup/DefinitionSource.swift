import ChecklistFiles
import Domain
import Operations
import Reports
import Storage

/// The folder of definitions that was pushed into the store.
enum DefinitionsInStore {
  /// What `--checklists` calls it, and what findings do.
  static let name = "store:"

  /// Throws where none was ever pushed.
  static func current(
    in reading: any StoreReading
  ) throws -> (folder: DefinitionFolder, files: [String: [UInt8]]) {
    guard let folder = try reading.currentDefinitionFolder() else {
      throw CommandFailure(
        Wording(
          en: "there are no definitions in the store yet; push a folder: switchlist definitions push FOLDER",
          zh: "数据库里还没有清单；请先推送一个文件夹：switchlist definitions push 文件夹"))
    }
    return (folder, try reading.definitionFiles(folder.digest))
  }
}

/// Where definitions are read from.
enum DefinitionSource: Sendable {
  case folder(String)
  case store(StoreLocation)

  func load(_ zones: ZoneDirectory) throws -> LoadedFolder {
    switch self {
    case .folder(let path): return try ChecklistFolder.load(at: path, zones: zones)
    case .store(let location):
      let store: any ShopStore =
        switch location {
        case .file(let path): try SQLiteShopStore(readingAt: path)
        case .postgreSQL(let address): try PostgreSQLStore(address)
        }
      let files = try store.read { try DefinitionsInStore.current(in: $0).files }
      return ChecklistFolder.load(files, named: DefinitionsInStore.name, zones: zones)
    }
  }
}

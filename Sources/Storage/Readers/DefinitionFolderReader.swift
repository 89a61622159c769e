import Domain
import Operations

extension ShopTransaction: DefinitionFolderReading {
  func currentDefinitionFolder() throws -> DefinitionFolder? {
    try connection.first(
      "SELECT number, digest, pushed_at, pushed_by FROM definition_folder ORDER BY number DESC LIMIT 1", [],
      folder)
  }

  func definitionFolders() throws -> [DefinitionFolder] {
    var folders: [DefinitionFolder] = []
    try connection.query(
      "SELECT number, digest, pushed_at, pushed_by FROM definition_folder ORDER BY number DESC", []
    ) { folders.append(try folder($0)) }
    return folders
  }

  private func folder(_ row: Connection.Row) throws -> DefinitionFolder {
    DefinitionFolder(
      number: try row.count(0), digest: row.text(1), pushedAt: row.moment(2), pushedBy: row.text(3))
  }

  func definitionFiles(_ digest: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    try connection.query("SELECT path, content FROM definition_file WHERE digest = $1", [.text(digest)]) {
      row in
      files[row.text(0)] = row.bytes(1)
    }
    return files
  }
}

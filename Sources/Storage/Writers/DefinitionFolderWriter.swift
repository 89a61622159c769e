import Domain
import Operations

extension ShopTransaction: DefinitionFolderWriting {
  func lockDefinitionFolders() throws { try lockNumbers(of: .definitionFolders) }

  func insert(_ folder: DefinitionFolder, files: [String: [UInt8]]) throws {
    try connection.run(
      "INSERT INTO definition_folder (number, digest, pushed_at, pushed_by) VALUES ($1, $2, $3, $4)",
      [.integer(folder.number), .text(folder.digest), .moment(folder.pushedAt), .text(folder.pushedBy)])
    for (path, content) in files {
      // A folder that was in force before has its files already.
      try connection.run(
        """
        INSERT INTO definition_file (digest, path, content) VALUES ($1, $2, $3)
        ON CONFLICT (digest, path) DO NOTHING
        """, [.text(folder.digest), .text(path), .bytes(content)])
    }
  }
}

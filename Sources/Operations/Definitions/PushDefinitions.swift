import Crypto
import Domain
import Formats

/// Pushes a folder of definitions into the store, from where all processes may take it.
package struct PushDefinitions {
  private let now: Moment
  private let by: Author

  package init(by: Author, now: Moment) {
    self.by = by
    self.now = now
  }

  /// Returns the folder in force afterwards, and whether that is a new one: the same folder once more changes nothing.
  ///
  /// - Parameter files: each file's content, by its path in the folder; checked before.
  package func callAsFunction(
    _ files: [String: [UInt8]], in transaction: any StoreWriting
  ) throws -> (folder: DefinitionFolder, isNew: Bool) {
    try transaction.lockDefinitionFolders()
    let digest = Self.digest(files)
    let current = try transaction.currentDefinitionFolder()
    if let current, current.digest == digest { return (current, false) }
    let folder = DefinitionFolder(
      number: (current?.number ?? 0) + 1, digest: digest, pushedAt: now, pushedBy: by.name)
    try transaction.insert(folder, files: files)
    return (folder, true)
  }

  /// SHA-256 over each file's path, its length and its content, in the order of the paths' bytes.
  package static func digest(_ files: [String: [UInt8]]) -> String {
    var digest = SHA256()
    for (path, content) in files.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      digest.update(data: Array("\(path.utf8.count):\(path)\(content.count):".utf8))
      digest.update(data: content)
    }
    return HexText.of(digest.finalize())
  }
}

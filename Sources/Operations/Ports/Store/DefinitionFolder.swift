import Domain

/// A folder of definitions as it was pushed into the store.
package struct DefinitionFolder: Sendable, Equatable {
  /// From 1; the last one is in force.
  package let number: Int
  /// SHA-256 over names and contents, in lower-case hex; the same folder has the same digest.
  package let digest: String
  package let pushedAt: Moment
  package let pushedBy: String

  package init(number: Int, digest: String, pushedAt: Moment, pushedBy: String) {
    self.number = number
    self.digest = digest
    self.pushedAt = pushedAt
    self.pushedBy = pushedBy
  }
}

/// Folders of definitions that processes on many machines share.
package protocol DefinitionFolderReading {
  /// Nil if none was ever pushed.
  func currentDefinitionFolder() throws -> DefinitionFolder?
  /// Newest first.
  func definitionFolders() throws -> [DefinitionFolder]
  /// Each file's content, by its path in the folder; empty if there is no such folder.
  func definitionFiles(_ digest: String) throws -> [String: [UInt8]]
}

package protocol DefinitionFolderWriting {
  /// Keeps others from pushing until the transaction ends.
  func lockDefinitionFolders() throws
  /// - Parameter files: each file's content, by its path in the folder.
  func insert(_ folder: DefinitionFolder, files: [String: [UInt8]]) throws
}

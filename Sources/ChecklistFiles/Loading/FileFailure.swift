import Domain

/// A file or folder that couldn't be read at all.
package struct FileFailure: Error, Sendable, Equatable {
  /// The path as given.
  package let path: String
  /// Why, and what to do about it.
  package let message: Wording

  init(_ path: String, en: String, zh: String) {
    self.path = path
    let name = path.printablePath
    message = Wording(en: "\(name): \(en)", zh: "\(name)：\(zh)")
  }
}

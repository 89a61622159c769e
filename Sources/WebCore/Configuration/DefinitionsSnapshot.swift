import Domain
import Operations

/// The contents of the folder of definitions at one time.
package struct DefinitionsSnapshot: Sendable {
  /// A problem in a file, or something worth checking.
  package struct Finding: Sendable {
    /// The path within the folder.
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1, in Unicode scalars.
    package let column: Int
    /// Whether the file can't be used.
    package let isError: Bool
    /// The kind of finding, in words joined by `-`.
    package let code: String
    /// What is wrong and what to do about it.
    package let message: Wording
    /// The line of the file; nil if there is none.
    package let quote: String?

    package init(
      file: String, line: Int, column: Int, isError: Bool, code: String, message: Wording, quote: String?
    ) {
      self.file = file
      self.line = line
      self.column = column
      self.isError = isError
      self.code = code
      self.message = message
      self.quote = quote
    }
  }

  /// Unique among all snapshots.
  package let number: Int
  /// Definitions without errors.
  package let definitions: Definitions
  /// Sorted by file and place.
  package let findings: [Finding]
  /// Each checklist's file, by checklist id.
  package let files: [String: String]
  /// Of the folder's files, as `PushDefinitions` computes it; nil where they can't all be read.
  package let digest: String?

  package init(
    number: Int, definitions: Definitions, findings: [Finding], files: [String: String], digest: String? = nil
  ) {
    self.digest = digest
    self.number = number
    self.definitions = definitions
    self.findings = findings
    self.files = files
  }
}

extension DefinitionsSnapshot {
  /// Findings in its own file, its calendar's, and its platforms'.
  package func findings(of checklist: Checklist) -> [Finding] {
    let own = files[checklist.id.rawValue]
    let calendar = checklist.calendar.map { "calendars/\($0).yaml" }
    let platforms = (checklist.when.platforms ?? []).map { "platforms/\($0).yaml" }
    return findings.filter { $0.file == own || $0.file == calendar || platforms.contains($0.file) }
  }
}

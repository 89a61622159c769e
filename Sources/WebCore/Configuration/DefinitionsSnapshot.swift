import Domain
import Operations

/// A reading of the folder of definitions.
package struct DefinitionsSnapshot: Sendable {
  /// Something that is wrong, or worth a look, in a file.
  package struct Finding: Sendable {
    /// Its path in the folder.
    package let file: String
    /// From 1.
    package let line: Int
    /// From 1, in Unicode scalars.
    package let column: Int
    /// The file can't be used.
    package let isError: Bool
    /// What kind of finding it is: short words joined by `-`.
    package let code: String
    /// What is wrong, and what to do about it.
    package let message: Wording
    /// The line of the file that it is in; nil where there is none.
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

  /// Another number than that of any reading before.
  package let number: Int
  /// Those without errors.
  package let definitions: Definitions
  /// By file and place.
  package let findings: [Finding]
  /// Which file each checklist is in, by the checklist's id.
  package let files: [String: String]

  package init(number: Int, definitions: Definitions, findings: [Finding], files: [String: String]) {
    self.number = number
    self.definitions = definitions
    self.findings = findings
    self.files = files
  }
}

extension DefinitionsSnapshot {
  /// Of its own file, of its calendar's, and of the platform's that it is for.
  package func findings(of checklist: Checklist) -> [Finding] {
    let own = files[checklist.id.rawValue]
    let calendar = checklist.calendar.map { "calendars/\($0).yaml" }
    let platforms = (checklist.when.platforms ?? []).map { "platforms/\($0).yaml" }
    return findings.filter { $0.file == own || $0.file == calendar || platforms.contains($0.file) }
  }
}

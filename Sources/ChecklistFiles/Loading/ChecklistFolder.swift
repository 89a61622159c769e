import Domain

/// The contents of a folder of definitions.
package struct LoadedFolder: Sendable {
  /// Checklists without errors, ordered by file name.
  package let checklists: [LoadedChecklist]
  /// Calendars without errors, by name.
  package let calendars: [String: WorkCalendar]
  /// Platform rules without errors, by platform.
  package let platforms: [String: PlatformRules]
  /// All findings, sorted by file and place.
  package let findings: [Finding]
  /// Files that couldn't be read at all.
  package let failures: [FileFailure]
}

/// A folder of checklists, with `calendars/` and `platforms/` beside them.
package enum ChecklistFolder {
  /// Reads `*.yaml`, `calendars/*.yaml` and `platforms/*.yaml`. A file that is broken or unreadable doesn't
  /// affect any others, except those that extend it.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - zones: The time zones that checklists and platforms may name.
  /// - Throws: If the folder itself can't be read.
  package static func load(
    at path: String, zones: any ZoneSource
  ) throws(FileFailure) -> LoadedFolder {
    _ = try FileSystem.names(in: path)
    var files = DefinitionFiles(today: nil, zones: zones)
    files.readFolder(path)
    return LoadedFolder(
      checklists: files.checklists, calendars: files.calendars, platforms: files.platforms,
      findings: files.findings.sortedByPlace, failures: files.failures)
  }
}

extension [Finding] {
  /// By file, line and column; stable for findings at the same place.
  var sortedByPlace: [Finding] {
    enumerated().sorted { left, right in
      if left.element.file != right.element.file {
        return left.element.file.utf8.lexicographicallyPrecedes(right.element.file.utf8)
      }
      return (left.element.line, left.element.column, left.offset)
        < (right.element.line, right.element.column, right.offset)
    }
    .map(\.element)
  }
}

import Domain

/// What a folder of definitions holds.
package struct LoadedFolder: Sendable {
  /// Those without errors, in the order of their files' names.
  package let checklists: [LoadedChecklist]
  /// Those without errors, by name.
  package let calendars: [String: WorkCalendar]
  /// The rules of platforms whose files have no errors, by platform.
  package let platforms: [String: PlatformRules]
  /// All that is wrong, sorted by file and place.
  package let findings: [Finding]
  /// Files that couldn't be read at all.
  package let failures: [FileFailure]
}

/// A folder of checklists, with `calendars/` and `platforms/` beside them.
package enum ChecklistFolder {
  /// Reads `*.yaml`, `calendars/*.yaml` and `platforms/*.yaml`. A file that is broken or can't be read keeps
  /// no other from being used, those alone excepted that extend it.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - zones: The time zones that checklists and platforms may name.
  /// - Throws: When the folder itself can't be read.
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
  /// By file, line and column; those of one place stay in their order.
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
